import { create } from 'zustand';
import type { FreeSlot } from '#shared/contract/appointments.ts';
import type { DayPart } from '#shared/domain/panel-booking/day-part.ts';
import type { LocationId, PractitionerId, VisitTypeId } from '#shared/kernel/ids.ts';

/** What somebody looks for; it stays as it is while they look at times and come back. */
export interface Search {
  readonly visitTypeId: VisitTypeId | null;
  readonly speciality: string | null;
  readonly locationId: LocationId | null;
  readonly practitionerId: PractitionerId | null;
  readonly part: DayPart | null;
  /** `YYYY-MM-DD`; empty: from now on. */
  readonly from: string;
  readonly weekdays: readonly number[];
}

/** Of what is looked for: where and when. */
export type Fit = Pick<Search, 'locationId' | 'part' | 'from' | 'weekdays'>;

export const anything: Omit<Search, 'visitTypeId'> = {
  speciality: null,
  locationId: null,
  practitionerId: null,
  part: null,
  from: '',
  weekdays: [],
};

interface BookingStore {
  readonly search: Search;
  /** The time that is about to be confirmed. */
  readonly chosen: FreeSlot | null;
  look(search: Partial<Search>): void;
  pick(slot: FreeSlot | null): void;
}

export const useBooking = create<BookingStore>()((set) => ({
  search: { visitTypeId: null, ...anything },
  chosen: null,
  look: (search) => set((state) => ({ search: { ...state.search, ...search } })),
  pick: (chosen) => set({ chosen }),
}));
