import pg from 'pg';
import { withAdmin } from './admin-connection.ts';
import { CentreAdminError } from './admin-error.ts';
import { requireMigrated } from './migrated.ts';

/** A workstation as an administrator names it. */
export interface DeviceRef {
  readonly deviceNo: number;
  readonly id: string;
  readonly name: string;
  readonly login: string;
}

interface DeviceRow extends DeviceRef {
  readonly suspended: boolean;
  readonly revoked: boolean;
  readonly wiping: boolean;
  readonly wiped: boolean;
}

const find = async (client: pg.Client, device: string): Promise<DeviceRow> => {
  const { rows } = await client.query<DeviceRow>(
    `select device_no as "deviceNo", id, name, login, suspended_at is not null as suspended,
            revoked_at is not null as revoked, wiping_at is not null as wiping, wiped_at is not null as wiped
     from clinichub.sync_device
     where device_no::text = $1 or id::text = lower($1) or lower(name) = lower($1)
     order by device_no for update`,
    [device],
  );
  const [found, another] = rows;
  if (found === undefined)
    throw new CentreAdminError('unknown-device', `There is no workstation “${device}”.`);
  if (another !== undefined)
    throw new CentreAdminError(
      'unknown-device',
      `Several workstations answer to “${device}”: give the number of one (${rows.map(({ deviceNo }) => deviceNo).join(', ')}).`,
    );
  return found;
};

const refuse = (message: string): never => {
  throw new CentreAdminError('device-state', message);
};

/** A revoked or wiped workstation has no way back. */
const refuseEnded = ({ name, revoked, wiped }: DeviceRow): void => {
  if (revoked) refuse(`“${name}” is revoked, and that is final. Enrol the workstation anew.`);
  if (wiped) refuse(`“${name}” has been wiped. Enrol the workstation anew.`);
};

const set = (client: pg.Client, { deviceNo }: DeviceRef, change: string) =>
  client.query(`update clinichub.sync_device set ${change} where device_no = $1`, [deviceNo]);

/** What an administrator does to a workstation, as the audit trail has it. */
type DeviceEvent =
  | 'workstation.enrol'
  | 'workstation.suspend'
  | 'workstation.resume'
  | 'workstation.wipe'
  | 'workstation.revoke';

const note = (client: pg.Client, event: DeviceEvent, id: string, deviceNo: number) =>
  client.query(
    `select clinichub.audit_note($1, $2, null, 'sync_device', $3, json_build_object('device', $4::integer))`,
    [event, event === 'workstation.enrol' ? 'C' : 'U', id, deviceNo],
  );

/** Writes into the audit trail that a workstation was enrolled. */
export const noteEnrolled = (url: string, id: string, deviceNo: number): Promise<void> =>
  withAdmin(url, async (client) => {
    await note(client, 'workstation.enrol', id, deviceNo);
  });

const changed = (
  url: string,
  device: string,
  event: DeviceEvent,
  work: (client: pg.Client, found: DeviceRow) => Promise<unknown>,
): Promise<DeviceRef> =>
  withAdmin(url, async (client) => {
    await client.query('begin');
    const found = await find(client, device);
    await work(client, found);
    await note(client, event, found.id, found.deviceNo);
    await client.query('commit');
    return found;
  });

/** Which workstation `device` (number, id or name) means. Throws a {@link CentreAdminError}. */
export const findDevice = (url: string, device: string): Promise<DeviceRef> =>
  withAdmin(url, async (client) => find(client, device));

/** Refuses every call of the workstation until {@link resumeDevice}. What it does meanwhile waits there. */
export const suspendDevice = (url: string, device: string): Promise<DeviceRef> =>
  changed(url, device, 'workstation.suspend', async (client, found) => {
    refuseEnded(found);
    if (found.wiping) refuse(`“${found.name}” is to be wiped and must be able to send what waits there.`);
    await set(client, found, 'suspended_at = coalesce(suspended_at, now())');
  });

/** Ends a suspension. */
export const resumeDevice = (url: string, device: string): Promise<DeviceRef> =>
  changed(url, device, 'workstation.resume', async (client, found) => {
    refuseEnded(found);
    await set(client, found, 'suspended_at = null');
  });

/**
 * Orders the workstation's copy to be destroyed at its next contact, after it has sent what waits there. A suspension ends:
 * who cannot call does not hear of it.
 */
export const wipeDevice = (url: string, device: string): Promise<DeviceRef> =>
  changed(url, device, 'workstation.wipe', async (client, found) => {
    refuseEnded(found);
    await set(client, found, 'wiping_at = coalesce(wiping_at, now()), suspended_at = null');
  });

/** An administrator without superuser rights may end the sessions of a role whose member he is. */
const joinRole = async (client: pg.Client, login: string): Promise<boolean> => {
  const { rows } = await client.query<{ may: boolean }>(
    `select pg_has_role(current_user, $1, 'usage') or pg_has_role(current_user, 'pg_signal_backend', 'usage') as may`,
    [login],
  );
  if (rows[0]?.may === true) return false;
  await client.query(`grant ${pg.escapeIdentifier(login)} to current_user`);
  return true;
};

const endSessions = async (client: pg.Client, login: string): Promise<void> => {
  const joined = await joinRole(client, login);
  try {
    // Twice: a session that was being let in while the login was closed is there a moment later.
    for (const pause of [0, 0.2]) {
      await client.query('select pg_sleep($1)', [pause]);
      await client.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = $1', [
        login,
      ]);
    }
  } finally {
    if (joined) await client.query(`revoke ${pg.escapeIdentifier(login)} from current_user`);
  }
};

/** Closes the workstation's login for good and ends its sessions at once. Nothing is destroyed there. */
export const revokeDevice = (url: string, device: string): Promise<DeviceRef> =>
  withAdmin(url, async (client) => {
    await client.query('begin');
    const found = await find(client, device);
    await set(client, found, 'revoked_at = coalesce(revoked_at, now())');
    const login = pg.escapeIdentifier(found.login);
    await client.query(`alter role ${login} nologin password null`);
    await client.query(`revoke clinichub_workstation from ${login}`);
    await note(client, 'workstation.revoke', found.id, found.deviceNo);
    await client.query('commit');
    await endSessions(client, found.login);
    return found;
  });

/** How many codes for new workstations all administrators together may make on the screen within a day; 0: none. */
export const readScreenCodes = (url: string): Promise<number> =>
  withAdmin(url, async (client) => {
    await requireMigrated(client);
    const { rows } = await client.query<{ a_day: number }>(
      'select screen_codes_a_day as a_day from clinichub.sync_meta',
    );
    return rows[0]?.a_day ?? 0;
  });

/** Changes what {@link readScreenCodes} tells; from 0 to 100. */
export const setScreenCodes = (url: string, perDay: number): Promise<void> =>
  withAdmin(url, async (client) => {
    await requireMigrated(client);
    await client.query('update clinichub.sync_meta set screen_codes_a_day = $1', [perDay]);
  });
