import { create } from 'zustand';
import type { OverrideReason } from '#shared/domain/prescribing/override.ts';
import type { LineDraft } from './line-draft.ts';

/** Why a finding is overridden, as far as it was said. */
export interface Answer {
  readonly reasonCode: OverrideReason | null;
  readonly reason: string;
}

/** What is being prescribed for one patient. */
export interface Writing {
  readonly lines: readonly LineDraft[];
  /** The line whose fields are open. */
  readonly open: string;
  /** By line and finding. */
  readonly answers: Readonly<Record<string, Answer>>;
}

interface PrescribingState {
  /** Whose work this is: another person at this window starts with nothing of it. */
  readonly owner: string | null;
  /** By patient; what was typed outlives closing the sheet and opening another chart. */
  readonly writing: Readonly<Record<string, Writing>>;
  claim(owner: string): void;
  set(patientId: string, writing: Writing | null): void;
}

export const usePrescribing = create<PrescribingState>()((set) => ({
  owner: null,
  writing: {},
  claim: (owner) => set((state) => (state.owner === owner ? state : { writing: {}, owner })),
  set: (patientId, writing) =>
    set((state) => {
      const { [patientId]: _, ...others } = state.writing;
      return { writing: writing === null ? others : { ...others, [patientId]: writing } };
    }),
}));

/** Names an answer. */
export const answerKey = (lineKey: string, finding: string): string => `${lineKey} ${finding}`;
