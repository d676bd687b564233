import type { FormOf } from '#shared/contract/drafts.ts';

/** What is being prescribed for one patient. */
export type Writing = FormOf<'prescription'>;

/** Why a finding is overridden, as far as it was said. */
export type Answer = Writing['answers'][string];

/** Names an answer. */
export const answerKey = (lineKey: string, finding: string): string => `${lineKey} ${finding}`;
