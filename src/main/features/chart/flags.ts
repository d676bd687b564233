import { chartAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { FlagView } from '#shared/contract/chart.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { type FlagCategory, restricted } from '#shared/domain/chart/flag.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { flagViews } from './banner.ts';
import { findFlag, findPatient } from './repository.ts';

interface NewFlag {
  readonly patientId: string;
  readonly category: FlagCategory;
  readonly text: string;
  readonly endDate: string | null;
}

const add = (deps: FeatureDeps, flag: NewFlag, { user }: Connection): Result<FlagView> => {
  const open = chartAccess(deps, flag.patientId, user);
  if (!open.ok) return open;
  if (findPatient(deps.store, flag.patientId) === undefined) return fail('not-found');
  const now = deps.clock.now();
  const today = dayAt(now, deps.home().timeZone);
  if (flag.endDate !== null && flag.endDate < today)
    return fail('invalid-input', { fields: { endDate: 'order' } });
  const id = deps.newId();
  const by = user?.id ?? null;
  const kind = flag.category === restricted ? 'chart.restrict' : 'chart.addAlert';
  deps.store.mutate({ kind, user: by }, (writer) =>
    writer.insert('flag', {
      ...blank('flag'),
      id,
      patient_id: flag.patientId,
      category: flag.category,
      text: flag.text,
      start_date: today,
      end_date: flag.endDate,
      created_at: instant(now),
      created_by: by,
    }),
  );
  deps.engine.wake();
  const row = findFlag(deps.store, id);
  const [view] = row === undefined ? [] : flagViews(deps.store, [row]);
  return view === undefined ? fail('not-found') : ok(view);
};

export const addAlert = (
  deps: FeatureDeps,
  { id, ...alert }: Parsed<'chart.addAlert'>,
  connection: Connection,
): Result<FlagView> => add(deps, { patientId: id, ...alert }, connection);

export const restrict = (
  deps: FeatureDeps,
  { id, reason }: Parsed<'chart.restrict'>,
  connection: Connection,
): Result<FlagView> =>
  add(deps, { patientId: id, category: restricted, text: reason, endDate: null }, connection);

/** A flag is voided, never removed: who ended it, when and why stays. */
export const endFlag = (
  deps: FeatureDeps,
  { id, reason }: Parsed<'chart.endFlag'>,
  { user }: Connection,
): Result<null> => {
  const flag = findFlag(deps.store, id);
  if (flag === undefined) return fail('not-found');
  const open = chartAccess(deps, flag.patient_id, user);
  if (!open.ok) return open;
  deps.store.mutate({ kind: 'chart.endFlag', user: user?.id ?? null }, (writer) =>
    writer.update('flag', id, {
      voided_at: instant(deps.clock.now()),
      voided_by: user?.id ?? null,
      void_reason: reason,
    }),
  );
  deps.engine.wake();
  return ok(null);
};
