import { sql } from 'kysely';
import { type PageAsked, pageBack } from '#main/core/paged.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** Lines on one claim at most, and candidates that are shown. */
export const mostLines = 500;

export const payers = (reader: LocalReader): readonly { readonly id: string; readonly name: string }[] =>
  reader.all(
    localDb.selectFrom('organization').select(['id', 'name']).orderBy('name').orderBy('id').limit(1000),
  );

export interface CandidateRow {
  readonly line_id: string;
  readonly patient_id: string;
  readonly invoice_id: string;
  readonly patient_name: string;
  readonly provisional_number: string;
  readonly series: string;
  readonly fiscal_number: number | null;
  readonly issued_at: string;
  readonly title: string;
  readonly currency: string;
  readonly payer_share: number;
  /** What credit notes took of it: zero or below. */
  readonly credited: number;
  readonly paid: number;
  /** How often it was claimed, cancelled claims too. */
  readonly turns: number;
  readonly last_item: string | null;
}

const patientName = sql<string>`trim(coalesce(p.given, '') || ' ' || coalesce(p.family, ''))`;

/** Lines of issued bills with a part of this payer that nobody waits for an answer about; those with nothing left are among them. */
const unanswered = (payerId: string) =>
  localDb
    .selectFrom('invoice as i')
    .innerJoin('invoice_line as l', 'l.invoice_id', 'i.id')
    .innerJoin('patient as p', 'p.id', 'l.patient_id')
    .where('i.payer_id', '=', payerId)
    .where('i.kind', '=', 'invoice')
    .where('i.status', 'in', ['issued', 'balanced'])
    .where('l.payer_share', '>', 0)
    .where(
      sql<boolean>`not exists (select 1 from claim_item c join claim k on k.id = c.claim_id
        where c.invoice_line_id = l.id and k.status <> 'cancelled'
          and not exists (select 1 from claim_response_item r where r.claim_item_id = c.id))`,
    )
    .select([
      'l.id as line_id',
      'l.patient_id',
      'l.invoice_id',
      'i.provisional_number',
      'i.series',
      'i.fiscal_number',
      'l.title',
      'i.currency',
      'l.payer_share',
    ])
    .select([
      patientName.as('patient_name'),
      sql<string>`coalesce(i.issued_at, i.created_at)`.as('issued_at'),
      sql<number>`(select coalesce(sum(x.payer_share), 0) from invoice_line x join invoice n on n.id = x.invoice_id
        where x.corrects = l.id and n.status in ('issued', 'balanced'))`.as('credited'),
      sql<number>`(select coalesce(sum(r.amount), 0) from claim_item c join claim_response_item r on r.claim_item_id = c.id
        where c.invoice_line_id = l.id)`.as('paid'),
      sql<number>`(select count(*) from claim_item c where c.invoice_line_id = l.id)`.as('turns'),
      sql<string | null>`(select c.id from claim_item c join claim k on k.id = c.claim_id
        where c.invoice_line_id = l.id and k.status <> 'cancelled' order by c.created_at desc, c.id limit 1)`.as(
        'last_item',
      ),
    ])
    .where(
      sql<boolean>`l.payer_share
        + (select coalesce(sum(x.payer_share), 0) from invoice_line x join invoice n on n.id = x.invoice_id
            where x.corrects = l.id and n.status in ('issued', 'balanced'))
        - (select coalesce(sum(r.amount), 0) from claim_item c join claim_response_item r on r.claim_item_id = c.id
            where c.invoice_line_id = l.id) > 0`,
    );

/** The oldest bill first, one more than is shown. */
export const candidateRows = (reader: LocalReader, payerId: string): readonly CandidateRow[] =>
  reader.all<CandidateRow>(
    unanswered(payerId)
      .orderBy('i.issued_at')
      .orderBy('l.line_no')
      .orderBy('l.id')
      .limit(mostLines + 1),
  );

/** Of these lines those that can be claimed. */
export const candidatesAmong = (
  reader: LocalReader,
  payerId: string,
  lineIds: readonly string[],
): readonly CandidateRow[] =>
  reader.all<CandidateRow>(unanswered(payerId).where('l.id', 'in', lineIds).limit(mostLines));

