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

export interface Leaving {
  readonly id: PractitionerId;
  readonly name: string;
}

interface AbsenceState {
  /** Whose work this is: another person at this window finds their own. */
  readonly owner: string | null;
  /** It outlives leaving the screen. */
  readonly draft: AbsenceDraft | null;
  /** What somebody decided, and what was proposed for the others at that moment, so that it stays where it is. */
  readonly choices: readonly AbsenceChoice[];
  /** What was done last, until something else is chosen. */
  readonly outcome: Outcome | null;
  /** Who ends their work here: their appointments go to others, and once they have, the work can end. */
  readonly leaving: Leaving | null;
  claim(owner: string): void;
  /** Opens the form with a doctor and days in it. */
  start(owner: string, draft: AbsenceDraft, leaving?: Leaving): void;
  edit(draft: AbsenceDraft): void;
  choose(choices: readonly AbsenceChoice[]): void;
  finish(outcome: Outcome): void;
}

const nothing = { draft: null, choices: [], outcome: null, leaving: null } as const;
const takeTurns = createTurns(
  ({ draft, choices, outcome, leaving }: Pick<AbsenceState, keyof typeof nothing>) => ({
    draft,
    choices,
    outcome,
    leaving,
  }),
);

/** What the absence being planned consists of until it is applied. */
export const useAbsence = create<AbsenceState>()((set, get) => ({
  owner: null,
  ...nothing,
  claim: (owner) =>
    set((state) => (state.owner === owner ? state : { ...nothing, ...takeTurns(state, owner) })),
  start: (owner, draft, leaving) => {
    get().claim(owner);
    set({ ...nothing, draft, leaving: leaving ?? null });
  },
  edit: (draft) =>
    set(({ leaving }) => ({
      draft,
      choices: [],
      outcome: null,
      leaving: leaving?.id === draft.practitionerId ? leaving : null,
    })),
  choose: (choices) => set({ choices }),
  finish: (outcome) =>
    set(({ leaving }) => ({ ...nothing, outcome, leaving: outcome.kind === 'applied' ? leaving : null })),
}));

/** A doctor on one day, whole, or until another; nobody when none is named. */
export const draftOf = (
  date: string,
  practitionerId: PractitionerId | null,
  name: string,
  endDate = date,
): AbsenceDraft => ({
  practitionerId,
  startDate: date,
  endDate,
  wholeDays: true,
  startTime: '',
  endTime: '',
  name,
});
