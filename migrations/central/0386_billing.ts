import { type Kysely, sql } from 'kysely';
import { guardInvoices, guardPayments } from './0386_billing_guards.ts';

/**
 * Version 8 of the synced schema, billing: who pays, what is charged, what was billed and paid, the tills and the claims. Money is whole
 * minor units of a row's currency. What was billed and paid is only ever added, so that no two desks can write over each other.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createDomains(db);
  await createPayers(db);
  await widenPrices(db);
  await widenInvoices(db);
  await createCharges(db);
  await createTills(db);
  await createPayments(db);
  await createClaims(db);
  await guardInvoices(db);
  await guardPayments(db);
  await defineAgain(db);
  await sql`
    update clinichub.sync_table set since = 8 where tbl in ('organization', 'charge_item', 'invoice_line', 'till', 'till_session',
      'till_event', 'payment', 'claim', 'claim_item', 'claim_response_item')`.execute(db);
  await sql`update clinichub.sync_meta set schema = 8`.execute(db);
};

/** FHIR's codes where it has them; the rest says what our ledgers hold. */
const codes = {
  organization_kind: ['payer'],
  charge_category: ['visit', 'procedure', 'medicine', 'product', 'other'],
  charge_item_status: ['billable', 'not-billable', 'entered-in-error'],
  charge_source: ['visit', 'procedure', 'dispense', 'manual'],
  invoice_kind: ['invoice', 'credit-note'],
  payment_kind: ['payment', 'deposit', 'deposit-use', 'deposit-release', 'refund'],
  payment_method: ['cash', 'card', 'mobile-money', 'bank-transfer', 'cheque', 'deposit'],
  till_event_kind: [
    'cash-in',
    'cash-out',
    'counted',
    'approved',
    'rejected',
    'handed-over',
    'closed',
    'signed',
  ],
  claim_status: ['draft', 'active', 'cancelled'],
  claim_outcome: ['paid', 'partial', 'rejected'],
} as const;

const createDomains = async (db: Kysely<unknown>): Promise<void> => {
  for (const [name, values] of Object.entries(codes))
    await sql`create domain ${sql.id('clinichub', name)} as text check (value in (${sql.join(
      values.map((value) => sql.lit(value)),
    )}))`.execute(db);
  // Basis points: 10,000 are the whole. What was typed as 1300 % is refused.
  await sql`create domain clinichub.rate as integer check (value between 0 and 10000)`.execute(db);
  await sql`
    create domain clinichub.money as integer check (value between -2000000000 and 2000000000)`.execute(db);
  await sql`
    create domain clinichub.amount as integer check (value between 1 and 2000000000)`.execute(db);
  await sql`
    create domain clinichub.quantity as text check (value ~ '^-?[0-9]{1,9}(\\.[0-9]{1,3})?$')`.execute(db);
};

const kept = sql`
      row_version bigint not null,
      field_versions jsonb not null`;
const patient = sql`patient_id uuid not null references clinichub.patient (id)`;
const site = sql`location_id uuid references clinichub.location (id)`;

