import type { FormOf } from '#shared/contract/drafts.ts';
import type { ProblemView, ProblemWords } from '#shared/contract/problems.ts';
import { parsePartialDate } from '#shared/domain/problems/partial-date.ts';
import { verificationStatuses } from '#shared/domain/problems/problem.ts';

/** What is typed of a problem; its dates as they were typed. */
export type ProblemDraft = FormOf<'problem'>;

export const emptyProblem: ProblemDraft = {
  display: '',
  codeSystem: null,
  code: null,
  clinicalStatus: 'active',
  verificationStatus: 'confirmed',
  severity: null,
  onset: '',
  abatement: '',
  note: '',
};

/** What another program wrote and we have no word for is taken as not confirmed. */
export const draftOf = (problem: ProblemView): ProblemDraft => ({
  display: problem.display,
  codeSystem: problem.codeSystem,
  code: problem.code,
  clinicalStatus: problem.clinicalStatus,
  verificationStatus:
    verificationStatuses.find((status) => status === problem.verificationStatus) ?? 'unconfirmed',
  severity: problem.severity,
  onset: problem.onset ?? '',
  abatement: problem.abatement ?? '',
  note: problem.note,
});

/** What a draft says, and what of it cannot be read. */
export const wordsOf = (
  draft: ProblemDraft,
  today: string,
): { readonly words: ProblemWords; readonly wrong: Readonly<Record<string, string>> } => {
  const onset = parsePartialDate(draft.onset, today);
  const abatement = parsePartialDate(draft.abatement, today);
  const problem = (read: typeof onset) => (read.ok ? null : read.error === 'future' ? 'future' : 'date');
  const [start, end] = [problem(onset), problem(abatement)];
  return {
    words: {
      ...draft,
      onset: onset.ok ? onset.value : null,
      abatement: abatement.ok ? abatement.value : null,
    },
    wrong: {
      ...(draft.display.trim() ? {} : { display: 'required' }),
      ...(start === null ? {} : { onset: start }),
      ...(end === null ? {} : { abatement: end }),
    },
  };
};
