import type { Cell, Cells } from '#shared/sync/wire.ts';

/** One change of a row, as the audit trail has it. */
export interface RowChange {
  readonly op: 'insert' | 'update' | 'delete';
  readonly values: Cells;
}

/**
 * The row as it stood after each change, the oldest first; null where it was deleted. What an archive took leaves an image
 * of the columns that changed since.
 */
export const imagesOf = (changes: readonly RowChange[]): readonly (Cells | null)[] => {
  let image: Cells = {};
  return changes.map(({ op, values }) => {
    image = op === 'insert' ? values : { ...image, ...values };
    return op === 'delete' ? null : image;
  });
};

/** A column that differs between two versions. `undefined` is not known, or no row. */
export interface Difference {
  readonly column: string;
  readonly before: Cell | undefined;
  readonly after: Cell | undefined;
}

/** What differs between two images, in the order of the later one's columns. */
export const differences = (before: Cells | null, after: Cells | null): readonly Difference[] => {
  const columns = new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})]);
  return [...columns]
    .map((column) => ({ column, before: before?.[column], after: after?.[column] }))
    .filter((one) => one.before !== one.after);
};
