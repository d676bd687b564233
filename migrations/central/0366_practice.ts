import { type Kysely, sql } from 'kysely';

/** More than one speciality, the sites somebody works at, and what is charged: version 6 of the synced schema. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createPractice(db);
  await createPrices(db);
  await sql`
    update clinichub.sync_table set since = 6 where tbl in
      ('practitioner_specialty', 'practitioner_location', 'charge_item_definition', 'charge_item_price')`.execute(
    db,
  );
};

const kept = sql`
      row_version bigint not null,
      field_versions jsonb not null`;

/** The ids are made of what a row is about: two desks that say the same of it write one row, and rows are not deleted. */
const createPractice = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.practitioner_specialty (
      id uuid primary key,
      practitioner_id uuid not null references clinichub.practitioner (id),
      specialty clinichub.name_200 not null,
      active boolean not null,${kept},
      constraint practitioner_specialty_once unique (practitioner_id, specialty)
    )`.execute(db);
  await sql`select clinichub.sync_define('practitioner_specialty', 'last-write')`.execute(db);
  await sql`
    create table clinichub.practitioner_location (
      id uuid primary key,
      practitioner_id uuid not null references clinichub.practitioner (id),
      location_id uuid not null references clinichub.location (id),
      active boolean not null,${kept},
      constraint practitioner_location_once unique (practitioner_id, location_id)
    )`.execute(db);
  await sql`create index practitioner_location_location on clinichub.practitioner_location (location_id)`.execute(
    db,
  );
  await sql`select clinichub.sync_define('practitioner_location', 'last-write')`.execute(db);
};

/** `amount` is in minor units of the currency, and null where a price was taken back. */
const createPrices = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.charge_item_definition (
      id uuid primary key,
      code clinichub.name_64 not null,
      title clinichub.name_200 not null,
      visit_type_id uuid references clinichub.visit_type (id),
      active boolean not null,${kept}
    )`.execute(db);
  await sql`
    create index charge_item_definition_visit_type on clinichub.charge_item_definition (visit_type_id)
      where visit_type_id is not null`.execute(db);
  await sql`select clinichub.sync_define('charge_item_definition', 'merge')`.execute(db);
  await sql`
    create domain clinichub.price as integer check (value between 0 and 2000000000)`.execute(db);
  await sql`
    create table clinichub.charge_item_price (
      id uuid primary key,
      definition_id uuid not null references clinichub.charge_item_definition (id),
      location_id uuid references clinichub.location (id),
      valid_from clinichub.day not null,
      amount clinichub.price,
      currency clinichub.currency not null,${kept},
      constraint charge_item_price_once unique nulls not distinct (definition_id, location_id, valid_from)
    )`.execute(db);
  await sql`
    create index charge_item_price_location on clinichub.charge_item_price (location_id)
      where location_id is not null`.execute(db);
  await sql`select clinichub.sync_define('charge_item_price', 'last-write')`.execute(db);
};
