import type { FeatureDeps } from '#main/core/deps.ts';
import { idsIn, locationNames, practitionerNames } from '#main/data/local/names.ts';
import { readPayload } from '#main/data/local/query.ts';
import type { Correction } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { ParkedField, ParkedRow } from '#shared/contract/sync.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { shownColumns } from '#shared/domain/records/columns.ts';
import { readColumn } from '#shared/domain/records/read-value.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Cells, MutationChange } from '#shared/sync/wire.ts';
import { findParked, findRow } from './repository.ts';

/** Whether a value of one of these changes can be typed anew. */
export const isFixable = (changes: readonly MutationChange[]): boolean =>
  changes.some(({ tbl, values }) => shownColumns(tbl, Object.keys(values)).some(({ editable }) => editable));

/** The changes of parked work as a person can read them; what has no words is left out. */
export const parkedRows = ({ store }: FeatureDeps, changes: readonly MutationChange[]): ParkedRow[] => {
  const shown = changes.map(({ tbl, values }) => shownColumns(tbl, Object.keys(values)));
  const idsOf = (format: string) =>
    idsIn(
      changes.flatMap(({ values }, index) =>
        (shown[index] ?? [])
          .filter((column) => column.format === format)
          .map(({ column }) => values[column])
          .map((value) => (typeof value === 'string' ? value : null)),
      ),
    );
  const names = new Map([
    ...practitionerNames(store, idsOf('practitioner')),
    ...locationNames(store, idsOf('location')),
  ]);
  return changes.flatMap(({ tbl, op, values }, change) => {
    // Empty values nobody would fill in here only lengthen the form.
    const wanted = (shown[change] ?? []).filter(
      ({ column, editable }) => (values[column] ?? null) !== null || (editable && column !== 'void_reason'),
    );
    const fields = wanted.map(({ column, format, editable }): ParkedField => {
      const value = values[column] ?? null;
      const isName = format === 'practitioner' || format === 'location';
      return { column, format, editable, value: isName ? (names.get(String(value)) ?? null) : value };
    });
    return fields.length === 0 ? [] : [{ change, table: tbl, isNew: op === 'insert', fields }];
  });
};

/** What was typed as the values to send, or what is wrong where. */
export const correctionsOf = (
  deps: FeatureDeps,
  { n, corrections }: Parsed<'sync.resend'>,
): Result<readonly Correction[]> => {
  if (corrections.length === 0) return ok([]);
  const entry = findParked(deps.store, n);
  if (entry === undefined) return fail('not-found');
  const { changes } = readPayload(entry.payload);
  const { country, timeZone } = deps.home();
  const today = dayAt(deps.clock.now(), timeZone);
  const fields: Record<string, string> = {};
  const read = corrections.map(({ change, typed }): Correction => {
    const known = changes[change];
    let values: Cells = {};
    for (const [column, text] of Object.entries(typed)) {
      const row = known && { ...findRow(deps.store, known.tbl, known.pk), ...known.values };
      const done =
        known && column in known.values
          ? readColumn(known.tbl, column, text, { today, country, row: row ?? {} })
          : { ok: false as const, error: 'invalid' as const };
      if (done.ok) values = { ...values, ...done.value };
      else fields[`${change}.${column}`] = done.error;
    }
    return { change, values };
  });
  return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : ok(read);
};
