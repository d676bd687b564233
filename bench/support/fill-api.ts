import { asAdmin, type BenchCentre } from './centre.ts';
import { fillPatients } from './fill.ts';

export interface ApiClinic {
  readonly site: string;
  readonly doctors: readonly string[];
  readonly patients: readonly string[];
}

export const doctorCount = 60;
/** Quarter hours of a working day. */
export const quarters = 40;
export const firstHour = 8;

/** Rows the sync ledger has, as if somebody had entered them at a desk. */
const enter = (centre: BenchCentre, statements: readonly (readonly [string, readonly unknown[]])[]) =>
  asAdmin(centre.url, async (client) => {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    for (const [text, values] of statements) await client.query(text, [...values]);
    await client.query('commit');
    await client.query('vacuum analyze');
  });

/** A clinic with one site, doctors who work every day of the week, patients, some booked already, and an account of the front desk. */
export const fillApi = async (
  centre: BenchCentre,
  { patients, password }: { readonly patients: number; readonly password: string },
): Promise<ApiClinic> => {
  await fillPatients(centre, patients);
  const versions = `1, '{"*": [1, 0]}'`;
  const end = `${firstHour + quarters / 4}:00`;
  await enter(centre, [
    [
      `insert into clinichub.location (id, kind, name, time_zone, active, row_version, field_versions)
       values (gen_random_uuid(), 'site', 'Main', 'UTC', true, ${versions})`,
      [],
    ],
    [
      `insert into clinichub.practitioner (id, family, given, gender, speciality, active, row_version, field_versions)
       select gen_random_uuid(), 'Doctor ' || lpad(i::text, 2, '0'), 'A', 'female', 'General practice', true, ${versions}
       from generate_series(1, ${doctorCount}) i`,
      [],
    ],
    [
      `insert into clinichub.schedule (id, practitioner_id, location_id, weekday, start_time, end_time, active, row_version, field_versions)
       select gen_random_uuid(), p.id, l.id, day, '0${firstHour}:00', '${end}', true, ${versions}
       from clinichub.practitioner p, clinichub.location l, generate_series(1, 7) day`,
      [],
    ],
    [
      `insert into clinichub.staff_account (id, username, display_name, role, location_id, password_hash, active, row_version, field_versions)
       select gen_random_uuid(), 'reception', 'Reception', 'reception', l.id, $1, true, ${versions} from clinichub.location l`,
      [password],
    ],
  ]);
  return asAdmin(centre.url, async (client) => {
    const ids = async (sql: string) =>
      (await client.query<{ readonly id: string }>(sql)).rows.map(({ id }) => id);
    return {
      site: (await ids('select id from clinichub.location'))[0] ?? '',
      doctors: await ids('select id from clinichub.practitioner order by family'),
      patients: await ids('select id from clinichub.patient order by id'),
    };
  });
};
