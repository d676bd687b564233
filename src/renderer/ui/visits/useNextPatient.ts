import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import type { VisitView } from '#shared/contract/visits.ts';
import { visitState } from '#shared/domain/visits/course.ts';
import { callingStep, waitsFor } from '#shared/domain/visits/steps.ts';
import { chartPath } from '../chart-paths.ts';
import { useFormat } from '../useFormat.ts';
import { useVisitSteps } from './useVisitSteps.ts';

/** Minutes are told by the host: they are asked for again twice in one. */
const glance = 30_000;

/** Who waits for whoever is signed in, and taking the next of them. */
export interface NextPatient {
  /** In the order of the queue; undefined while it is not known, and where nobody can wait for this user. */
  readonly waiting: readonly VisitView[] | undefined;
  readonly next: VisitView | undefined;
  /** Calls the next one and opens the chart at once. */
  readonly callNext: () => Promise<void>;
}

/** A doctor's own queue; for a nurse that of the site, of those no nurse has seen. */
export function useNextPatient(): NextPatient {
  const user = useCurrentUser();
  const { today } = useFormat();
  const steps = useVisitSteps();
  const [, navigate] = useLocation();
  const isNurse = user?.role === 'nurse';
  const isDoctor = user?.role === 'doctor' && user.practitionerId !== null;
  const whose = isNurse ? { locationId: user.locationId } : { practitionerId: user?.practitionerId ?? null };
  const queue = useCall(
    'visits.queue',
    { date: today(), ...whose },
    { enabled: isNurse || isDoctor, every: glance },
  ).data;
  const role = isNurse ? 'nurse' : 'doctor';
  const waiting = queue?.visits.filter((visit) => waitsFor(role, visitState(visit)));
  const next = waiting?.[0];
  return {
    waiting,
    next,
    callNext: async () => {
      if (next === undefined) return;
      const isCalled = await steps.take(next, callingStep[role]);
      if (isCalled) navigate(chartPath(next.patientId));
    },
  };
}
