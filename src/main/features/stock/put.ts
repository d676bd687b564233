import type { FeatureDeps } from '#main/core/deps.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import { reversalId } from '#shared/domain/stock/ids.ts';
import type { MovementKind } from '#shared/domain/stock/movement.ts';
import { instant } from '#shared/kernel/clock.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import type { MovementRow } from './repository.ts';

type Row = RowOf<'stock_movement'>;
type Movement = Pick<Row, 'batch_id' | 'location_id'> & Partial<Row> & { readonly kind: MovementKind };

/** A movement that happens now; what is not given of it is empty. */
export const movementRow = (
  { clock, newId }: Pick<FeatureDeps, 'clock' | 'newId'>,
  user: string | null,
  more: Movement,
): Row => ({
  ...blank('stock_movement'),
  id: newId(),
  delta: 0,
  held: 0,
  recorded_at: instant(clock.now()),
  recorded_by: user,
  ...more,
});

/** What takes a movement back: it and the other add up to nothing. */
export const reversalRow = (
  deps: Pick<FeatureDeps, 'clock' | 'newId'>,
  user: string | null,
  row: MovementRow,
  reason: string,
): Row =>
  movementRow(deps, user, {
    id: reversalId(row.id),
    kind: 'reversal',
    batch_id: row.batch_id,
    location_id: row.location_id,
    delta: 0 - row.delta,
    held: 0 - row.held,
    transfer_id: row.transfer_id,
    dispense_id: row.dispense_id,
    reason,
    corrects: row.id,
  });

export const putMovements = (writer: LocalWriter, rows: readonly Row[]): void => {
  for (const row of rows) writer.insert('stock_movement', row);
};
