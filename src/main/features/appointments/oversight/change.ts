import type { Connection } from '#main/core/dispatch.ts';
import type { BulkChange, bulkProblems } from '#shared/contract/oversight.ts';
import { isAllowed } from '#shared/domain/appointments/transitions.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import type { VisitStage } from '#shared/domain/visits/course.ts';
import { canStep, stepped } from '#shared/domain/visits/steps.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { type AppError, ok, type Result } from '#shared/kernel/result.ts';
import { mayTouch, stateOf } from '../booking.ts';
import { type Change, cancelled, type Doing, minutesOf, movedTo } from '../changes/carry-out.ts';
import { findPlace } from '../placing.ts';
import type { AppointmentRow } from '../repository.ts';

type Problem = AppError | { readonly code: (typeof bulkProblems)[number] };
type Found = Result<Change, Problem>;

const stays = (code: (typeof bulkProblems)[number]): Found => ({ ok: false, error: { code } });

type Of<K extends BulkChange['kind']> = Extract<BulkChange, { readonly kind: K }>;

const move = (doing: Doing, row: AppointmentRow, { practitionerId, days }: Of<'move'>): Found => {
  const to = {
    practitionerId: practitionerId ?? row.practitioner_id,
    startLocal: `${addDays(row.start_local.slice(0, 10), days)}${row.start_local.slice(10)}`,
  };
  if (to.practitionerId === row.practitioner_id && days === 0) return stays('as-wanted');
  return isAllowed('move', stateOf(row)) ? movedTo(doing, row, to) : stays('not-open');
};

const visitType = ({ deps }: Doing, row: AppointmentRow, { visitTypeId }: Of<'visit-type'>): Found => {
  if (row.visit_type_id === visitTypeId) return stays('as-wanted');
  if (!isAllowed('move', stateOf(row))) return stays('not-open');
  const place = findPlace(deps, {
    patientId: row.patient_id,
    practitionerId: row.practitioner_id,
    locationId: row.location_id,
    startLocal: row.start_local,
    minutes: minutesOf(row),
    visitTypeId,
    // Who is beside somebody stays beside somebody.
    overbook: row.overbooked === 1 ? (row.overbook_reason ?? '') : null,
    ownHold: null,
    itself: row.id,
  });
  return place.ok ? ok({ patch: place.value, tell: null, resolution: null }) : place;
};

const noShow = ({ deps, at }: Doing, row: AppointmentRow): Found => {
  if (row.status !== 'booked') return stays('not-open');
  const visit = {
    status: row.status,
    stage: row.stage as VisitStage | null,
    needsRebooking: false,
    voided: false,
    startAt: row.start_at,
    startLocal: row.start_local,
  } as const;
  const now = deps.clock.now();
  if (!canStep('no-show', visit, { now, today: dayAt(now, row.time_zone) })) return stays('not-begun');
  return ok({ patch: stepped('no-show', { ...row, ...visit }, at), tell: null, resolution: null });
};

const confirm = (row: AppointmentRow): Found =>
  isAllowed('accept', stateOf(row))
    ? ok({
        patch: { status: 'booked', participant_status: 'accepted', proposed_start_at: null },
        tell: null,
        resolution: 'superseded',
      })
    : stays('no-request');

/** What a change of many makes of one of them as things are, or why it stays. A doctor changes own appointments only. */
export const changeOf = (
  doing: Doing,
  row: AppointmentRow,
  change: BulkChange,
  connection: Connection,
): Found => {
  if (!mayTouch(row, connection)) return stays('not-permitted');
  // What lost its time has a task that says so, and is settled there.
  if (row.needs_rebooking === 1) return stays('lost-its-time');
  switch (change.kind) {
    case 'move':
      return move(doing, row, change);
    case 'cancel':
      // Who is here already is not cancelled with others.
      return isAllowed('move', stateOf(row)) ? ok(cancelled(doing, change.reason)) : stays('not-open');
    case 'no-show':
      return noShow(doing, row);
    case 'visit-type':
      return visitType(doing, row, change);
    case 'confirm':
      return confirm(row);
  }
};
