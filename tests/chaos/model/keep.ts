import { createHash } from 'node:crypto';
import type { TableName } from '#shared/sync/catalogue.ts';
import type { Cell, Cells } from '#shared/sync/wire.ts';
import type { Applying } from './applying.ts';
import type { ModelRow } from './state.ts';

/** How the centre keeps what lost: `clinichub.sync_keep` and what stands around it. */

/** The same mutation always makes the same task and the same conflict: `clinichub.sync_task_id`. */
export const madeId = (mutation: string, pk: string, code: string): string => {
  const digits = createHash('md5').update(`${mutation}/${pk}/${code}`).digest('hex').split('');
  digits[12] = '8';
  digits[16] = '8';
  const hex = digits.join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

export type Stamp = readonly [version: number, writer: number];

export const stampOf = ({ fields }: ModelRow, column: string): Stamp =>
  fields[column] ?? fields['*'] ?? [0, 0];

interface Party {
  readonly author: string | null;
  readonly device: string | null;
  readonly name: string | null;
  readonly moment: string | null;
}

export interface Loss {
  readonly kind: 'field' | 'slot' | 'version';
  readonly part: string;
  readonly tbl: TableName;
  readonly pk: string;
  readonly patient: Cell;
  readonly reason: string;
  readonly attempted: Cells;
  readonly kept: Cells;
  /** Whose change stands, and at which version of which row. */
  readonly keeper: string | null;
  readonly stamp: Stamp | null;
  /** The mutation being settled stands; what lost was there before. */
  readonly laterStands?: boolean;
}

const deviceParty = ({ state }: Applying, no: number | undefined): Pick<Party, 'device' | 'name'> => {
  const device = no === undefined ? undefined : state.devices.get(no);
  return { device: device?.id ?? null, name: device?.name ?? null };
};

/** Who set a version of a row, and when, by the ledger. */
const otherParty = (applying: Applying, keeper: string | null, stamp: Stamp | null): Party => {
  const { state, tx } = applying;
  const device = deviceParty(applying, stamp?.[1]);
  if (keeper === null || stamp === null) return { ...device, author: null, moment: null };
  if (tx.changeOf(keeper, stamp[0]) !== undefined) return { ...device, author: null, moment: tx.now };
  const entry = state.ledger.findLast(({ changes }) =>
    changes.some((change) => change.pk === keeper && change.v === stamp[0]),
  );
  const change = entry?.changes.find(({ pk, v }) => pk === keeper && v === stamp[0]);
  const known =
    change?.mutation == null ? undefined : state.mutations.get(`${entry?.writer}/${change.mutation}`);
  return { ...device, author: known?.user ?? null, moment: entry?.at ?? null };
};

const shown = (at: string, now: string): string => {
  const moment = Date.parse(at);
  return Number.isNaN(moment) ? now : new Date(moment).toISOString();
};

const asText = (cells: Cells): string => JSON.stringify(cells, Object.keys(cells).sort());

/** Writes one conflict: what was attempted and what stands instead, each with author, time and workstation. */
export const keep = (applying: Applying, loss: Loss): void => {
  const { tx, device, mutation, user, at, quirks } = applying;
  const { kind, part, tbl, pk, attempted, kept, laterStands = false } = loss;
  if (quirks.forgetsLosers === true) return;
  const agreed =
    tbl === 'conflict' && attempted.resolution != null && attempted.resolution === kept.resolution;
  if (agreed) return;
  let code = `${kind}/${part}`;
  while (tx.row('conflict', madeId(mutation, pk, code)) !== undefined) code += '+';
  const one: Party = {
    ...deviceParty(applying, device.no),
    author: user,
    moment: laterStands ? tx.now : shown(at, tx.now),
  };
  const other = otherParty(applying, loss.keeper, loss.stamp);
  const [lost, stood] = laterStands ? [other, one] : [one, other];
  tx.byCentre(() =>
    tx.insert('conflict', {
      id: madeId(mutation, pk, code),
      kind,
      tbl,
      row_id: pk,
      patient_id: loss.patient,
      reason: loss.reason,
      attempted: asText(attempted),
      attempted_by: lost.author,
      attempted_at: lost.moment ?? tx.now,
      attempted_device: lost.device,
      attempted_device_name: lost.name,
      kept: asText(kept),
      kept_by: stood.author,
      kept_at: stood.moment,
      kept_device: stood.device,
      kept_device_name: stood.name,
      status: 'open',
      created_at: tx.now,
    }),
  );
};