const createPayers = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.organization (
      id uuid primary key,
      kind clinichub.organization_kind not null,
      name clinichub.name_200 not null,
      identifier clinichub.text_100,
      email clinichub.text_200,
      phone clinichub.text_100,
      address_line clinichub.text_400,
      active boolean not null,
      created_at clinichub.instant not null,
      created_by uuid,${kept}
    )`.execute(db);
  await sql`select clinichub.sync_define('organization', 'merge')`.execute(db);
  // The order of the catalogue: coverage refers to it.
  await sql`update clinichub.sync_table set place = -place`.execute(db);
  await sql`
    update clinichub.sync_table t set place = case
        when t.tbl = 'organization' then -c.place
        when -t.place >= -c.place then -t.place + 1
        else -t.place end
      from (select place from clinichub.sync_table where tbl = 'coverage') c`.execute(db);
  await sql`
    alter table clinichub.coverage
      add column payor_id uuid references clinichub.organization (id),
      add column cover_rate clinichub.rate`.execute(db);
  await sql`
    create index coverage_payor on clinichub.coverage (payor_id) where payor_id is not null`.execute(db);
};

/** What a thing that is charged for is, its tax, and what raises it; a price may be of one payer. */
const widenPrices = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table clinichub.charge_item_definition
      add column category clinichub.charge_category,
      add column tax_rate clinichub.rate,
      add column service_code clinichub.text_100,
      add column medicine_id uuid references clinichub.medicine (id)`.execute(db);
  await sql`
    create index charge_item_definition_medicine on clinichub.charge_item_definition (medicine_id)
      where medicine_id is not null`.execute(db);
  await sql`
    alter table clinichub.charge_item_price
      add column payer_id uuid references clinichub.organization (id),
      drop constraint charge_item_price_once`.execute(db);
  await sql`
    alter table clinichub.charge_item_price add constraint charge_item_price_once
      unique nulls not distinct (definition_id, location_id, valid_from, payer_id)`.execute(db);
  await sql`
    create index charge_item_price_payer on clinichub.charge_item_price (payer_id) where payer_id is not null`.execute(
    db,
  );
};

/** A credit note is an invoice whose lines and total are below zero, and which says what it corrects. */
const widenInvoices = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table clinichub.invoice
      add column kind clinichub.invoice_kind,
      add column corrects uuid references clinichub.invoice (id),
      add column ${site},
      add column payer_id uuid references clinichub.organization (id),
      add column payer_total clinichub.money,
      add column reason clinichub.text_1000,
      add column issued_by uuid,
      add constraint invoice_corrects check ((kind is not distinct from 'credit-note') = (corrects is not null))`.execute(
    db,
  );
  for (const column of ['corrects', 'location_id', 'payer_id'])
    await sql`create index ${sql.id(`invoice_${column}`)} on clinichub.invoice (${sql.id(column)})
      where ${sql.id(column)} is not null`.execute(db);
};

const createCharges = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.charge_item (
      id uuid primary key,
      ${patient},
      definition_id uuid not null references clinichub.charge_item_definition (id),
      invoice_id uuid references clinichub.invoice (id),
      status clinichub.charge_item_status not null,
      status_reason clinichub.text_1000,
      source_kind clinichub.charge_source not null,
      source_id uuid,
      title clinichub.name_200 not null,
      quantity clinichub.quantity not null,
      unit_price clinichub.price not null,
      currency clinichub.currency not null,
      tax_rate clinichub.rate not null,
      payer_id uuid references clinichub.organization (id),
      cover_rate clinichub.rate,
      discount clinichub.price not null,
      discount_reason clinichub.text_1000,
      ${site},
      practitioner_id uuid references clinichub.practitioner (id),
      occurred_at clinichub.instant not null,
      created_at clinichub.instant not null,
      created_by uuid,${kept}
    )`.execute(db);
  for (const column of [
    'patient_id',
    'definition_id',
    'invoice_id',
    'payer_id',
    'location_id',
    'practitioner_id',
  ])
    await sql`create index ${sql.id(`charge_item_${column}`)} on clinichub.charge_item (${sql.id(column)})`.execute(
      db,
    );
  await sql`select clinichub.sync_define('charge_item', 'last-write', 'patient_id')`.execute(db);
  await sql`
    create table clinichub.invoice_line (
      id uuid primary key,
      ${patient},
      invoice_id uuid not null references clinichub.invoice (id),
      line_no integer not null check (line_no between 1 and 1000),
      charge_item_id uuid references clinichub.charge_item (id),
      definition_id uuid references clinichub.charge_item_definition (id),
      corrects uuid references clinichub.invoice_line (id),
      title clinichub.name_200 not null,
      quantity clinichub.quantity not null,
      unit_price clinichub.price not null,
      discount clinichub.money not null,
      discount_reason clinichub.text_1000,
      net clinichub.money not null,
      tax_rate clinichub.rate not null,
      tax clinichub.money not null,
      gross clinichub.money not null,
      payer_share clinichub.money not null,
      patient_share clinichub.money not null,
      practitioner_id uuid references clinichub.practitioner (id),
      recorded_at clinichub.instant not null,
      recorded_by uuid,${kept},
      constraint invoice_line_once unique (invoice_id, line_no),
      constraint invoice_line_sum check (gross = net + tax and gross = payer_share + patient_share),
      constraint invoice_line_sign check (case when corrects is null
        then least(net, tax, payer_share, patient_share, discount) >= 0
        else greatest(net, tax, payer_share, patient_share, discount) <= 0 end)
    )`.execute(db);
  for (const column of ['patient_id', 'charge_item_id', 'definition_id', 'corrects', 'practitioner_id'])
    await sql`create index ${sql.id(`invoice_line_${column}`)} on clinichub.invoice_line (${sql.id(column)})`.execute(
      db,
    );
  await sql`select clinichub.sync_define('invoice_line', 'append', 'patient_id')`.execute(db);
};

