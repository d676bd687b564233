import { expect, it } from 'vitest';
import { visitStages } from '#shared/domain/appointments/stage.ts';
import type { AppointmentStatus } from '#shared/domain/appointments/status.ts';
import { isInClinic, type VisitStage, visitState } from '#shared/domain/visits/course.ts';
import { makeDemoClinic } from './clinic.ts';
import { withVisits } from './visits.ts';

const today = '2026-11-24';
const { appointments } = makeDemoClinic(1, today, 200);
const statesAt = (time: string) =>
  withVisits(appointments, today, Date.parse(`${today}T${time}:00.000Z`))
    .filter((one) => one.start_local.startsWith(today))
    .map((one) =>
      visitState({ status: one.status as AppointmentStatus, stage: one.stage as VisitStage | null }),
    );

it.each(['00:05', '05:30', '08:00', '12:00', '21:30'])('the clinic lives at %s', (time) => {
  const states = statesAt(time);
  expect(states.filter(isInClinic)).toHaveLength(8);
  for (const stage of visitStages.filter((one) => one !== 'done' && one !== 'left-unseen'))
    expect(states, stage).toContain(stage);
});

it('other days are as they were, and nobody came before the day began who is done', () => {
  const shown = withVisits(appointments, today, Date.parse(`${today}T08:00:00.000Z`));
  expect(shown.filter((one) => !one.start_local.startsWith(today))).toEqual(
    appointments.filter((one) => !one.start_local.startsWith(today)),
  );
  expect(statesAt('00:05')).not.toContain('done');
  expect(statesAt('12:00').filter((state) => state === 'booked').length).toBeGreaterThanOrEqual(2);
});
