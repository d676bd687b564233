import { create } from 'zustand';
import { createTurns } from '#renderer/ui/turns.ts';
import type { AbsenceChoice, AbsenceDetails } from '#shared/contract/absence.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { PractitionerId } from '#shared/kernel/ids.ts';

/** What was put into the form. */
export interface AbsenceDraft extends Omit<AbsenceDetails, 'practitionerId' | 'startTime' | 'endTime'> {
  readonly practitionerId: PractitionerId | null;
  readonly wholeDays: boolean;
  readonly startTime: string;
  readonly endTime: string;
}

export type Outcome =
  | { readonly kind: 'applied'; readonly done: Output<'absence.apply'> }
  | { readonly kind: 'taken-back'; readonly done: Output<'absence.takeBack'> };

interface AbsenceState {
  /** Whose work this is: another person at this window finds their own. */
  readonly owner: string | null;
  /** It outlives leaving the screen. */
  readonly draft: AbsenceDraft | null;
  /** What somebody decided, and what was proposed for the others at that moment, so that it stays where it is. */
  readonly choices: readonly AbsenceChoice[];
  /** What was done last, until something else is chosen. */
  readonly outcome: Outcome | null;
  claim(owner: string): void;
  /** Opens the form with a doctor and a day in it. */
  start(owner: string, draft: AbsenceDraft): void;
  edit(draft: AbsenceDraft): void;
  choose(choices: readonly AbsenceChoice[]): void;
  finish(outcome: Outcome): void;
}

const nothing = { draft: null, choices: [], outcome: null } as const;
const takeTurns = createTurns(
  ({ draft, choices, outcome }: Pick<AbsenceState, 'draft' | 'choices' | 'outcome'>) => ({
    draft,
    choices,
    outcome,
  }),
);

/** What the absence being planned consists of until it is applied. */
export const useAbsence = create<AbsenceState>()((set) => ({
  owner: null,
  ...nothing,
  claim: (owner) =>
    set((state) => (state.owner === owner ? state : { ...nothing, ...takeTurns(state, owner) })),
  start: (owner, draft) => set({ ...nothing, owner, draft }),
  edit: (draft) => set({ draft, choices: [], outcome: null }),
  choose: (choices) => set({ choices }),
  finish: (outcome) => set({ ...nothing, outcome }),
}));

/** A doctor on one day, whole; nobody when none is named. */
export const draftOf = (date: string, practitionerId: PractitionerId | null, name: string): AbsenceDraft => ({
  practitionerId,
  startDate: date,
  endDate: date,
  wholeDays: true,
  startTime: '',
  endTime: '',
  name,
});
