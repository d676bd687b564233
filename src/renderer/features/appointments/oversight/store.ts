import { create } from 'zustand';
import type { Restored } from '#shared/contract/absence.ts';
import type { PractitionerId, VisitTypeId } from '#shared/kernel/ids.ts';

export const bulkKinds = ['doctor', 'days', 'cancel', 'no-show', 'visit-type', 'confirm'] as const;
export type BulkKind = (typeof bulkKinds)[number];

/** What is to be done with all that are marked, as far as somebody has said. */
export interface BulkDraft {
  readonly kind: BulkKind;
  readonly practitionerId: PractitionerId | null;
  readonly days: string;
  readonly visitTypeId: VisitTypeId | null;
}

interface OversightState {
  /** Whose work this is: another person at this window starts with nothing of it. */
  readonly owner: string | null;
  readonly sheet: 'find' | 'bulk' | 'recent' | null;
  readonly draft: BulkDraft;
  /** What taking back left as it was. */
  readonly stays: Restored['stays'];
  claim(owner: string): void;
  open(sheet: NonNullable<OversightState['sheet']>): void;
  close(): void;
  edit(change: Partial<BulkDraft>): void;
  /** What was planned is done. */
  finish(): void;
  tellStays(stays: Restored['stays']): void;
}

const nothing: Pick<OversightState, 'sheet' | 'draft' | 'stays'> = {
  sheet: null,
  draft: { kind: 'doctor', practitionerId: null, days: '1', visitTypeId: null },
  stays: [],
};

/** What the screen of all appointments has beside its address. */
export const useOversight = create<OversightState>()((set) => ({
  owner: null,
  ...nothing,
  claim: (owner) => set((state) => (state.owner === owner ? state : { ...nothing, owner })),
  open: (sheet) => set({ sheet, stays: [] }),
  close: () => set({ sheet: null }),
  edit: (change) => set(({ draft }) => ({ draft: { ...draft, ...change } })),
  finish: () => set(nothing),
  tellStays: (stays) => set({ stays, sheet: 'recent' }),
}));
