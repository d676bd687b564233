import type pg from 'pg';
import { withAdmin } from './admin-connection.ts';
import { CentreAdminError } from './admin-error.ts';

/**
 * `unused`: its code has not been used; `expired`: nor can it be any more; `wiping`: the end of its copy is ordered, no word
 * that it is done; `wiped`: it has said so.
 */
type DeviceState = 'active' | 'unused' | 'expired' | 'suspended' | 'revoked' | 'wiping' | 'wiped';

/** One workstation as the centre knows it. `behind` is how many seqs it has not confirmed, null before its first copy. */
interface DeviceStatus {
  readonly deviceNo: number;
  readonly id: string;
  readonly name: string;
  readonly site: string | null;
  readonly cursor: number | null;
  readonly behind: number | null;
  readonly lastContactAt: string | null;
  readonly state: DeviceState;
  readonly scope: string;
  readonly role: string;
  /** The program's version and the schema it speaks, as it last said; null before its first contact. */
  readonly app: string | null;
  readonly schema: number | null;
  /** Its mutations the centre refused. */
  readonly rejected: number;
  /** Its values that lost and nobody has looked at. */
  readonly conflicts: number;
}

export interface CentreStatus {
  readonly epoch: string;
  readonly schema: number;
  readonly head: number;
  readonly lowWater: number;
  readonly migrations: readonly string[];
  readonly devices: readonly DeviceStatus[];
}

const devicesSql = `
  select d.device_no as "deviceNo", d.id, d.name, l.name as site,
         d.cursor::double precision as cursor, (c.seq - d.cursor)::double precision as behind,
         to_char(d.last_contact_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastContactAt",
         case when d.wiped_at is not null then 'wiped' when d.revoked_at is not null then 'revoked'
              when d.wiping_at is not null then 'wiping' when d.suspended_at is not null then 'suspended'
              when d.claimed_at is not null or d.code_expires_at is null then 'active'
              when d.code_expires_at < now() then 'expired' else 'unused' end as state,
         d.scope, d.role, d.app, d.schema,
         (select count(*)::integer from clinichub.sync_mutation m
           where m.device_no = d.device_no and m.status = 'rejected') as rejected,
         (select count(*)::integer from clinichub.conflict f
           where f.attempted_device = d.id and f.status = 'open') as conflicts
  from clinichub.sync_device d cross join clinichub.sync_clock c
  left join clinichub.location l on l.id = d.location_id
  order by d.device_no`;

const readStatus = async (client: pg.Client): Promise<CentreStatus> => {
  const there = await client.query<{ t: string | null }>(
    `select to_regclass('clinichub.schema_migration')::text as t`,
  );
  if (there.rows[0]?.t == null)
    throw new CentreAdminError(
      'not-migrated',
      'This database is no centre yet: run the migrate command first.',
    );
  const meta = await client.query<Omit<CentreStatus, 'migrations' | 'devices'>>(`
    select m.epoch, m.schema, c.seq::double precision as head, m.low_water::double precision as "lowWater"
    from clinichub.sync_meta m cross join clinichub.sync_clock c`);
  const row = meta.rows[0];
  if (row === undefined) throw new CentreAdminError('failed', 'The centre has lost its own description.');
  const migrations = await client.query<{ name: string }>(
    'select name from clinichub.schema_migration order by name',
  );
  const devices = await client.query<DeviceStatus>(devicesSql);
  return { ...row, migrations: migrations.rows.map(({ name }) => name), devices: devices.rows };
};

/** What the centre at `url` is and which workstations it knows. Throws a {@link CentreAdminError}. */
export const centreStatus = (url: string): Promise<CentreStatus> => withAdmin(url, readStatus);
