import { withAdmin } from './admin-connection.ts';
import { CentreAdminError } from './admin-error.ts';
import { requireMigrated } from './migrated.ts';

/** What {@link declareRestored} did. `ended`: connections of workstations that were cut; null when this login may not. */
export interface Restored {
  readonly epoch: string;
  readonly head: string;
  readonly ended: number | null;
}

/**
 * Gives the centre at `url` a new epoch: every workstation notices at its next greeting that the centre was restored, and sends
 * again what it forgot. For use after a real restore. Throws a {@link CentreAdminError}.
 */
export const declareRestored = (url: string): Promise<Restored> =>
  withAdmin(url, async (client) => {
    await requireMigrated(client);
    const { rows } = await client.query<{ epoch: string; head: string }>(`
      update clinichub.sync_meta m set epoch = gen_random_uuid(), durable_seq = least(m.durable_seq, c.seq)
      from clinichub.sync_clock c returning m.epoch, c.seq::text as head`);
    const made = rows[0];
    if (made === undefined) throw new CentreAdminError('failed', 'The centre has lost its own description.');
    // Who is connected has greeted the old epoch.
    const ended = await client
      .query<{ ended: number }>(
        `select count(*) filter (where pg_terminate_backend(a.pid))::integer as ended
         from pg_stat_activity a join clinichub.sync_device d on d.login = a.usename where a.datname = current_database()`,
      )
      .then(
        (result) => result.rows[0]?.ended ?? 0,
        () => null,
      );
    return { ...made, ended };
  });

/** Notes that the backups of the centre at `url` hold everything up to `seq` (null: up to now), and returns what is noted. */
export const declareBackedUp = (url: string, seq: number | null): Promise<{ readonly durable: number }> =>
  withAdmin(url, async (client) => {
    await requireMigrated(client);
    const { rows } = await client.query<{ durable: number }>(
      `update clinichub.sync_meta m set durable_seq = greatest(m.durable_seq, coalesce($1, c.seq))
       from clinichub.sync_clock c where coalesce($1, c.seq) <= c.seq
       returning m.durable_seq::double precision as durable`,
      [seq],
    );
    const noted = rows[0];
    if (noted === undefined)
      throw new CentreAdminError('failed', `The centre has not come to ${seq} yet. Nothing was noted.`);
    return noted;
  });
