import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { usePartialDate } from '#renderer/ui/dates/PartialDateField.tsx';
import { Opening } from '#renderer/ui/Opening.tsx';
import classes from '#renderer/ui/RecordLines.module.css';
import type { ProblemView } from '#shared/contract/problems.ts';
import { systemTitle } from '#shared/domain/concepts/concept.ts';
import { isGoingOn, verificationStatuses } from '#shared/domain/problems/problem.ts';

/** Whether the patient has it now, as far as anybody said. */
export const isNow = ({ clinicalStatus, verificationStatus }: ProblemView): boolean =>
  isGoingOn(clinicalStatus) && verificationStatus !== 'refuted';

function useTimes() {
  const { t } = useTranslation();
  const partial = usePartialDate();
  return ({ onset, abatement }: ProblemView): string | null => {
    if (onset !== null && abatement !== null)
      return t('problems.from', { start: partial(onset), end: partial(abatement) });
    if (onset !== null) return t('problems.since', { date: partial(onset) });
    return abatement === null ? null : t('problems.until', { end: partial(abatement) });
  };
}

interface ProblemLinesProps {
  readonly problems: readonly ProblemView[];
  /** Undefined for who may only read them. */
  readonly onOpen: ((problem: ProblemView) => void) | undefined;
}

/** Problems, a line each. */
export function ProblemLines({ problems, onOpen }: ProblemLinesProps) {
  return (
    <ul className={classes.list}>
      {problems.map((problem) => (
        <li key={problem.id}>
          <Line problem={problem} onOpen={onOpen && (() => onOpen(problem))} />
        </li>
      ))}
    </ul>
  );
}

function Line({ problem, onOpen }: { problem: ProblemView; onOpen: (() => void) | undefined }) {
  const { t } = useTranslation();
  const times = useTimes();
  const past = !isNow(problem);
  const verification = verificationStatuses.find((status) => status === problem.verificationStatus);
  const facts = [
    problem.code && `${systemTitle(problem.codeSystem)} ${problem.code}`,
    times(problem),
    problem.clinicalStatus !== 'active' && t(`problems.clinical.${problem.clinicalStatus}`),
    verification && verification !== 'confirmed' && t(`problems.verification.${verification}`),
    problem.severity && t(`problems.severity.${problem.severity}`),
  ].filter(Boolean);
  return (
    <Opening className={classes.line ?? ''} past={past} onOpen={onOpen}>
      <span className={classes.head}>
        {problem.display}
        {problem.code === null && <span className={classes.badge}>{t('problems.uncoded')}</span>}
        {problem.notIn !== null && (
          <span className={classes.badge}>
            {t('problems.notIn', { edition: `${systemTitle(problem.codeSystem)} ${problem.notIn}`.trim() })}
          </span>
        )}
        <CertaintyMark certainty={problem.certainty} quiet />
      </span>
      {facts.length > 0 && <span className={classes.facts}>{facts.join(' · ')}</span>}
    </Opening>
  );
}