/** What happened at a till is only ever added. The ids of a count and of an end come of session and turn: there is one of each. */
const createTills = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.till (
      id uuid primary key,
      name clinichub.name_100 not null,
      location_id uuid not null references clinichub.location (id),
      active boolean not null,${kept}
    )`.execute(db);
  await sql`create index till_location on clinichub.till (location_id)`.execute(db);
  await sql`select clinichub.sync_define('till', 'merge')`.execute(db);
  await sql`
    create table clinichub.till_session (
      id uuid primary key,
      till_id uuid not null references clinichub.till (id),
      cashier_id uuid not null references clinichub.staff_account (id),
      currency clinichub.currency not null,
      opening_float clinichub.price not null,
      opened_at clinichub.instant not null,
      opened_by uuid,${kept}
    )`.execute(db);
  await sql`create index till_session_till on clinichub.till_session (till_id, opened_at)`.execute(db);
  await sql`create index till_session_cashier on clinichub.till_session (cashier_id)`.execute(db);
  await sql`select clinichub.sync_define('till_session', 'append')`.execute(db);
  await sql`
    create table clinichub.till_event (
      id uuid primary key,
      session_id uuid not null references clinichub.till_session (id),
      kind clinichub.till_event_kind not null,
      turn integer check (turn between 1 and 1000),
      amount clinichub.price,
      expected clinichub.money,
      details clinichub.text_4000,
      reason clinichub.text_1000,
      account_id uuid not null references clinichub.staff_account (id),
      other_account_id uuid references clinichub.staff_account (id),
      digest clinichub.digest,
      happened_at clinichub.instant not null,${kept}
    )`.execute(db);
  await sql`create index till_event_session on clinichub.till_event (session_id)`.execute(db);
  await sql`create index till_event_account on clinichub.till_event (account_id)`.execute(db);
  await sql`create index till_event_other on clinichub.till_event (other_account_id) where other_account_id is not null`.execute(
    db,
  );
  await sql`select clinichub.sync_define('till_event', 'append')`.execute(db);
};

/**
 * `payment` and `deposit` bring money, `refund` gives back what a row of those brought; `deposit-use` moves no money, it takes of a deposit
 * for an invoice, and `deposit-release` undoes that. `source_id` is the row it takes of.
 */
const createPayments = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.payment (
      id uuid primary key,
      ${patient},
      invoice_id uuid references clinichub.invoice (id),
      source_id uuid references clinichub.payment (id),
      kind clinichub.payment_kind not null,
      method clinichub.payment_method not null,
      amount clinichub.amount not null,
      currency clinichub.currency not null,
      tendered clinichub.amount,
      reference clinichub.text_200,
      payer_id uuid references clinichub.organization (id),
      till_session_id uuid references clinichub.till_session (id),
      ${site},
      receipt_number clinichub.name_64,
      reason clinichub.text_1000,
      paid_at clinichub.instant not null,
      recorded_at clinichub.instant not null,
      recorded_by uuid,${kept},
      constraint payment_source check ((kind in ('payment', 'deposit')) = (source_id is null)),
      constraint payment_invoice check (case kind when 'deposit' then invoice_id is null
        when 'refund' then true else invoice_id is not null end),
      constraint payment_tendered check (tendered is null or (method = 'cash' and tendered >= amount))
    )`.execute(db);
  for (const column of [
    'patient_id',
    'invoice_id',
    'source_id',
    'payer_id',
    'till_session_id',
    'location_id',
  ])
    await sql`create index ${sql.id(`payment_${column}`)} on clinichub.payment (${sql.id(column)})`.execute(
      db,
    );
  await sql`create index payment_paid on clinichub.payment (paid_at)`.execute(db);
  await sql`select clinichub.sync_define('payment', 'append', 'patient_id')`.execute(db);
};

