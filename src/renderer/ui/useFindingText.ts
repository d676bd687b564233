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

/** How often, from `times/days` as a finding has it. */
const rhythmText = (t: TFunction, rhythm: string): string => {
  const [times = 1, days = 1] = rhythm.split('/').map(Number);
  if (times === 1 && days === 7) return t('findings.rhythm.week');
  // Every eight hours is kept as 24 doses in 8 days.
  if (times % days === 0)
    return times === days
      ? t('findings.rhythm.day')
      : t('findings.rhythm.timesADay', { times: String(times / days) });
  return times === 1
    ? t('findings.rhythm.everyDays', { days: String(days) })
    : t('findings.rhythm.timesInDays', { times: String(times), days: String(days) });
};

/** A finding in one sentence, with what the data set adds to it. */
const findingText = (t: TFunction, { reason, subject, params }: Finding): string => {
  const { effect, advice, note, schedule, prescribed } = params;
  const said = t(`findings.reason.${reason}`, {
    ...params,
    subject,
    ...(isEffect(effect) ? { effect: t(`findings.effect.${effect}`) } : {}),
    ...(schedule === undefined ? {} : { schedule: rhythmText(t, schedule) }),
    ...(prescribed === undefined ? {} : { prescribed: rhythmText(t, prescribed) }),
    ...(isAdvice(advice) ? { advice: t(`findings.advice.${advice}`) } : {}),
  });
  return note ? `${said} ${note}` : said;
};

/** Findings in words of this window's language. */
export function useFindingText(): (finding: Finding) => string {
  const { t } = useTranslation();
  return (finding) => findingText(t, finding);
}
