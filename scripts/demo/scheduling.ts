import { addDays } from '#shared/kernel/calendar.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { demoId } from './random.ts';
import { accountId, practitionerId } from './staff.ts';

const visitType = (
  key: string,
  name: string,
  minutes: number,
  more: Partial<RowOf<'visit_type'>> = {},
): RowOf<'visit_type'> => ({
  id: demoId(`visit type ${key}`),
  name,
  minutes,
  buffer_before: 0,
  buffer_after: 0,
  colour: null,
  daily_cap: null,
  staff_only: 0,
  needs_room: 0,
  active: 1,
  lead_minutes: null,
  horizon_days: null,
  ...more,
});

/** One of each thing a kind of visit can ask for. */
export const visitTypes: readonly RowOf<'visit_type'>[] = [
  visitType('consultation', 'Consultation', 15),
  visitType('first', 'First visit', 30),
  visitType('vaccination', 'Vaccination', 15, { daily_cap: 12 }),
  visitType('procedure', 'Minor procedure', 45, {
    buffer_before: 5,
    buffer_after: 15,
    daily_cap: 3,
    staff_only: 1,
    needs_room: 1,
  }),
];

/** Which kind of visit a reason for coming is; many have none. */
export const visitTypeFor = (reason: string): string | null => {
  if (reason === 'Vaccination') return demoId('visit type vaccination');
  return /(review|check|visit)$/.test(reason) ? demoId('visit type consultation') : null;
};

const exception = (
  key: string,
  created: string,
  rest: Pick<RowOf<'schedule_exception'>, 'kind' | 'practitioner_id' | 'start_date' | 'end_date' | 'name'>,
): RowOf<'schedule_exception'> => ({
  id: demoId(`exception ${key}`),
  location_id: null,
  start_time: null,
  end_time: null,
  created_at: `${created}T07:00:00.000Z`,
  created_by: accountId('patrick'),
  voided_at: null,
  voided_by: null,
  void_reason: null,
  ...rest,
});

/** A leave given after patients were booked into it, so that there is somebody to ring, and a holiday nobody is booked on. */
export const makeExceptions = (today: string): readonly RowOf<'schedule_exception'>[] => [
  exception('leave', addDays(today, -1), {
    kind: 'leave',
    practitioner_id: practitionerId('mutesi'),
    start_date: addDays(today, 2),
    end_date: addDays(today, 6),
    name: 'Family leave',
  }),
  exception('holiday', addDays(today, -30), {
    kind: 'holiday',
    practitioner_id: null,
    start_date: addDays(today, 24),
    end_date: addDays(today, 24),
    name: 'Public holiday',
  }),
];