const createClaims = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.claim (
      id uuid primary key,
      payer_id uuid not null references clinichub.organization (id),
      number clinichub.name_64 not null,
      status clinichub.claim_status not null,
      currency clinichub.currency not null,
      ${site},
      note clinichub.text_1000,
      submitted_at clinichub.instant,
      created_at clinichub.instant not null,
      created_by uuid,${kept}
    )`.execute(db);
  await sql`create index claim_payer on clinichub.claim (payer_id)`.execute(db);
  await sql`create index claim_location on clinichub.claim (location_id) where location_id is not null`.execute(
    db,
  );
  await sql`select clinichub.sync_define('claim', 'merge')`.execute(db);
  await sql`
    create table clinichub.claim_item (
      id uuid primary key,
      claim_id uuid not null references clinichub.claim (id),
      ${patient},
      invoice_line_id uuid not null references clinichub.invoice_line (id),
      coverage_id uuid references clinichub.coverage (id),
      corrects uuid references clinichub.claim_item (id),
      amount clinichub.amount not null,
      created_at clinichub.instant not null,
      created_by uuid,${kept}
    )`.execute(db);
  for (const column of ['claim_id', 'patient_id', 'invoice_line_id', 'coverage_id', 'corrects'])
    await sql`create index ${sql.id(`claim_item_${column}`)} on clinichub.claim_item (${sql.id(column)})`.execute(
      db,
    );
  await sql`select clinichub.sync_define('claim_item', 'append', 'patient_id')`.execute(db);
  await sql`
    create table clinichub.claim_response_item (
      id uuid primary key,
      claim_item_id uuid not null references clinichub.claim_item (id),
      ${patient},
      outcome clinichub.claim_outcome not null,
      amount clinichub.price not null,
      reason_code clinichub.text_100,
      reason clinichub.text_1000,
      payment_id uuid references clinichub.payment (id),
      remittance clinichub.text_200,
      received_at clinichub.instant not null,
      recorded_at clinichub.instant not null,
      recorded_by uuid,${kept}
    )`.execute(db);
  for (const column of ['claim_item_id', 'patient_id', 'payment_id'])
    await sql`create index ${sql.id(`claim_response_item_${column}`)} on clinichub.claim_response_item (${sql.id(column)})`.execute(
      db,
    );
  await sql`select clinichub.sync_define('claim_response_item', 'append', 'patient_id')`.execute(db);
};

/** The tables that were there and have new columns. */
const defineAgain = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    select clinichub.sync_define(t.tbl, t.policy, t.scope, t.together, t.roles) from clinichub.sync_table t
      where t.tbl in ('coverage', 'charge_item_definition', 'charge_item_price', 'invoice') order by t.place`.execute(
    db,
  );
  const newer = {
    coverage: ['payor_id', 'cover_rate'],
    charge_item_definition: ['category', 'tax_rate', 'service_code', 'medicine_id'],
    charge_item_price: ['payer_id'],
    invoice: ['kind', 'corrects', 'location_id', 'payer_id', 'payer_total', 'reason', 'issued_by'],
  };
  for (const [tbl, columns] of Object.entries(newer))
    await sql`
      update clinichub.sync_table set newer = newer || ${JSON.stringify(
        Object.fromEntries(columns.map((column) => [column, 8])),
      )}::jsonb where tbl = ${tbl}`.execute(db);
};
