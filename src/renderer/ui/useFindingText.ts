import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { effects, pairAdvices, pregnancyAdvices, renalAdvices } from '#shared/domain/safety/facts.ts';
import type { Finding } from '#shared/domain/safety/finding.ts';

type Effect = (typeof effects)[number];
const advices = [...pairAdvices, ...pregnancyAdvices, ...renalAdvices] as const;
type Advice = (typeof advices)[number];

const isEffect = (code: string | undefined): code is Effect =>
  (effects as readonly (string | undefined)[]).includes(code);

const isAdvice = (code: string | undefined): code is Advice =>
  (advices as readonly (string | undefined)[]).includes(code);

/** A finding in one sentence, with what the data set adds to it. */
const findingText = (t: TFunction, { reason, subject, params }: Finding): string => {
  const { effect, advice, note } = params;
  const said = t(`findings.reason.${reason}`, {
    ...params,
    subject,
    ...(isEffect(effect) ? { effect: t(`findings.effect.${effect}`) } : {}),
    ...(isAdvice(advice) ? { advice: t(`findings.advice.${advice}`) } : {}),
  });
  return note ? `${said} ${note}` : said;
};

/** Findings in words of this window's language. */
export function useFindingText(): (finding: Finding) => string {
  const { t } = useTranslation();
  return (finding) => findingText(t, finding);
}
