import type { RowOf, TableName } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';
import { type Clinic, habimana } from './core-clinic.ts';

/** This workstation, and the account of its reception, as `openClinic` makes them. */
export const thisDesk = '01900000-0000-7000-8000-00000000d001';
export const otherDesk = '01900000-0000-7000-8000-00000000d002';
export const receptionAccount = '01900000-0000-7000-8000-e00000000001';
export const nurseAccount = '01900000-0000-7000-8000-e00000000002';

/** The phone of a patient, changed at another desk first and then here. */
export const someConflict = (more: Partial<RowOf<'conflict'>> = {}): RowOf<'conflict'> => ({
  id: '01900000-0000-7000-8000-f00000000001',
  kind: 'field',
  tbl: 'patient',
  row_id: habimana.id,
  patient_id: habimana.id,
  reason: 'changed-elsewhere',
  attempted: JSON.stringify({ phone: '+250788000002' }),
  attempted_by: receptionAccount,
  attempted_at: '2026-11-23T07:00:00.000Z',
  attempted_device: thisDesk,
  attempted_device_name: 'Desk A',
  kept: JSON.stringify({ phone: habimana.phone }),
  kept_by: nurseAccount,
  kept_at: '2026-11-23T06:59:00.000Z',
  kept_device: otherDesk,
  kept_device_name: 'Desk B',
  status: 'open',
  resolution: null,
  created_at: '2026-11-23T07:30:00.000Z',
  resolved_at: null,
  resolved_by: null,
  ...more,
});

/** Rows as the next pull brings them, new or changed. */
export const pullRows = (
  { temporary }: Clinic,
  changes: readonly {
    readonly tbl: TableName;
    readonly row: Cells & { readonly id: string };
    readonly v?: number;
  }[],
): void => {
  const { replica } = temporary.local;
  const from = replica.state().cursor;
  const seq = from + 1;
  replica.applyPull({
    from,
    to: seq,
    head: seq + 1,
    chain: `c${seq}`,
    txs: 1,
    changes: changes.map(({ tbl, row, v = 1 }) => ({
      seq,
      tbl,
      op: v === 1 ? ('insert' as const) : ('update' as const),
      pk: row.id,
      v,
      values: row,
    })),
  });
};
