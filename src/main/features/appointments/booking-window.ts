import type { FeatureDeps } from '#main/core/deps.ts';
import type { BookingWindow } from '#shared/domain/appointments/visit-type.ts';

/** How soon and how far ahead a visit is booked at a place: as its kind says, else as is set for the place. */
export const windowAt = (
  { settings }: Pick<FeatureDeps, 'settings'>,
  own: BookingWindow,
  locationId: string,
): BookingWindow => ({
  leadMinutes: own.leadMinutes ?? (settings.of('booking.lead-minutes', locationId) || null),
  horizonDays: own.horizonDays ?? settings.of('booking.horizon-days', locationId),
});
