import type pg from 'pg';

/** What one workstation would send again after a restore. */
export interface SentAgain {
  readonly deviceNo: number;
  readonly name: string;
  readonly mutations: number;
  readonly changes: number;
  /** Why it cannot be counted on, or null. */
  readonly doubt: 'closed' | 'long-gone' | null;
}

/** What a restore to an earlier place would mean. */
export interface Rewind {
  readonly head: number;
  readonly to: number;
  /** What the backups are said to hold: workstations forget mutations up to there. */
  readonly durable: number;
  readonly devices: readonly SentAgain[];
  /** Changes that nobody sends again: made at the centre itself, by whom. */
  readonly lost: readonly {
    readonly login: string;
    readonly transactions: number;
    readonly changes: number;
  }[];
}

const devicesSql = `
  with lost as (
    select t.device_no, min(c.mutation) as first, count(*) as changes
    from clinichub.sync_tx t join clinichub.sync_change c on c.tx = t.tx
    where t.seq > $1 and t.device_no <> 0 and c.op in ('insert', 'update', 'delete') group by t.device_no
  ), moment as (
    select coalesce((select t.at from clinichub.sync_tx t where t.seq = $1), '-infinity') as at
  )
  select d.device_no as "deviceNo", d.name,
         (select count(*)::integer from clinichub.sync_mutation m
           where m.device_no = d.device_no and (m.n >= l.first or m.received_at > moment.at)) as mutations,
         coalesce(l.changes, 0)::integer as changes,
         case when d.suspended_at is not null or d.revoked_at is not null or d.wiping_at is not null or d.wiped_at is not null
                then 'closed'
              when d.last_contact_at < now() - make_interval(days => s.keep_days) then 'long-gone' end as doubt
  from clinichub.sync_device d cross join moment cross join clinichub.sync_meta s
  left join lost l on l.device_no = d.device_no
  order by d.device_no`;

const lostSql = `
  select t.login, count(*)::integer as transactions, sum(t.changes)::integer as changes
  from clinichub.sync_tx t where t.seq > $1 and t.device_no = 0 group by t.login order by t.login`;

/** Imagines the centre restored to `transactions` before its head: who has what to send again, and what nobody has. */
export const imagineRewind = async (client: pg.ClientBase, transactions: number | null): Promise<Rewind> => {
  const { rows } = await client.query<{ head: number; durable: number; archived: number }>(`
    select c.seq::double precision as head, m.durable_seq::double precision as durable,
           m.archived_seq::double precision as archived
    from clinichub.sync_clock c cross join clinichub.sync_meta m`);
  const { head = 0, durable = 0, archived = 0 } = rows[0] ?? {};
  const back = transactions ?? (durable > 0 ? head - durable : Math.min(1000, head));
  const to = Math.max(archived, head - back);
  const devices = await client.query<SentAgain>(devicesSql, [to]);
  const lost = await client.query<Rewind['lost'][number]>(lostSql, [to]);
  return { head, to, durable, devices: devices.rows, lost: lost.rows };
};
