import { useCall } from '#renderer/client/calls.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { type Place, placesToday } from './places.ts';

/** Where somebody can be sent today, at the site of this window. */
export function usePlaces(): readonly Place[] {
  const format = useFormat();
  const site = usePreferences((state) => state.siteId);
  const board = useCall('appointments.board', {
    date: format.today(),
    locationId: site as LocationId | null,
    speciality: null,
  }).data;
  const practitioners = useCall('practitioners.list', {}).data;
  const locations = useCall('practitioners.locations', {}).data;
  return placesToday(board?.columns ?? [], practitioners ?? [], locations ?? [], site);
}
