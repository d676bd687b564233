import { create } from 'zustand';
import { createTurns } from '#renderer/ui/turns.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { BookingDraft, OpenTime, TimeDraft } from './booking-form.ts';
import type { PendingBooking, PendingMove } from './optimistic.ts';

/** The sheet beside the day. */
export type Sheet =
  | { readonly kind: 'book' }
  /** Puts on the waiting list who was to be booked. */
  | { readonly kind: 'wait' }
  /** How a booking repeats. */
  | { readonly kind: 'repeat'; readonly booking: Input<'appointments.book'> }
  /** Who could have a free time. */
  | { readonly kind: 'matches'; readonly time: OpenTime }
  | { readonly kind: 'details'; readonly id: string; readonly step: 'look' | 'move' | 'cancel' };

interface AppointmentsState {
  /** Whose work this is: another person at this window finds their own. */
  readonly owner: string | null;
  readonly sheet: Sheet | null;
  /** What was put into the booking sheet; it outlives closing it. */
  readonly draft: BookingDraft | null;
  readonly moves: ReadonlyMap<string, PendingMove>;
  readonly booking: PendingBooking | null;
  claim(owner: string): void;
  openBooking(time: TimeDraft): void;
  editDraft(change: Partial<BookingDraft>): void;
  clearDraft(): void;
  openRepeat(booking: Input<'appointments.book'>): void;
  /** The booking sheet with what was put into it. */
  backToBooking(): void;
  openWait(): void;
  openMatches(time: OpenTime): void;
  openDetails(id: string, step?: 'look' | 'move' | 'cancel'): void;
  closeSheet(): void;
  startMove(id: string, move: PendingMove): void;
  endMove(id: string): void;
  setBooking(booking: PendingBooking | null): void;
}

const nothing = { sheet: null, draft: null, moves: new Map<string, PendingMove>(), booking: null } as const;
/** What is on its way comes to its end for whoever sees it; it is nobody's work to go on with. */
const takeTurns = createTurns(({ sheet, draft }: Pick<AppointmentsState, 'sheet' | 'draft'>) => ({
  sheet,
  draft,
}));

/** What the screens of appointments share and the workstation does not know: sheets, drafts, and what is under way. */
export const useAppointments = create<AppointmentsState>()((set) => ({
  owner: null,
  ...nothing,
  claim: (owner) =>
    set((state) => (state.owner === owner ? state : { ...nothing, ...takeTurns(state, owner) })),
  openBooking: (time) =>
    set(({ draft }) => ({
      sheet: { kind: 'book' },
      draft: {
        patient: draft?.patient ?? null,
        note: draft?.note ?? '',
        request: draft?.request ?? false,
        visitTypeId: draft?.visitTypeId ?? null,
        waitlistEntryId: draft?.waitlistEntryId ?? null,
        overbook: null,
        ...time,
      },
    })),
  editDraft: (change) => set(({ draft }) => ({ draft: draft && { ...draft, ...change } })),
  clearDraft: () => set({ draft: null }),
  openRepeat: (booking) => set({ sheet: { kind: 'repeat', booking } }),
  backToBooking: () => set(({ draft }) => ({ sheet: draft && { kind: 'book' } })),
  openWait: () => set({ sheet: { kind: 'wait' } }),
  openMatches: (time) => set({ sheet: { kind: 'matches', time } }),
  openDetails: (id, step = 'look') => set({ sheet: { kind: 'details', id, step } }),
  closeSheet: () => set({ sheet: null }),
  startMove: (id, move) => set(({ moves }) => ({ moves: new Map(moves).set(id, move) })),
  endMove: (id) =>
    set(({ moves }) => {
      const rest = new Map(moves);
      rest.delete(id);
      return { moves: rest };
    }),
  setBooking: (booking) => set({ booking }),
}));
