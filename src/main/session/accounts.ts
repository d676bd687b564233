import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { type Role, roles } from '#shared/contract/permissions.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { grantedTo } from '#shared/domain/access/role-permission.ts';
import type { LocationId, PractitionerId, StaffAccountId } from '#shared/kernel/ids.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type Account = LocalRowOf<'staff_account'>;

/** The account with this user name, in any case. */
export const accountNamed = (reader: LocalReader, username: string): Account | undefined =>
  reader.get(
    localDb
      .selectFrom('staff_account')
      .selectAll()
      .where(sql<boolean>`username = ${username} collate nocase`)
      .limit(1),
  );

export const accountById = (reader: LocalReader, id: string): Account | undefined =>
  reader.get(localDb.selectFrom('staff_account').selectAll().where('id', '=', id));

/** What this clinic allows a role now. */
const permissionsHere = (reader: LocalReader, role: Role): SignedInUser['permissions'] => {
  const rows = reader.all(
    localDb
      .selectFrom('role_permission')
      .select(['permission', 'granted'])
      .where('role', '=', role)
      .where('granted', 'is not', null),
  );
  return grantedTo(
    role,
    rows.map(({ permission, granted }) => ({ permission, granted: granted === 1 })),
  );
};

/** Whether it is open and a patient's: a workstation is not for it. */
export const isPatients = (account: Account | undefined): boolean =>
  account?.active === 1 && account.role === 'patient';

/** What screens and permissions know of an account; null when it may not be used, or has a role this version does not know. */
export const userOf = (reader: LocalReader, account: Account | undefined): SignedInUser | null => {
  if (account?.active !== 1 || !roles.includes(account.role as Role) || isPatients(account)) return null;
  return {
    id: account.id as StaffAccountId,
    username: account.username,
    displayName: account.display_name,
    role: account.role as Role,
    permissions: permissionsHere(reader, account.role as Role),
    practitionerId: account.practitioner_id as PractitionerId | null,
    locationId: account.location_id as LocationId | null,
  };
};

/** What a session is opened with: once `opener` is another, the session is over. */
export interface Opening {
  readonly user: SignedInUser;
  readonly opener: string;
}

/** What a session of an account hangs on: its password, and when its sessions were ended last. */
export const openerOf = ({
  password_hash,
  sessions_ended_at,
}: Pick<Account, 'password_hash' | 'sessions_ended_at'>): string =>
  `${password_hash} ${sessions_ended_at ?? ''}`;

export const staffOpening = (reader: LocalReader, account: Account | undefined): Opening | null => {
  const user = userOf(reader, account);
  return user === null || account === undefined ? null : { user, opener: openerOf(account) };
};

export type PatientAccount = LocalRowOf<'patient_account'>;

export const patientAccountById = (reader: LocalReader, id: string): PatientAccount | undefined =>
  reader.get(localDb.selectFrom('patient_account').selectAll().where('id', '=', id));

/** The account with this address. Of two that were made apart the centre's, while both are here. */
export const patientAccountOf = (reader: LocalReader, email: string): PatientAccount | undefined =>
  reader.get(
    localDb
      .selectFrom('patient_account')
      .selectAll()
      .where('email', '=', email)
      .orderBy('active', 'desc')
      .orderBy('row_version', 'desc')
      .orderBy('created_at')
      .limit(1),
  );

/** Null for an account that is closed. It has no permission; what it may see hangs on its links. */
export const patientOpening = (account: PatientAccount | undefined): Opening | null =>
  account?.active === 1
    ? {
        user: {
          id: account.id as StaffAccountId,
          username: account.email,
          displayName: account.display_name,
          role: 'patient',
          permissions: [],
          practitionerId: null,
          locationId: null,
        },
        opener: openerOf(account),
      }
    : null;

/** The account of somebody who signed in, as it stands now. */
export const openingOf = (
  reader: LocalReader,
  { id, role }: Pick<SignedInUser, 'id' | 'role'>,
): Opening | null =>
  role === 'patient'
    ? patientOpening(patientAccountById(reader, id))
    : staffOpening(reader, accountById(reader, id));

/** The hashes of passwords of an account that another workstation's came before at the centre, the latest first. */
export const lostPasswords = (reader: LocalReader, { id }: Account): readonly string[] =>
  reader
    .all(
      localDb
        .selectFrom('conflict')
        .select(sql<string | null>`json_extract(attempted, '$.password_hash')`.as('lost'))
        .where('row_id', '=', id)
        .where('tbl', '=', 'staff_account')
        .orderBy('created_at', 'desc')
        .limit(5),
    )
    .flatMap(({ lost }) => lost ?? []);

/**
 * The hashes of passwords of accounts with this address that were made here and that the centre refused: it was registered at
 * another host in the same moment. The latest first.
 */
export const lostRegistrations = (reader: LocalReader, email: string): readonly string[] =>
  reader
    .all(
      localDb
        .selectFrom('outbox')
        .select(sql<string | null>`json_extract(payload, '$.changes[0].values.password_hash')`.as('lost'))
        .where('status', '=', 'parked')
        .where('kind', '=', 'patient-account.registered')
        .where(sql<boolean>`json_extract(payload, '$.changes[0].values.email') = ${email}`)
        .orderBy('n', 'desc')
        .limit(5),
    )
    .flatMap(({ lost }) => lost ?? []);
