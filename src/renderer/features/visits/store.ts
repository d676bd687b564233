import { create } from 'zustand';
import { createTurns } from '#renderer/ui/turns.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import type { VisitPriority } from '#shared/domain/visits/waiting.ts';

/** What was put into the walk-in sheet. */
export interface WalkInDraft {
  readonly patient: PatientSummary | null;
  /** Doctor and site, as the field's values name them. */
  readonly place: string | null;
  readonly reason: string;
  readonly priority: VisitPriority;
}

export const emptyWalkIn: WalkInDraft = { patient: null, place: null, reason: '', priority: 'routine' };

interface VisitsState {
  /** Whose work this is: another person at this window finds their own. */
  readonly owner: string | null;
  readonly sheet: 'walk-in' | 'elsewhere' | null;
  /** It outlives closing the sheet. */
  readonly draft: WalkInDraft;
  readonly practitionerId: string | null;
  claim(owner: string): void;
  open(sheet: 'walk-in' | 'elsewhere'): void;
  close(): void;
  edit(change: Partial<WalkInDraft>): void;
  clear(): void;
  choose(practitionerId: string | null): void;
}

const nothing = { sheet: null, draft: emptyWalkIn, practitionerId: null } as const;
const takeTurns = createTurns(
  ({ sheet, draft, practitionerId }: Pick<VisitsState, 'sheet' | 'draft' | 'practitionerId'>) => ({
    sheet,
    draft,
    practitionerId,
  }),
);

/** What the queue's screen and its sheets share. */
export const useVisits = create<VisitsState>()((set) => ({
  owner: null,
  ...nothing,
  claim: (owner) =>
    set((state) => (state.owner === owner ? state : { ...nothing, ...takeTurns(state, owner) })),
  open: (sheet) => set({ sheet }),
  close: () => set({ sheet: null }),
  edit: (change) => set(({ draft }) => ({ draft: { ...draft, ...change } })),
  clear: () => set({ draft: emptyWalkIn }),
  choose: (practitionerId) => set({ practitionerId }),
}));
