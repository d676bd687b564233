import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import { type Account, accountById, accountNamed } from '#main/session/accounts.ts';
import { newOneTimeCode } from '#main/session/one-time-code.ts';
import type { AccountView, IssuedCode } from '#shared/contract/accounts.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { roles } from '#shared/contract/permissions.ts';
import { leavesAnAdministrator } from '#shared/domain/access/last-administrator.ts';
import { type AccountDraft, noPassword } from '#shared/domain/accounts/account.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { LocationId, PractitionerId, StaffAccountId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { activePractitioners, activeSites, allAccounts, refusedWork } from './repository.ts';

type Changes = Parsed<'accounts.update'>['changes'];
type AccountEvent = 'created' | 'changed' | 'closed' | 'opened' | 'code-issued' | 'signed-out';
type Columns = Pick<
  RowOf<'staff_account'>,
  'username' | 'display_name' | 'role' | 'practitioner_id' | 'location_id'
>;

const list = (deps: FeatureDeps): Output<'accounts.list'> => {
  const rows = allAccounts(deps.store).filter(({ role }) => role !== 'patient');
  const uncertain = deps.store.uncertain(
    'staff_account',
    rows.map(({ id }) => id),
  );
  const now = instant(deps.clock.now());
  const view = (row: Account): AccountView => ({
    id: row.id as StaffAccountId,
    username: row.username,
    displayName: row.display_name,
    role: roles.find((role) => role === row.role) ?? null,
    practitionerId: row.practitioner_id as PractitionerId | null,
    locationId: row.location_id as LocationId | null,
    active: row.active === 1,
    hasPassword: row.password_hash !== noPassword,
    codeUntil: row.invite_hash === null ? null : row.invite_until,
    codeExpired: row.invite_hash !== null && (row.invite_until ?? '') < now,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  });
  return {
    accounts: rows.map(view),
    practitioners: activePractitioners(deps.store).map(({ id, prefix, given, family }) => ({
      id: id as PractitionerId,
      name: [prefix, given, family].filter(Boolean).join(' '),
    })),
    sites: activeSites(deps.store).map(({ id, name }) => ({ id: id as LocationId, name })),
    refused: refusedWork(deps.store).map(({ n, pk, name, username }) => ({
      n,
      name: name ?? rows.find(({ id }) => id === pk)?.display_name ?? '',
      username: username ?? '',
    })),
  };
};

/** One change of an account with its line in the audit trail. */
const write = (
  deps: FeatureDeps,
  event: AccountEvent,
  id: string,
  { user }: Connection,
  work: (writer: LocalWriter) => void,
) => {
  deps.store.mutate({ kind: `account.${event}`, user: user?.id ?? null }, (writer) => {
    work(writer);
    const noted = {
      action: event === 'created' ? 'C' : 'U',
      event: `account-${event}`,
      accountId: user?.id ?? null,
      entity: { table: 'staff_account', id },
    } as const;
    writer.insert('audit_event', auditRow(deps, noted));
  });
  deps.engine.wake();
};

const columnsOfDraft = (draft: Changes): Partial<Columns> => ({
  ...(draft.username !== undefined && { username: draft.username }),
  ...(draft.displayName !== undefined && { display_name: draft.displayName }),
  ...(draft.role !== undefined && { role: draft.role }),
  ...(draft.practitionerId !== undefined && { practitioner_id: draft.practitionerId }),
  ...(draft.locationId !== undefined && { location_id: draft.locationId }),
});

/** What is wrong with it here. The centre has the last word on a name: another workstation may have taken it meanwhile. */
const problemsOf = (deps: FeatureDeps, draft: Changes, id: string | null): Result<null> => {
  const named = draft.username === undefined ? undefined : accountNamed(deps.store, draft.username);
  const knows = (ids: readonly { readonly id: string }[], wanted: string | null | undefined) =>
    wanted === undefined || wanted === null || ids.some((one) => one.id === wanted);
  const fields = {
    ...(named !== undefined && named.id !== id && { username: 'duplicate' }),
    ...(!knows(activePractitioners(deps.store), draft.practitionerId) && { practitionerId: 'invalid' }),
    ...(!knows(activeSites(deps.store), draft.locationId) && { locationId: 'invalid' }),
  };
  return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : ok(null);
};

