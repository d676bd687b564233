import { type Kysely, sql } from 'kysely';

/**
 * What a column may hold, as domains: code sets are FHIR R4's, and lengths keep a stray megabyte out of an index.
 * Domains, not CHECKs of the tables: a table's CHECKs are prepared anew for each statement, and 18 of them took two thirds of
 * the time of a single-row insert.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createTexts(db);
  await createTimes(db);
  await createCodes(db);
};

/** `text_N`: at most N characters; `name_N`: and not empty. */
const createTexts = async (db: Kysely<unknown>): Promise<void> => {
  for (const most of [40, 50, 100, 200, 320, 400, 500, 1000, 4000])
    await sql`create domain ${sql.id('clinichub', `text_${most}`)} as text
      check (char_length(value) <= ${sql.lit(most)})`.execute(db);
  for (const most of [64, 100, 200])
    await sql`create domain ${sql.id('clinichub', `name_${most}`)} as text
      check (char_length(value) between 1 and ${sql.lit(most)})`.execute(db);
};

const createTimes = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create domain clinichub.instant as timestamptz(3)
      check (value between '1900-01-01 00:00:00+00' and '2200-01-01 00:00:00+00')`.execute(db);
  await sql`
    create domain clinichub.day as date check (value between '1850-01-01' and '2200-01-01')`.execute(db);
  await sql`
    create domain clinichub.wall_time as text
      check (value ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$')`.execute(db);
  await sql`
    create domain clinichub.wall_instant as text
      check (value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$')`.execute(db);
  await sql`create domain clinichub.weekday as integer check (value between 1 and 7)`.execute(db);
};

const createCodes = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create domain clinichub.location_kind as text check (value in ('site', 'room'))`.execute(db);
  await sql`
    create domain clinichub.gender as text
      check (value in ('female', 'male', 'other', 'unknown'))`.execute(db);
  await sql`
    create domain clinichub.staff_role as text
      check (value in ('reception', 'doctor', 'nurse', 'admin'))`.execute(db);
  await sql`
    create domain clinichub.appointment_status as text
      check (value in ('proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow',
        'entered-in-error', 'checked-in', 'waitlist'))`.execute(db);
  await sql`
    create domain clinichub.participant_status as text
      check (value in ('accepted', 'declined', 'tentative', 'needs-action'))`.execute(db);
  await sql`
    create domain clinichub.task_status as text
      check (value in ('draft', 'requested', 'received', 'accepted', 'rejected', 'ready', 'cancelled', 'in-progress',
        'on-hold', 'failed', 'completed', 'entered-in-error'))`.execute(db);
  await sql`
    create domain clinichub.audit_action as text check (value in ('C', 'R', 'U', 'D', 'E'))`.execute(db);
};
