import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type AccountRow, accountsLike, countsOfAccounts, findAccount } from './repository.ts';

const mostShown = 100;

export const accounts = (
  { store }: FeatureDeps,
  { text, show }: Parsed<'panelAccounts.list'>,
): Output<'panelAccounts.list'> => {
  const found = accountsLike(store, text, show, mostShown + 1);
  const rows = found.slice(0, mostShown);
  const ids = rows.map(({ id }) => id);
  const counts = countsOfAccounts(store, ids);
  const uncertain = store.uncertain('patient_account', ids);
  return {
    accounts: rows.map((row) => ({
      id: row.id,
      email: row.email,
      displayName: row.display_name,
      active: row.active === 1,
      verifiedAt: row.verified_at,
      approved: counts.get(row.id)?.approved ?? 0,
      requested: counts.get(row.id)?.requested ?? 0,
      certainty: uncertain.get(row.id) ?? 'confirmed',
    })),
    more: found.length > mostShown,
    here: store.workstation()?.wholeClinic ?? true,
  };
};

type Change = 'closed' | 'opened' | 'signed-out';

const write = (
  deps: FeatureDeps,
  event: Change,
  { id }: AccountRow,
  columns: Partial<AccountRow>,
  { user }: Connection,
): Result<null> => {
  const by = user?.id ?? null;
  deps.store.mutate({ kind: `panel.account-${event}`, user: by }, (writer) => {
    writer.update('patient_account', id, columns);
    const entity = { table: 'patient_account', id } as const;
    writer.insert(
      'audit_event',
      auditRow(deps, { action: 'U', event: `panel-account-${event}`, accountId: by, entity }),
    );
  });
  deps.engine.wake();
  return ok(null);
};

export const setActive = (
  deps: FeatureDeps,
  { id, active }: Parsed<'panelAccounts.setActive'>,
  connection: Connection,
): Result<null> => {
  const row = findAccount(deps.store, id);
  if (row === undefined) return fail('not-found');
  if ((row.active === 1) === active) return ok(null);
  return write(deps, active ? 'opened' : 'closed', row, { active: active ? 1 : 0 }, connection);
};

export const signOut = (
  deps: FeatureDeps,
  { id }: Parsed<'panelAccounts.signOut'>,
  connection: Connection,
): Result<null> => {
  const row = findAccount(deps.store, id);
  if (row === undefined) return fail('not-found');
  return write(deps, 'signed-out', row, { sessions_ended_at: instant(deps.clock.now()) }, connection);
};
