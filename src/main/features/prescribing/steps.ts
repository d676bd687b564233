import type { Connection } from '#main/core/dispatch.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { mayDo, transitions } from '#shared/domain/prescribing/prescription.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { holding, standingOf, stateOn } from './chains.ts';
import type { PrescribingDeps } from './deps.ts';
import { type PrescriptionRow, prescriptionsById } from './repository.ts';
import { prescriptionViews } from './view.ts';

/** A version that says the same as `row` and comes after it. A version itself never changes. */
export const nextVersion = (
  { row_version: _, ...row }: PrescriptionRow,
  {
    id,
    at,
    user,
  }: {
    readonly id: string;
    readonly at: string;
    readonly user: { readonly id: string; readonly practitionerId: string | null };
  },
): RowOf<'medication_request'> => ({
  ...row,
  id,
  parent_id: row.id,
  requester_id: user.practitionerId ?? row.requester_id,
  signed_at: row.signed_at === null && row.source === null ? null : at,
  created_at: at,
  created_by: user.id,
  voided_at: null,
  voided_by: null,
  void_reason: null,
});

/** Holds, resumes, stops, completes or takes back: each is a new version, so that two desks that differ are told. */
export const step = (
  deps: PrescribingDeps,
  { id, action, reason }: Parsed<'prescriptions.step'>,
  { user }: Connection,
): Result<Output<'prescriptions.step'>> => {
  if (user === null) return fail('not-signed-in');
  const found = holding(deps.store, id);
  if (!found.ok) return found;
  const { row } = found.value;
  const today = dayAt(deps.clock.now(), deps.home().timeZone);
  if (!mayDo(stateOn(standingOf(row), today), action)) return fail('changed-meanwhile');
  const { to, reason: needsReason } = transitions[action];
  if (needsReason && reason === '') return fail('invalid-input', { fields: { reason: 'required' } });
  const next = deps.newId();
  deps.store.mutate({ kind: `prescription.${action}`, user: user.id }, (writer) =>
    writer.insert('medication_request', {
      ...nextVersion(row, { id: next, at: instant(deps.clock.now()), user }),
      status: to,
      status_reason: reason || null,
    }),
  );
  deps.engine.wake();
  const [view] = prescriptionViews(deps.store, [...prescriptionsById(deps.store, [next]).values()], today);
  return view === undefined ? fail('not-found') : ok(view);
};
