import { withAdmin } from './admin-connection.ts';
import { CentreAdminError } from './admin-error.ts';
import { requireMigrated } from './migrated.ts';

/** Who is to administer, and what is kept of the one-time code. */
export interface FirstAdmin {
  readonly username: string;
  /** Null: as the account has it, which must be there then. */
  readonly displayName: string | null;
  readonly codeHash: string;
  readonly until: string;
  /** Also when somebody can administer already: everybody who can has lost the password. */
  readonly recover: boolean;
}

/**
 * Makes the account of an administrator at the centre at `url`, or lets one that is there administer, with a one-time code; written
 * into the audit trail. Throws a {@link CentreAdminError} when an active administrator is there and it is no recovery.
 */
export const makeFirstAdmin = (url: string, admin: FirstAdmin): Promise<{ readonly made: boolean }> =>
  withAdmin(url, async (client) => {
    await requireMigrated(client);
    await client.query('begin');
    await client.query('lock table clinichub.staff_account in share row exclusive mode');
    const { rows: active } = await client.query<{ username: string }>(
      `select username from clinichub.staff_account where role = 'admin' and active order by username limit 1`,
    );
    if (active[0] !== undefined && !admin.recover)
      throw new CentreAdminError(
        'has-admin',
        `“${active[0].username}” administers this clinic and can invite others. When nobody who administers can sign in any more, add --recover.`,
      );
    const { rows: updated } = await client.query<{ id: string }>(
      `update clinichub.staff_account
       set role = 'admin', active = true, invite_hash = $2, invite_until = $3, display_name = coalesce($4, display_name)
       where lower(username) = $1 returning id`,
      [admin.username, admin.codeHash, admin.until, admin.displayName],
    );
    if (updated[0] === undefined && admin.displayName === null)
      throw new CentreAdminError('no-name', `“${admin.username}” is new here: give the person’s --name too.`);
    const { rows: made } =
      updated[0] === undefined
        ? await client.query<{ id: string }>(
            `insert into clinichub.staff_account (id, username, display_name, role, password_hash, active, invite_hash, invite_until)
             values (gen_random_uuid(), $1, $4, 'admin', '!', true, $2, $3) returning id`,
            [admin.username, admin.codeHash, admin.until, admin.displayName],
          )
        : { rows: updated };
    await client.query(
      `insert into clinichub.audit_event (id, recorded_at, action, event, account_id, entity_table, entity_id, outcome)
       values (gen_random_uuid(), now(), $2, $3, null, 'staff_account', $1, 'success')`,
      [
        made[0]?.id,
        updated[0] === undefined ? 'C' : 'U',
        admin.recover ? 'account-recovered' : 'account-first-admin',
      ],
    );
    await client.query('commit');
    return { made: updated[0] === undefined };
  });
