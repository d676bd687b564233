import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { AppointmentStatus } from '#shared/domain/appointments/status.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { isWaiting, type VisitStage, visitState } from '#shared/domain/visits/course.ts';
import { publicNumber } from '#shared/domain/visits/ticket.ts';
import { byQueue, calledFor, minutesSince, type VisitPriority } from '#shared/domain/visits/waiting.ts';
import { instant } from '#shared/kernel/clock.ts';
import { ok } from '#shared/kernel/result.ts';
import { type BoardRow, calledOrWaiting, countDone, inClinic, zoneOfSite } from './repository.ts';
import { visitViews } from './view.ts';

/** Numbers of who waits that fit on a screen one reads from a chair. */
const mostWaiting = 24;

const queue = ({ store, clock }: FeatureDeps, filter: Parsed<'visits.queue'>): Output<'visits.queue'> => {
  const now = clock.now();
  const visits = visitViews(store, inClinic(store, filter), now).toSorted(byQueue);
  return { asOf: instant(now), visits, done: countDone(store, filter) };
};

const queued = (row: BoardRow) => ({
  id: row.id,
  status: row.status as AppointmentStatus,
  stage: row.stage as VisitStage | null,
  priority: (row.priority ?? 'routine') as VisitPriority,
  stageAt: row.stage_at,
  calledAt: row.called_at,
  number: publicNumber(row.id, row.ticket),
  room: row.room_name,
});

const board = (deps: FeatureDeps, { locationId }: Parsed<'visits.board'>): Output<'visits.board'> => {
  const { store, clock } = deps;
  const now = clock.now();
  const timeZone = (locationId && zoneOfSite(store, locationId)) || deps.home().timeZone;
  const rows = calledOrWaiting(store, { date: dayAt(now, timeZone), locationId }).map(queued);
  const called = rows
    .flatMap(({ number, room, calledAt, ...course }) => {
      const isFresh = calledAt !== null && minutesSince(calledAt, now) < calledFor;
      return visitState(course) === 'with-doctor' && isFresh ? [{ number, room, calledAt }] : [];
    })
    .toSorted((a, b) => b.calledAt.localeCompare(a.calledAt));
  const waiting = rows.filter((row) => isWaiting(visitState(row))).toSorted(byQueue);
  return {
    asOf: instant(now),
    timeZone,
    called,
    waiting: waiting.slice(0, mostWaiting).map(({ number }) => number),
    waitingCount: waiting.length,
  };
};

/** Who is in the clinic, for the staff and, without who they are, for the waiting room. */
export const visitQueries = (deps: FeatureDeps): Handlers<'visits.queue' | 'visits.board'> => ({
  'visits.queue': (filter) => ok(queue(deps, filter)),
  'visits.board': (filter) => ok(board(deps, filter)),
});
