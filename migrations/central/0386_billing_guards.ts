import { type Kysely, sql } from 'kysely';

/**
 * What an issued invoice keeps, and that its lines are there and add up when it is issued. An invoice without a kind is of an earlier
 * version, which knew no lines.
 */
export const guardInvoices = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create or replace function clinichub.invoice_number() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      changeable text[] := '{status,fiscal_number,row_version,field_versions}';
      lines record;
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
        if to_jsonb(new) - changeable <> to_jsonb(old) - changeable or new.status = 'draft'
            or (new.kind is not null and new.status <> old.status) then
          raise exception 'an issued invoice never changes' using errcode = 'CH102';
        end if;
      elsif new.status in ('issued', 'balanced') then
        if new.kind is not null then
          select count(*) as n, coalesce(sum(l.gross), 0) as gross, coalesce(sum(l.payer_share), 0) as payer into lines
            from clinichub.invoice_line l where l.invoice_id = new.id;
          if lines.n = 0 or lines.gross <> new.total or lines.payer is distinct from new.payer_total then
            raise exception 'the lines of an invoice are its total' using errcode = 'CH102';
          end if;
        end if;
        insert into clinichub.invoice_series as s (series, last) values (new.series, 1)
          on conflict (series) do update set last = s.last + 1 returning s.last into new.fiscal_number;
      end if;
      return new;
    end $f$`.execute(db);
  await guardLines(db);
  await keepRemovals(db);
};

/**
 * Lines come while the invoice is a draft. A line of a credit note takes of a line of the invoice the note corrects, and all of them
 * together never more than that line holds: its lock lets one of two desks see the other.
 */
const guardLines = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.invoice_line_guard() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      invoice clinichub.invoice;
      line clinichub.invoice_line;
      earlier record;
    begin
      select * into invoice from clinichub.invoice i where i.id = new.invoice_id for no key update;
      if invoice.status is distinct from 'draft' then
        raise exception 'the lines of an invoice come before it is issued' using errcode = 'CH102';
      end if;
      if clinichub.patient_root(invoice.patient_id) <> clinichub.patient_root(new.patient_id)
          or (invoice.kind is not distinct from 'credit-note') <> (new.corrects is not null) then
        raise exception 'a line is of its invoice' using errcode = 'CH102';
      end if;
      if new.corrects is not null then
        select * into line from clinichub.invoice_line l where l.id = new.corrects for no key update;
        if line.invoice_id is distinct from invoice.corrects or line.corrects is not null then
          raise exception 'a credit note takes of the invoice it corrects' using errcode = 'CH102';
        end if;
        select coalesce(sum(l.net), 0) as net, coalesce(sum(l.tax), 0) as tax, coalesce(sum(l.payer_share), 0) as payer,
               coalesce(sum(l.patient_share), 0) as patient into earlier
          from clinichub.invoice_line l where l.corrects = new.corrects;
        if line.net + earlier.net + new.net < 0 or line.tax + earlier.tax + new.tax < 0
            or line.payer_share + earlier.payer + new.payer_share < 0
            or line.patient_share + earlier.patient + new.patient_share < 0 then
          raise exception 'more is credited than was billed' using errcode = 'CH102';
        end if;
      end if;
      return new;
    end $f$`.execute(db);
  await sql`
    create trigger invoice_line_guard before insert on clinichub.invoice_line
    for each row execute function clinichub.invoice_line_guard()`.execute(db);
};

/** A charge somebody took away stays away, whoever raises it once more without knowing. */
const keepRemovals = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.charge_item_removed() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $f$
    begin
      new.status := old.status;
      new.status_reason := old.status_reason;
      return new;
    end $f$`.execute(db);
  // Before sync_before_update, which counts what changed: triggers fire by name.
  await sql`
    create trigger charge_item_removed before update on clinichub.charge_item
    for each row when (old.status = 'not-billable' and new.status <> 'not-billable')
    execute function clinichub.charge_item_removed()`.execute(db);
};

/**
 * What takes of another row never takes more than is left of it: its lock lets one of two desks see the other, and the second is refused.
 */
export const guardPayments = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.payment_guard() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      source clinichub.payment;
      invoice clinichub.invoice;
      taken bigint;
      released bigint;
    begin
      if new.invoice_id is not null then
        select * into invoice from clinichub.invoice i where i.id = new.invoice_id;
        if invoice.currency is distinct from new.currency
            or clinichub.patient_root(invoice.patient_id) <> clinichub.patient_root(new.patient_id) then
          raise exception 'a payment is of the patient and in the currency of its invoice' using errcode = 'CH102';
        end if;
      end if;
      if new.source_id is null then
        return new;
      end if;
      select * into source from clinichub.payment p where p.id = new.source_id for no key update;
      if source.currency is distinct from new.currency
          or clinichub.patient_root(source.patient_id) <> clinichub.patient_root(new.patient_id)
          or not (case new.kind when 'refund' then source.kind in ('payment', 'deposit')
            when 'deposit-use' then source.kind = 'deposit' else source.kind = 'deposit-use' end)
          or (new.kind <> 'deposit-use' and new.invoice_id is distinct from source.invoice_id) then
        raise exception 'this does not take of that' using errcode = 'CH102';
      end if;
      select coalesce(sum(p.amount), 0) into taken from clinichub.payment p where p.source_id = new.source_id;
      select coalesce(sum(r.amount), 0) into released from clinichub.payment u
        join clinichub.payment r on r.source_id = u.id and r.kind = 'deposit-release'
        where u.source_id = new.source_id and u.kind = 'deposit-use';
      if source.amount - taken + released < new.amount then
        raise exception 'more is taken than is left' using errcode = 'CH102';
      end if;
      return new;
    end $f$`.execute(db);
  await sql`
    create trigger payment_guard before insert on clinichub.payment
    for each row execute function clinichub.payment_guard()`.execute(db);
};
