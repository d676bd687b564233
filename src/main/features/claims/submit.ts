import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { claimItemId } from '#shared/domain/billing/claims.ts';
import { typedAmount } from '#shared/domain/prices/money.ts';
import { instant } from '#shared/kernel/clock.ts';
import { writeCsv } from '#shared/kernel/csv.ts';
import type { ClaimId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { claimable, invoiceNumber, linesOf } from './claim-view.ts';
import { candidatesAmong, claimNumbered, coverageOf, findClaim } from './repository.ts';

/** By workstation and second, so that one that was put back to an older copy gives none again. */
const nextNumber = ({ store, clock }: FeatureDeps): string => {
  const numbered = (second: number) =>
    `CLM-${store.workstation()?.deviceNo ?? 0}-${second.toString(36).toUpperCase()}`;
  let second = Math.floor(clock.now() / 1000);
  while (claimNumbered(store, numbered(second)) !== null) second += 1;
  return numbered(second);
};

export const submit = (
  deps: FeatureDeps,
  { payerId, lineIds }: Parsed<'claims.submit'>,
  connection: Connection,
): Result<Output<'claims.submit'>> => {
  const { store, clock } = deps;
  const rows = candidatesAmong(store, payerId, [...new Set(lineIds)]);
  if (rows.length < new Set(lineIds).size) return fail('changed-meanwhile');
  const [first] = rows;
  if (first === undefined || rows.some(({ currency }) => currency !== first.currency))
    return fail('invalid-input', { fields: { lineIds: 'invalid' } });
  const id = deps.newId();
  const number = nextNumber(deps);
  const created = {
    created_at: instant(clock.now()),
    created_by: connection.user?.id ?? null,
  };
  write(deps, 'claim.submit', connection, (writer) => {
    writer.insert('claim', {
      id,
      payer_id: payerId,
      number,
      status: 'active',
      currency: first.currency,
      location_id: store.workstation()?.locationId ?? null,
      note: null,
      submitted_at: created.created_at,
      ...created,
    });
    for (const row of rows)
      writer.insert('claim_item', {
        id: claimItemId(row.line_id, row.turns + 1),
        claim_id: id,
        patient_id: row.patient_id,
        invoice_line_id: row.line_id,
        coverage_id: coverageOf(writer, row.patient_id, payerId),
        corrects: row.last_item,
        amount: claimable(row),
        ...created,
      });
  });
  return ok({ id: id as ClaimId, number });
};

export const cancel = (
  deps: FeatureDeps,
  { id }: Parsed<'claims.cancel'>,
  connection: Connection,
): Result<null> => {
  const row = findClaim(deps.store, id);
  if (row === undefined) return fail('not-found');
  if (row.status === 'cancelled') return ok(null);
  if (row.open < row.lines) return fail('claim-answered');
  write(deps, 'claim.cancel', connection, (writer) => writer.update('claim', id, { status: 'cancelled' }));
  return ok(null);
};

const headings = [
  'CLAIM',
  'LINE',
  'INVOICE',
  'DATE',
  'MEMBER',
  'PATIENT',
  'BORN',
  'CODE',
  'SERVICE',
  'QUANTITY',
  'AMOUNT',
  'CURRENCY',
] as const;

export const exportClaim = (
  deps: FeatureDeps,
  { id }: Parsed<'claims.export'>,
): Result<Output<'claims.export'>> => {
  const claim = findClaim(deps.store, id);
  if (claim === undefined) return fail('not-found');
  const rows = linesOf(deps.store, id).map(({ row, line }) => [
    claim.number,
    String(line),
    invoiceNumber(row),
    (row.issued_at ?? '').slice(0, 10),
    row.subscriber_id ?? '',
    row.patient_name,
    row.birth_date ?? '',
    row.code ?? '',
    row.title,
    row.quantity,
    typedAmount(row.amount, row.currency),
    row.currency,
  ]);
  return ok({ name: `${claim.number}.csv`, csv: writeCsv([headings, ...rows]) });
};
