import { withClient } from './fresh-centre.ts';

/** Whom the appointments are with. */
export interface PastAppointments {
  readonly patient: string;
  readonly practitioner: string;
  readonly location: string;
  readonly count: number;
}

/** Appointments that are over, made by the centre itself and past the ledger: a first copy does not read it. Their description is `past <n>`. */
export const pastAppointments = (
  url: string,
  { patient, practitioner, location, count }: PastAppointments,
): Promise<void> =>
  withClient(url, async (client) => {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query(
      `insert into clinichub.appointment (id, patient_id, practitioner_id, location_id, status, participant_status, start_at,
         end_at, start_local, time_zone, description, overbooked, needs_rebooking, created_at, row_version, field_versions)
       select gen_random_uuid(), $1, $2, $3, 'fulfilled', 'accepted', t, t + interval '15 minutes',
         to_char(t at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI'), 'UTC', 'past ' || i, false, false, t, 1, '{"*": [1, 0]}'
       from generate_series(1, $4::integer) i,
         lateral (select date_trunc('hour', now()) - interval '30 days' - i * interval '15 minutes' as t) at`,
      [patient, practitioner, location, count],
    );
    await client.query('commit');
    await client.query('analyze clinichub.appointment');
  });
