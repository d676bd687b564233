import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import type { QueryName } from '#renderer/client/reads.ts';
import type { PanelState } from '#shared/domain/panel-booking/state.ts';
import type { AppointmentId, PatientId } from '#shared/kernel/ids.ts';

/** How often what is waited for is asked again, and what is not, milliseconds; only while the page is seen. */
const soon = 4000;
const later = 30_000;
const waited: readonly PanelState[] = ['to-be-confirmed', 'cancelling', 'pending'];

export const seldom = { every: later } as const;

const paceOf = (states: readonly PanelState[]) =>
  states.some((state) => waited.includes(state)) ? soon : later;

/** What is still to come for somebody, asked again by itself. */
export function useUpcoming(patientId: PatientId) {
  const [every, setEvery] = useState(later);
  const asked = useCall('panel.appointments', { patientId, when: 'upcoming', limit: 50 }, { every });
  const pace = paceOf(asked.data?.appointments.map(({ state }) => state) ?? []);
  useEffect(() => setEvery(pace), [pace]);
  return asked;
}

/** One appointment, asked again by itself. */
export function useAppointment(patientId: PatientId, id: AppointmentId) {
  const [every, setEvery] = useState(soon);
  const asked = useCall('panel.appointment', { patientId, id }, { every });
  const queries = useQueryClient();
  const { state, startAt } = asked.data?.appointment ?? {};
  const pace = paceOf(state ? [state] : []);
  useEffect(() => setEvery(pace), [pace]);
  // What a calendar gets of it says how it stands, too.
  useEffect(
    () => void queries.invalidateQueries({ queryKey: ['panelCalendar.entry'] }),
    [queries, state, startAt],
  );
  return asked;
}

/** What a change of an appointment makes old; nothing tells a patient's page of it. */
const about: readonly QueryName[] = [
  'panel.appointments',
  'panel.appointment',
  'panel.doctors',
  'panel.times',
  'panelCalendar.entry',
];

const askAgain = (queries: QueryClient) => {
  for (const name of about) void queries.invalidateQueries({ queryKey: [name] }, { cancelRefetch: false });
};

/** What is shown is as it is now, not as it was when somebody looked last. */
export function useFresh() {
  const queries = useQueryClient();
  useEffect(() => askAgain(queries), [queries]);
}

/** A command about an appointment: what was read before is read again, whatever came of it. */
export function useChange<N extends 'panel.book' | 'panel.move' | 'panel.cancel'>(name: N) {
  const queries = useQueryClient();
  const command = useCommand(name);
  const isOver = command.isSuccess || command.isError;
  useEffect(() => {
    if (isOver) askAgain(queries);
  }, [isOver, queries]);
  return command;
}
