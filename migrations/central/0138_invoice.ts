import { type Kysely, sql } from 'kysely';

/**
 * Invoices. A desk numbers provisionally; the fiscal number is the centre's: one more than the last of the series, under the series'
 * row lock, which is held until the commit. So numbers have no gap and come in commit order, and what is rolled back takes none.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    create domain clinichub.invoice_status as text
      check (value in ('draft', 'issued', 'balanced', 'cancelled', 'entered-in-error'))`.execute(db);
  await sql`create domain clinichub.currency as text check (value ~ '^[A-Z]{3}$')`.execute(db);
  await sql`
    create table clinichub.invoice_series (
      series clinichub.name_64 primary key,
      last integer not null
    )`.execute(db);
  await sql`
    create table clinichub.invoice (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      series clinichub.name_64 not null,
      provisional_number clinichub.name_64 not null,
      fiscal_number integer,
      status clinichub.invoice_status not null,
      currency clinichub.currency not null,
      total integer not null,
      issued_at clinichub.instant,
      created_at clinichub.instant not null,
      created_by uuid,
      row_version bigint not null,
      field_versions jsonb not null,
      constraint invoice_fiscal_number unique (series, fiscal_number)
    )`.execute(db);
  await sql`create index invoice_patient on clinichub.invoice (patient_id)`.execute(db);
  await createNumber(db);
  await sql`
    select clinichub.sync_define('invoice', 'merge', 'patient_id',
      '{patient_id,series,provisional_number,status,currency,total,issued_at}')`.execute(db);
};

const createNumber = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.invoice_number() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      if tg_op = 'DELETE' then
        if old.fiscal_number is not null then
          raise exception 'an invoice with a fiscal number stays' using errcode = 'CH102';
        end if;
        return old;
      end if;
      if new.fiscal_number is distinct from (case when tg_op = 'UPDATE' then old.fiscal_number end) then
        raise exception 'the centre gives the fiscal number' using errcode = 'CH102';
      end if;
      if new.fiscal_number is not null then
        if (new.patient_id, new.series, new.provisional_number, new.currency, new.total, new.issued_at)
            is distinct from (old.patient_id, old.series, old.provisional_number, old.currency, old.total, old.issued_at)
            or new.status = 'draft' then
          raise exception 'an issued invoice never changes' using errcode = 'CH102';
        end if;
      elsif new.status in ('issued', 'balanced') then
        insert into clinichub.invoice_series as s (series, last) values (new.series, 1)
          on conflict (series) do update set last = s.last + 1 returning s.last into new.fiscal_number;
      end if;
      return new;
    end $f$`.execute(db);
  // Before sync_before_update, which counts the number as a change: triggers fire by name.
  await sql`
    create trigger invoice_number before insert or update or delete on clinichub.invoice
    for each row execute function clinichub.invoice_number()`.execute(db);
};
