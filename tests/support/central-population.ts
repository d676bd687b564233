import type pg from 'pg';
import type { TableName } from '#shared/sync/catalogue.ts';
import * as sample from './central-samples.ts';
import { type FreshCentre, withClient } from './fresh-centre.ts';

const insert = (client: pg.Client, table: TableName, row: object) =>
  client.query(
    `insert into clinichub.${table} select * from json_populate_record(null::clinichub.${table}, $1)`,
    [JSON.stringify({ ...row, row_version: 1, field_versions: {} })],
  );

/** Writes a whole row at the centre, as somebody with psql would. */
export const insertRow = async (centre: FreshCentre, table: TableName, row: object): Promise<void> => {
  await withClient(centre.url, (client) => insert(client, table, row));
};

/** A site, a practitioner, forty patients with an appointment each, in transactions of their own, and some changes. */
export const populate = (centre: FreshCentre): Promise<void> =>
  withClient(centre.url, async (client) => {
    const site = sample.site();
    const practitioner = sample.practitioner();
    await insert(client, 'location', site);
    await insert(client, 'practitioner', practitioner);
    for (let index = 0; index < 40; index += 1) {
      const patient = sample.patient();
      const start = Date.UTC(2026, 10, 24, 8) + index * 900_000;
      await insert(client, 'patient', patient);
      const visit = sample.appointment({
        patient_id: patient.id,
        practitioner_id: practitioner.id,
        location_id: site.id,
        start_at: new Date(start).toISOString(),
        end_at: new Date(start + 900_000).toISOString(),
      });
      await insert(client, 'appointment', visit);
    }
    await client.query(`update clinichub.appointment set status = 'cancelled', cancel_reason = 'Ill'
      where start_at < '2026-11-24T09:00:00Z'`);
    await client.query(
      `update clinichub.appointment set cancel_reason = 'Moved away' where status = 'cancelled'`,
    );
  });
