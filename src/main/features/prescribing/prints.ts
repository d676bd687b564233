import type { Connection } from '#main/core/dispatch.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PrescriptionPrintId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { PrescribingDeps } from './deps.ts';
import { type PrintRow, printsById, printsOf } from './repository.ts';

/** Those that no other row takes back. */
const standing = (prints: readonly PrintRow[]): readonly PrintRow[] => {
  const takenBack = new Set(prints.map(({ corrects }) => corrects));
  return prints.filter(({ id, corrects }) => corrects === null && !takenBack.has(id));
};

/**
 * When the sheet of a number was first printed. Any version signed under it counts: what was held and goes on is a new
 * version of what the pharmacy has on paper already.
 */
export const firstPrintedAt = (reader: LocalReader, patientId: string, number: string): string | null =>
  standing(printsOf(reader, patientId, number))
    .map(({ printed_at }) => printed_at)
    .toSorted()[0] ?? null;

/** Records that the lines of a sheet were put on paper. */
export const recordPrint = (
  deps: PrescribingDeps,
  { lines }: Output<'prescriptions.sheet'>,
  { user }: Connection,
): Result<Output<'prescriptions.printed'>> => {
  const at = instant(deps.clock.now());
  const { value } = deps.store.mutate({ kind: 'prescription.print', user: user?.id ?? null }, (writer) =>
    lines.map((line) => {
      const id = deps.newId() as PrescriptionPrintId;
      writer.insert('prescription_print', {
        id,
        patient_id: line.patientId,
        medication_request_id: line.id,
        printed_at: at,
        corrects: null,
        recorded_by: user?.id ?? null,
      });
      return id;
    }),
  );
  deps.engine.wake();
  return ok(value);
};

/** Says that nothing came out after all, by rows that answer the first. */
export const takeBackPrint = (
  deps: PrescribingDeps,
  { patientId, prints }: Parsed<'prescriptions.notPrinted'>,
  { user }: Connection,
): Result<null> => {
  const rows = printsById(deps.store, patientId, prints);
  const wrong = standing(rows).filter(({ id }) => prints.some((one) => one === id));
  if (wrong.length < new Set(prints).size) return fail('not-found');
  if (wrong.some(({ recorded_by }) => recorded_by !== (user?.id ?? null))) return fail('not-permitted');
  deps.store.mutate({ kind: 'prescription.print-undone', user: user?.id ?? null }, (writer) => {
    for (const { row_version: _, ...row } of wrong)
      writer.insert('prescription_print', { ...row, id: deps.newId(), corrects: row.id });
  });
  deps.engine.wake();
  return ok(null);
};
