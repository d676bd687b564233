import { asAdmin, type BenchCentre } from './centre.ts';
import { families, givens } from './people.ts';

/** Runs `work` past the ledger: a first copy does not read it. */
const past = (centre: BenchCentre, table: string, text: string, values: readonly unknown[]): Promise<void> =>
  asAdmin(centre.url, async (client) => {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query(text, [...values]);
    await client.query('commit');
    await client.query(`vacuum analyze clinichub.${table}`);
  });

/** Patients number `from + 1` to `count` that look like `person(i)`, made by the centre itself. */
export const fillPatients = (centre: BenchCentre, count: number, from = 0): Promise<void> =>
  past(
    centre,
    'patient',
    `insert into clinichub.patient (id, mrn, family, given, gender, birth_date, birth_date_estimated, phone, address_line,
       city, country, created_at, row_version, field_versions)
     select gen_random_uuid(), 'BEN-' || lpad(to_hex(i), 6, '0'), ($3::text[])[1 + i % cardinality($3::text[])],
       ($4::text[])[1 + (i / cardinality($3::text[])) % cardinality($4::text[])] || ' Grace',
       case i % 2 when 0 then 'female' else 'male' end, date '1930-01-01' + (i * 37) % 34000, i % 11 = 0,
       '+25078' || lpad(((i::bigint * 7919) % 10000000)::text, 7, '0'), 'KG ' || i % 600 || ' St', 'Kigali', 'RW',
       timestamptz '2026-11-23 08:00Z', 1, '{"*": [1, 0]}'
     from generate_series($2::integer + 1, $1::integer) i`,
    [count, from, families, givens],
  );

/** Appointments of those patients with forty doctors at one site, one in a hundred still to come. */
export const fillAppointments = async (centre: BenchCentre, count: number): Promise<void> => {
  await past(
    centre,
    'location',
    `insert into clinichub.location (id, kind, name, time_zone, active, row_version, field_versions)
     values (gen_random_uuid(), 'site', 'Main', 'UTC', true, 1, '{"*": [1, 0]}')`,
    [],
  );
  await past(
    centre,
    'practitioner',
    `insert into clinichub.practitioner (id, family, given, gender, speciality, active, row_version, field_versions)
     select gen_random_uuid(), 'Doctor ' || i, 'A', 'female', 'General practice', true, 1, '{"*": [1, 0]}'
     from generate_series(1, 40) i`,
    [],
  );
  await past(
    centre,
    'appointment',
    `with doctors as (select array_agg(id) as ids from clinichub.practitioner),
       patients as (select array_agg(id) as ids from (select id from clinichub.patient limit 5000) p)
     insert into clinichub.appointment (id, patient_id, practitioner_id, location_id, status, participant_status, start_at,
       end_at, start_local, time_zone, overbooked, needs_rebooking, created_at, row_version, field_versions)
     select uuidv7(), patients.ids[1 + (i * 31) % cardinality(patients.ids)], doctors.ids[1 + i % 40],
       (select id from clinichub.location limit 1), 'fulfilled', 'accepted', t, t + interval '15 minutes',
       to_char(t at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI'), 'UTC', false, false, t, 1, '{"*": [1, 0]}'
     from doctors, patients, generate_series(1, $1::integer) i,
       lateral (select date_trunc('hour', now()) + interval '1 hour' * ($1::integer / 100 - i) as t) at`,
    [count],
  );
};
