import { draftLines } from '#main/core/billed/draft-lines.ts';
import type { LineRow } from '#main/core/billed/rows.ts';
import { issuedLine } from '#main/core/billed/stand.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { invoiceTotals, type LineAmounts } from '#shared/domain/billing/line.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findDraft } from './draft.ts';
import { seriesOf } from './number.ts';

/** Who issues, and when. */
export interface Issuing {
  readonly at: string;
  readonly by: string | null;
}

/** Writes the lines, then that it is issued: the centre looks that they are the total, and numbers it. */
export const putIssued = (
  writer: LocalWriter,
  id: string,
  lines: readonly LineRow[],
  { gross, payerShare }: Pick<LineAmounts, 'gross' | 'payerShare'>,
  { at, by, series }: Issuing & { readonly series: string },
): void => {
  for (const { row_version: _, ...line } of lines)
    writer.insert('invoice_line', { ...line, recorded_at: at, recorded_by: by });
  writer.update('invoice', id, {
    status: 'issued',
    series,
    total: gross,
    payer_total: payerShare,
    issued_at: at,
    issued_by: by,
  });
};

/** Issues a draft as it was seen. */
export const issue = (
  deps: FeatureDeps,
  { id, total }: Parsed<'invoices.issue'>,
  connection: Connection,
): Result<null> => {
  const found = findDraft(deps, id);
  if (!found.ok) return found;
  const lines = draftLines(deps.store, found.value);
  const wrong = lines.filter(({ problem }) => problem !== null);
  if (wrong.length > 0)
    return fail('invalid-input', {
      fields: Object.fromEntries(wrong.map(({ charge, problem }) => [charge.id, problem ?? 'invalid'])),
    });
  const rows = lines.flatMap(({ row }) => row ?? []);
  const totals = invoiceTotals(rows.map(issuedLine));
  if (!totals.ok) return fail('invalid-input', { fields: { total: totals.error } });
  if (totals.value.gross !== total) return fail('changed-meanwhile');
  const series = seriesOf(deps, 'invoice', found.value.location_id);
  const issuing = { at: instant(deps.clock.now()), by: connection.user?.id ?? null, series };
  write(deps, 'invoice.issue', connection, (writer) => putIssued(writer, id, rows, totals.value, issuing));
  return ok(null);
};
