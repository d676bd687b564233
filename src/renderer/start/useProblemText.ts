import { useTranslation } from 'react-i18next';
import type { StartProblem } from '#shared/contract/start.ts';

/** What went wrong at the start screen, in words. */
export function useProblemText(): (problem: StartProblem | null) => string | null {
  const { t } = useTranslation();
  return (found) => {
    if (found === null) return null;
    const { problem, enrolment, group, reason } = found;
    if (problem === 'enrolment') return enrolment && t(`shell.cannotStart.enrolment.${enrolment}`);
    return t(`protection.start.problem.${problem}`, { group: group ?? '', reason: reason ?? '' });
  };
}