const create = async (
  deps: FeatureDeps,
  draft: AccountDraft,
  connection: Connection,
): Promise<Result<IssuedCode>> => {
  const { code, hash, until } = await newOneTimeCode(deps.clock.now());
  const checked = problemsOf(deps, draft, null);
  if (!checked.ok) return checked;
  const id = deps.newId();
  const row: RowOf<'staff_account'> = {
    ...blank('staff_account'),
    id,
    username: draft.username,
    display_name: draft.displayName,
    role: draft.role,
    practitioner_id: draft.practitionerId,
    location_id: draft.locationId,
    password_hash: noPassword,
    active: 1,
    invite_hash: hash,
    invite_until: until,
  };
  write(deps, 'created', id, connection, (writer) => writer.insert('staff_account', row));
  return ok({ id: id as StaffAccountId, code, until });
};

const staysAdministered = (deps: FeatureDeps, account: Account, after: { role: string; active: boolean }) =>
  leavesAnAdministrator(
    allAccounts(deps.store).map(({ id, role, active }) => ({ id, role, active: active === 1 })),
    { id: account.id, ...after },
  );

const update = (
  deps: FeatureDeps,
  { id, changes, was }: Parsed<'accounts.update'>,
  connection: Connection,
): Result<null> => {
  const account = accountById(deps.store, id);
  if (account === undefined) return fail('not-found');
  const seen = columnsOfDraft(was);
  const wanted = columnsOfDraft(changes);
  const changedTwice = Object.entries(seen).some(
    ([column, value]) =>
      column in wanted &&
      ![value, wanted[column as keyof Columns]].includes(account[column as keyof Columns]),
  );
  if (changedTwice) return fail('changed-meanwhile');
  const checked = problemsOf(deps, changes, id);
  if (!checked.ok) return checked;
  const after = { role: changes.role ?? account.role, active: account.active === 1 };
  if (!staysAdministered(deps, account, after)) return fail('last-administrator');
  const changed = Object.entries(wanted).filter(
    ([column, value]) => account[column as keyof Columns] !== value,
  );
  if (changed.length === 0) return ok(null);
  write(deps, 'changed', id, connection, (writer) =>
    writer.update('staff_account', id, Object.fromEntries(changed) as Partial<Columns>),
  );
  return ok(null);
};

const setActive = (
  deps: FeatureDeps,
  { id, active }: Parsed<'accounts.setActive'>,
  connection: Connection,
): Result<null> => {
  const account = accountById(deps.store, id);
  if (account === undefined) return fail('not-found');
  if ((account.active === 1) === active) return ok(null);
  if (!staysAdministered(deps, account, { role: account.role, active })) return fail('last-administrator');
  write(deps, active ? 'opened' : 'closed', id, connection, (writer) =>
    writer.update('staff_account', id, { active: active ? 1 : 0 }),
  );
  return ok(null);
};

const issueCode = async (
  deps: FeatureDeps,
  id: StaffAccountId,
  connection: Connection,
): Promise<Result<IssuedCode>> => {
  const { code, hash, until } = await newOneTimeCode(deps.clock.now());
  if (accountById(deps.store, id)?.active !== 1) return fail('not-found');
  write(deps, 'code-issued', id, connection, (writer) =>
    writer.update('staff_account', id, { invite_hash: hash, invite_until: until }),
  );
  return ok({ id, code, until });
};

const signOut = (deps: FeatureDeps, id: StaffAccountId, connection: Connection): Result<null> => {
  if (accountById(deps.store, id) === undefined) return fail('not-found');
  write(deps, 'signed-out', id, connection, (writer) =>
    writer.update('staff_account', id, { sessions_ended_at: instant(deps.clock.now()) }),
  );
  return ok(null);
};

/** The accounts of those who work here, as an administrator keeps them. */
export const accountHandlers = (
  deps: FeatureDeps,
): Handlers<
  | 'accounts.list'
  | 'accounts.create'
  | 'accounts.update'
  | 'accounts.setActive'
  | 'accounts.issueCode'
  | 'accounts.signOut'
> => ({
  'accounts.list': () => ok(list(deps)),
  'accounts.create': (draft, connection) => create(deps, draft, connection),
  'accounts.update': (input, connection) => update(deps, input, connection),
  'accounts.setActive': (input, connection) => setActive(deps, input, connection),
  'accounts.issueCode': ({ id }, connection) => issueCode(deps, id, connection),
  'accounts.signOut': ({ id }, connection) => signOut(deps, id, connection),
});