/** What of a patient's insurances is of this payer, the latest. */
export const coverageOf = (reader: LocalReader, patientId: string, payerId: string): string | null =>
  reader.get(
    localDb
      .selectFrom('coverage')
      .select('id')
      .where('patient_id', '=', patientId)
      .where('payor_id', '=', payerId)
      .orderBy('start_date', 'desc')
      .orderBy('id')
      .limit(1),
  )?.id ?? null;

export interface ClaimRow extends LocalRowOf<'claim'> {
  readonly payer_name: string;
  readonly lines: number;
  readonly open: number;
  readonly amount: number;
  readonly paid: number;
}

const claims = () =>
  localDb
    .selectFrom('claim as k')
    .innerJoin('organization as o', 'o.id', 'k.payer_id')
    .selectAll('k')
    .select('o.name as payer_name')
    .select([
      sql<number>`(select count(*) from claim_item c where c.claim_id = k.id)`.as('lines'),
      sql<number>`(select count(*) from claim_item c where c.claim_id = k.id
        and not exists (select 1 from claim_response_item r where r.claim_item_id = c.id))`.as('open'),
      sql<number>`(select coalesce(sum(c.amount), 0) from claim_item c where c.claim_id = k.id)`.as('amount'),
      sql<number>`(select coalesce(sum(r.amount), 0) from claim_item c
        join claim_response_item r on r.claim_item_id = c.id where c.claim_id = k.id)`.as('paid'),
    ]);

export const claimsPage = (reader: LocalReader, asked: PageAsked): readonly ClaimRow[] =>
  reader.all<ClaimRow>(pageBack(claims(), 'k.created_at', 'k.id', asked));

export const findClaim = (reader: LocalReader, id: string): ClaimRow | undefined =>
  reader.get<ClaimRow>(claims().where('k.id', '=', id));

/** The claim of a number; no two workstations give one. */
export const claimNumbered = (reader: LocalReader, number: string): string | null =>
  reader.get(localDb.selectFrom('claim').select('id').where('number', '=', number).limit(1))?.id ?? null;

export interface ItemRow extends LocalRowOf<'claim_item'> {
  readonly patient_name: string;
  readonly birth_date: string | null;
  readonly subscriber_id: string | null;
  readonly invoice_id: string;
  readonly provisional_number: string;
  readonly series: string;
  readonly fiscal_number: number | null;
  readonly issued_at: string | null;
  readonly title: string;
  readonly quantity: string;
  readonly code: string | null;
  readonly currency: string;
  readonly payer_id: string;
  readonly location_id: string | null;
}

const items = () =>
  localDb
    .selectFrom('claim_item as c')
    .innerJoin('claim as k', 'k.id', 'c.claim_id')
    .innerJoin('invoice_line as l', 'l.id', 'c.invoice_line_id')
    .innerJoin('invoice as i', 'i.id', 'l.invoice_id')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .leftJoin('coverage as v', 'v.id', 'c.coverage_id')
    .leftJoin('charge_item_definition as d', 'd.id', 'l.definition_id')
    .selectAll('c')
    .select(patientName.as('patient_name'))
    .select([
      'p.birth_date',
      'v.subscriber_id',
      'l.invoice_id',
      'i.provisional_number',
      'i.series',
      'i.fiscal_number',
      'i.issued_at',
      'l.title',
      'l.quantity',
      'd.code',
      'k.currency',
      'k.payer_id',
      'i.location_id',
    ]);

/** The lines of a claim in the order of their numbers. */
export const itemsOf = (reader: LocalReader, claimId: string): readonly ItemRow[] =>
  reader.all<ItemRow>(items().where('c.claim_id', '=', claimId).orderBy('c.id').limit(mostLines));

export const findItem = (reader: LocalReader, id: string): ItemRow | undefined =>
  reader.get<ItemRow>(items().where('c.id', '=', id));

/** What payers answered to these lines, the first first. */
export const answersTo = (
  reader: LocalReader,
  itemIds: readonly string[],
): readonly LocalRowOf<'claim_response_item'>[] =>
  reader.all(
    localDb
      .selectFrom('claim_response_item')
      .selectAll()
      .where('claim_item_id', 'in', itemIds)
      .orderBy('recorded_at')
      .orderBy('id')
      .limit(20_000),
  );
