import { type Kysely, sql } from 'kysely';

/** The stock room: version 8 of the synced schema. How much there is stands nowhere; it is the sum of movements, which are only added. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createDomains(db);
  await createItems(db);
  await createBatches(db);
  await createMovements(db);
  await createReversals(db);
  await sql`
    update clinichub.sync_table set since = 8 where tbl in
      ('stock_item', 'stock_level', 'stock_batch', 'stock_recall', 'stock_movement')`.execute(db);
};

const kinds = [
  'receive',
  'dispense',
  'transfer-out',
  'transfer-in',
  'adjust',
  'waste',
  'stock-take',
  'reserve',
  'reversal',
] as const;

/** A store is a place of a kind of its own, within a site. */
const createDomains = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter domain clinichub.location_kind drop constraint location_kind_check`.execute(db);
  await sql`
    alter domain clinichub.location_kind add constraint location_kind_check
      check (value in ('site', 'room', 'store'))`.execute(db);
  await sql`
    create domain clinichub.stock_movement_kind as text check (value in (${sql.join(
      kinds.map((kind) => sql.lit(kind)),
    )}))`.execute(db);
  await sql`
    create domain clinichub.stock_quantity as integer check (value between 0 and 1000000000)`.execute(db);
  await sql`
    create domain clinichub.stock_delta as integer check (value between -1000000000 and 1000000000)`.execute(
    db,
  );
};

const kept = sql`
      row_version bigint not null,
      field_versions jsonb not null`;

const createItems = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.stock_item (
      id uuid primary key,
      title clinichub.name_200 not null,
      unit clinichub.text_50 not null,
      medicine_id uuid references clinichub.medicine (id),
      active boolean not null,${kept}
    )`.execute(db);
  await sql`
    create index stock_item_medicine on clinichub.stock_item (medicine_id) where medicine_id is not null`.execute(
    db,
  );
  await sql`select clinichub.sync_define('stock_item', 'merge')`.execute(db);
  await sql`
    create table clinichub.stock_level (
      id uuid primary key,
      item_id uuid not null references clinichub.stock_item (id),
      location_id uuid not null references clinichub.location (id),
      minimum clinichub.stock_quantity,
      fill_to clinichub.stock_quantity,${kept},
      constraint stock_level_once unique (item_id, location_id)
    )`.execute(db);
  await sql`create index stock_level_location on clinichub.stock_level (location_id)`.execute(db);
  await sql`select clinichub.sync_define('stock_level', 'last-write')`.execute(db);
};

/**
 * What a batch is follows from its id, so that writing it again changes nothing; whether it was recalled is said by a row of its own,
 * which a desk that has not heard of the recall does not write over by receiving more of it.
 */
const createBatches = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.stock_batch (
      id uuid primary key,
      item_id uuid not null references clinichub.stock_item (id),
      lot clinichub.name_64 not null,
      expiry_date clinichub.day,${kept},
      constraint stock_batch_once unique nulls not distinct (item_id, lot, expiry_date)
    )`.execute(db);
  await sql`select clinichub.sync_define('stock_batch', 'last-write')`.execute(db);
  await sql`
    create table clinichub.stock_recall (
      id uuid primary key,
      batch_id uuid not null references clinichub.stock_batch (id),
      recalled boolean not null,
      reason clinichub.text_1000 not null,
      recorded_at clinichub.instant not null,
      recorded_by uuid,${kept},
      constraint stock_recall_once unique (batch_id)
    )`.execute(db);
  await sql`select clinichub.sync_define('stock_recall', 'last-write')`.execute(db);
};

/** `cost` is what `cost_units` of the smallest unit cost, in minor units of the currency: a tablet may cost less than a franc. */
const createMovements = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.stock_movement (
      id uuid primary key,
      kind clinichub.stock_movement_kind not null,
      batch_id uuid not null references clinichub.stock_batch (id),
      location_id uuid not null references clinichub.location (id),
      delta clinichub.stock_delta not null,
      held clinichub.stock_delta not null,
      transfer_id uuid,
      dispense_id uuid,
      reason clinichub.text_1000,
      reference clinichub.text_200,
      counted clinichub.stock_quantity,
      expected clinichub.stock_delta,
      cost clinichub.price,
      cost_units clinichub.stock_quantity,
      currency clinichub.currency,
      corrects uuid references clinichub.stock_movement (id),
      recorded_at clinichub.instant not null,
      recorded_by uuid,${kept},
      constraint stock_movement_sign check (case kind
        when 'receive' then delta > 0
        when 'transfer-in' then delta > 0 and transfer_id is not null
        when 'transfer-out' then delta < 0 and transfer_id is not null
        when 'dispense' then delta < 0
        when 'waste' then delta < 0 and reason is not null
        when 'adjust' then delta <> 0 and reason is not null
        when 'stock-take' then counted is not null and expected is not null and delta = counted - expected
        when 'reserve' then delta = 0 and held > 0
        else true end),
      constraint stock_movement_held check (held = 0 or kind in ('reserve', 'reversal')),
      constraint stock_movement_corrects check ((kind = 'reversal') = (corrects is not null)),
      constraint stock_movement_cost check (
        (cost is null) = (currency is null) and (cost is null) = (cost_units is null) and cost_units <> 0)
    )`.execute(db);
  await sql`create index stock_movement_batch on clinichub.stock_movement (batch_id)`.execute(db);
  await sql`create index stock_movement_location on clinichub.stock_movement (location_id)`.execute(db);
  await sql`
    create unique index stock_movement_corrected on clinichub.stock_movement (corrects)
      where corrects is not null`.execute(db);
  await sql`select clinichub.sync_define('stock_movement', 'append')`.execute(db);
};

/** A movement is taken back whole, and what takes it back is not taken back. */
const createReversals = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.stock_movement_reverses() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $f$
    begin
      if exists (select from clinichub.stock_movement m where m.id = new.corrects
          and (m.kind = 'reversal' or m.batch_id <> new.batch_id or m.location_id <> new.location_id
            or m.delta <> -new.delta or m.held <> -new.held)) then
        raise exception 'a movement is taken back whole' using errcode = 'CH102';
      end if;
      return new;
    end $f$`.execute(db);
  await sql`
    create trigger stock_movement_reverses before insert on clinichub.stock_movement for each row
      when (new.corrects is not null) execute function clinichub.stock_movement_reverses()`.execute(db);
};
