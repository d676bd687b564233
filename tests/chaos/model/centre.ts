import type { HelloRequest } from '#main/data/central/centre.ts';
import { CentreError } from '#main/data/central/centre.ts';
import { columnsOf, schemaVersion, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import type {
  ChainLink,
  CopyPart,
  HelloReply,
  MutationPayload,
  PullReply,
  Verdict,
  VerifyReply,
  VerifyRows,
} from '#shared/sync/wire.ts';
import type { Quirks } from './quirks.ts';
import { Refused } from './rules.ts';
import { everybody, hides, holds, patientOfRow, scopeText, sees, trimmed } from './scope.ts';
import { type Sent, settle } from './settle.ts';
import type { ModelDevice, ModelMutation, ModelRow, ModelState } from './state.ts';
import { sha256, type Transaction, transact } from './transaction.ts';

/**
 * A centre in memory with the semantics of `migrations/central`. Each call is one transaction and happens at one instant;
 * what a network, a crash or a restore does to it is the simulator's part. Refusals are {@link CentreError}s.
 */
export interface ModelCentre {
  readonly state: ModelState;
  hello(device: number, request: HelloRequest): HelloReply;
  push(device: number, mutations: readonly Sent[]): readonly Verdict[];
  pull(device: number, cursor: number, maxRows: number): PullReply;
  ack(device: number, cursor: number): void;
  bootPage(
    device: number,
    table: TableName,
    after: string | null,
    rows: number,
    part?: CopyPart,
  ): readonly string[];
  bootRows(device: number, table: TableName, ids: readonly string[]): readonly string[];
  verify(device: number, table: TableName, range: Range, rows: number, parts: number): VerifyReply;
  verifyRows(device: number, table: TableName, range: Range): VerifyRows;
  estimate(device: number): ReadonlyMap<TableName, number>;
  /** The newest of some places that is the same here. */
  common(device: number, links: readonly ChainLink[]): number;
  place(device: number): ChainLink;
  openPatient(device: number, id: string): void;
  /** A person with psql: one transaction. Throws {@link Refused}. */
  administer(work: (tx: Transaction) => void): void;
  enrol(name: string, id: string): ModelDevice;
  /** Calls back after each commit. */
  onCommit(listener: (seq: number) => void): () => void;
}

export interface ModelOptions {
  readonly state: ModelState;
  /** The centre's own clock, for `created_at` of its tasks. */
  readonly now: () => string;
  readonly quirks?: Quirks;
}

const firstChain = '0'.repeat(64);

export const emptyState = (epoch: string): ModelState => ({
  epoch,
  schema: schemaVersion,
  minSchema: 1,
  lowWater: 0,
  durable: 0,
  mostChanges: 50_000,
  seq: 0,
  chain: firstChain,
  rows: new Map(tableNames.map((table) => [table, new Map()])),
  ledger: [],
  devices: new Map(),
  mutations: new Map(),
  members: new Map(),
  series: new Map(),
  open: false,
  split: false,
});

/** A backup. Rows and transactions are never written over, so they are shared. */
export const copyState = (state: ModelState): ModelState => ({
  ...state,
  rows: new Map([...state.rows].map(([table, rows]) => [table, new Map(rows)])),
  ledger: [...state.ledger],
  devices: new Map([...state.devices].map(([no, device]) => [no, { ...device }])),
  mutations: new Map(state.mutations),
  members: new Map(state.members),
  series: new Map(state.series),
});

const refusal = (sqlstate: string, message: string): CentreError =>
  new CentreError(message, sqlstate, /^(08|40|53|57|58)|^55P03$/.test(sqlstate));

/** `leaving`: one that is to be wiped may still greet and send what waits. */
const deviceOf = ({ devices, open }: ModelState, no: number, leaving = false): ModelDevice => {
  const device = devices.get(no);
  if (device === undefined) throw refusal('CH001', 'this login is no workstation of this centre');
  if (device.suspended && !open) throw refusal('CH001', 'this workstation is suspended');
  if (device.wiping && !leaving) throw refusal('CH007', 'this workstation is to be wiped');
  return device;
};

const chainAt = ({ ledger }: ModelState, seq: number): string | null =>
  seq === 0 ? firstChain : (ledger[seq - 1]?.chain ?? null);

const stateOf = (
  state: ModelState,
  device: ModelDevice,
  request: HelloRequest,
  quirks: Quirks,
): HelloReply['state'] => {
  const { cursor, epoch, chain, schema, scope } = request;
  if (schema < state.minSchema) return 'outdated';
  if (device.wiping) return 'wipe';
  if (device.scope === 'site' && schema < 2) return 'outdated';
  if (cursor === null) return 'new';
  if (quirks.trustsCursors === true) return cursor < state.lowWater ? 'behind' : 'ok';
  if (epoch !== state.epoch || cursor > state.seq) return 'diverged';
  if (cursor < state.lowWater) return 'behind';
  if (chain !== chainAt(state, cursor)) return 'diverged';
  return (scope ?? 'clinic/whole/1') === scopeText(device) ? 'ok' : 'behind';
};

const hello = (state: ModelState, no: number, request: HelloRequest, quirks: Quirks): HelloReply => {
  const device = deviceOf(state, no, true);
  device.schema = request.schema;
  device.greeted = scopeText(device);
  return {
    epoch: state.epoch,
    schema: state.schema,
    min_schema: state.minSchema,
    head: state.seq,
    low_water: state.lowWater,
    durable: state.durable,
    lease_days: 14,
    scope: scopeText(device),
    device_id: device.id,
    device_no: device.no,
    device_name: device.name,
    location_id: device.location,
    last_n: device.last_n,
    state: stateOf(state, device, request, quirks),
  };
};

const pull = (
  state: ModelState,
  no: number,
  cursor: number,
  maxRows: number,
  everything: boolean,
): PullReply => {
  const device = scopedDevice(state, no);
  if (cursor < state.lowWater || cursor > state.seq || cursor < 0) {
    throw refusal('CH004', `the changes after ${cursor} are not kept here: copy anew`);
  }
  const taken: ModelState['ledger'] = [];
  let rows = 0;
  let bytes = 0;
  for (const entry of state.ledger.slice(cursor, cursor + Math.min(Math.max(maxRows, 1), 20_000))) {
    rows += entry.changes.length;
    bytes += entry.bytes;
    if (taken.length > 0 && (rows > maxRows || bytes > 4_194_304)) break;
    taken.push(entry);
  }
  const to = cursor + taken.length;
  return {
    from: cursor,
    to,
    head: state.seq,
    before: chainAt(state, cursor),
    chain: chainAt(state, to) ?? firstChain,
    txs: taken.length,
    changes: taken.flatMap(({ seq, changes }) =>
      changes
        .filter((change) => everything || sees(state, device, change, seq))
        .map(({ tbl, op, pk, v, patch }) => ({ seq, tbl, op, pk, v, values: trimmed(device, tbl, patch) })),
    ),
  };
};

const settleOne = (
  state: ModelState,
  tx: Transaction,
  device: ModelDevice,
  sent: Sent,
  notes: Map<string, ModelMutation>,
  { quirks = {} }: Omit<ModelOptions, 'state'>,
): Verdict => {
  const key = `${device.no}/${sent.n}`;
  if (sent.n > device.last_n + 1) {
    throw refusal('CH003', `mutation ${sent.n} came, but the next one is ${device.last_n + 1}`);
  }
  const known = state.mutations.get(key);
  if (sent.n <= device.last_n && quirks.forgetsNumbers !== true) {
    if (known?.hash !== sent.hash && quirks.trustsClones !== true) {
      throw refusal('CH002', `another mutation ${sent.n} is here already`);
    }
    if (known !== undefined) return verdictOf(known);
  }
  const settled = settle({ state, tx, device, quirks }, sent);
  const made = settled.sqlstate === '23505' && isTwin(state, device, sent) ? agreed(settled) : settled;
  const before = device.last_n;
  notes.set(key, made);
  device.last_n = Math.max(before, sent.n);
  tx.undo(() => {
    device.last_n = before;
  });
  return verdictOf(made);
};

/** Whether another workstation has sent the very same mutation: the data folder was copied with work that waited. */
const isTwin = ({ ledger, mutations }: ModelState, { no }: ModelDevice, { payload, hash }: Sent): boolean => {
  const pk = (JSON.parse(payload) as MutationPayload).changes[0]?.pk;
  return ledger.some(
    ({ writer, changes }) =>
      writer !== no &&
      changes.some((change) => {
        const other =
          change.pk === pk && change.mutation !== null
            ? mutations.get(`${writer}/${change.mutation}`)
            : undefined;
        return other?.hash === hash && other.status !== 'rejected';
      }),
  );
};

const agreed = (mutation: ModelMutation): ModelMutation => ({
  ...mutation,
  status: 'applied',
  sqlstate: null,
  message: null,
});

/** Verdicts are written down at the end of the call. */
const note = (state: ModelState, tx: Transaction, key: string, mutation: ModelMutation) => {
  const known = state.mutations.get(key);
  state.mutations.set(key, mutation);
  tx.undo(() => (known === undefined ? state.mutations.delete(key) : state.mutations.set(key, known)));
};

const verdictOf = ({ n, status, sqlstate, message }: ModelMutation): Verdict => ({
  n,
  status,
  sqlstate,
  message,
});

const push = (
  options: ModelOptions,
  no: number,
  mutations: readonly Sent[],
  committed: (seq: number | null) => void,
): readonly Verdict[] => {
  const { state } = options;
  const device = deviceOf(state, no, true);
  if (device.schema !== null && device.schema < state.minSchema) {
    throw refusal('CH006', 'this workstation must be updated first');
  }
  const size = Buffer.byteLength(JSON.stringify(mutations));
  if (mutations.length > 2000 || (mutations.length > 1 && size > 8_388_608) || size > 67_108_864) {
    throw refusal('CH005', 'too much in one call: at most 2000 mutations or 4 MB');
  }
  const verdicts: Verdict[] = [];
  try {
    committed(
      transact(state, no, options.now(), (tx) => {
        const made = new Map<string, ModelMutation>();
        for (const sent of mutations) verdicts.push(settleOne(state, tx, device, sent, made, options));
        for (const [key, mutation] of made) note(state, tx, key, mutation);
      }),
    );
  } catch (error) {
    throw error instanceof Refused ? refusal(error.sqlstate, error.message) : error;
  }
  return verdicts;
};

/** One row of a page of the first copy, as the centre writes it. */
const lineOf = (device: ModelDevice, table: TableName, { version, cells }: ModelRow): string => {
  const known = trimmed(device, table, cells);
  const columns = columnsOf(table).filter(([column]) => Object.hasOwn(known, column));
  // As PostgreSQL writes it: check sums are of this text.
  return `[${[version, ...columns.map(([column]) => known[column] ?? null)].map((value) => JSON.stringify(value)).join(', ')}]`;
};

/** After one id and up to another; null: open. */
interface Range {
  readonly after: string | null;
  readonly upto: string | null;
}

/** The rows of a table that a workstation holds, in order. */
const linesOf = (state: ModelState, device: ModelDevice, table: TableName, { after, upto }: Range) => {
  if (hides(device, table)) return [];
  return [...(state.rows.get(table) ?? [])]
    .filter(([id]) => (after === null || id > after) && (upto === null || id <= upto))
    .filter(([, { cells }]) => holds(state, device, patientOfRow(table, cells)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, row]) => ({ id, line: lineOf(device, table, row) }));
};

const closed = ['completed', 'cancelled', 'rejected', 'failed', 'entered-in-error'];

/**
 * Which rows come before the desk works. Of appointments the real centre asks what is not over, which here would be all or none:
 * the model takes half of them by their ids instead, for nothing may depend on which they are, but that open tasks find theirs.
 */
const isHot = (state: ModelState, table: TableName, id: string): boolean => {
  const cells = state.rows.get(table)?.get(id)?.cells;
  const openTasks = () =>
    [...(state.rows.get('task')?.values() ?? [])].filter((row) => !closed.includes(String(row.cells.status)));
  switch (table) {
    case 'appointment':
      return /[0-7]$/.test(id) || openTasks().some((row) => row.cells.appointment_id === id);
    case 'task':
      return !closed.includes(String(cells?.status));
    case 'conflict':
      return cells?.status === 'open';
    default:
      return table !== 'audit_event';
  }
};

/** `clinichub.sync_sums`: parts of so many rows, edge to edge. */
const sums = (
  lines: readonly { readonly id: string; readonly line: string }[],
  { after, upto }: Range,
  rows: number,
  parts: number,
): VerifyReply['ranges'] => {
  if (lines.length === 0) return [{ from: after, to: upto, rows: 0, hash: sha256('') }];
  const size = Math.max(1, Math.min(rows, 5000));
  const most = size * Math.max(1, Math.min(parts, Math.floor(20_000 / size)));
  const bounded = lines.slice(0, most);
  const ranges: VerifyReply['ranges'] = [];
  for (let at = 0; at < bounded.length; at += size) {
    const part = bounded.slice(at, at + size);
    const last = at + size >= bounded.length && bounded.length < most ? upto : (part.at(-1)?.id ?? null);
    const hash = sha256(part.map(({ line }) => line).join('\n'));
    ranges.push({ from: ranges.at(-1)?.to ?? after, to: last, rows: part.length, hash });
  }
  return ranges;
};

/** A workstation that knows its scope. */
const scopedDevice = (state: ModelState, no: number): ModelDevice => {
  const device = deviceOf(state, no);
  if (device.greeted !== null && device.greeted !== scopeText(device)) {
    throw refusal('CH004', 'the scope of this workstation has changed: say hello');
  }
  return device;
};

export const createModelCentre = (options: ModelOptions): ModelCentre => {
  const { state, quirks = {} } = options;
  state.open = quirks.servesSuspended === true;
  state.split = quirks.splitsGroups === true;
  const listeners = new Set<(seq: number) => void>();
  const committed = (seq: number | null) => {
    if (seq !== null) for (const listener of listeners) listener(seq);
  };
  return {
    state,
    hello: (device, request) => hello(state, device, request, quirks),
    push: (device, mutations) => push(options, device, mutations, committed),
    pull: (device, cursor, maxRows) => pull(state, device, cursor, maxRows, quirks.sendsEverything === true),
    ack: (no, cursor) => {
      const device = deviceOf(state, no);
      if (cursor > state.seq) throw refusal('22023', `there is nothing at ${cursor} yet`);
      device.cursor = cursor;
    },
    bootPage: (no, table, after, rows, part = 'all') =>
      linesOf(state, deviceOf(state, no), table, { after, upto: null })
        .filter(({ id }) => part === 'all' || isHot(state, table, id))
        .slice(0, Math.min(rows, 20_000))
        .map(({ line }) => line),
    bootRows: (no, table, ids) =>
      linesOf(state, deviceOf(state, no), table, { after: null, upto: null })
        .filter(({ id }) => ids.includes(id))
        .map(({ line }) => line),
    verify: (no, table, range, rows, parts) => ({
      seq: state.seq,
      ranges: sums(linesOf(state, scopedDevice(state, no), table, range), range, rows, parts),
    }),
    verifyRows: (no, table, range) => {
      const lines = linesOf(state, scopedDevice(state, no), table, range);
      const some = lines.slice(0, 500).map(({ line }) => line);
      return { seq: state.seq, to: lines.length < 500 ? range.upto : (lines[499]?.id ?? null), rows: some };
    },
    estimate: (no) => {
      deviceOf(state, no);
      return new Map(tableNames.map((table) => [table, state.rows.get(table)?.size ?? 0]));
    },
    common: (no, links) => {
      deviceOf(state, no, true);
      return Math.max(
        0,
        ...links.filter(({ seq, chain }) => seq > 0 && chainAt(state, seq) === chain).map(({ seq }) => seq),
      );
    },
    place: (no) => {
      deviceOf(state, no);
      return { seq: state.seq, chain: chainAt(state, state.seq) ?? firstChain };
    },
    openPatient: (no, id) => {
      const device = deviceOf(state, no);
      if (state.rows.get('patient')?.has(id) !== true) throw refusal('CH101', 'no such patient');
      if (device.scope === 'clinic') return;
      const through = [device.id, everybody, ...(device.location === null ? [] : [device.location])];
      committed(transact(state, no, options.now(), (tx) => tx.join(id, device.id, through)));
    },
    administer: (work) => committed(transact(state, 0, options.now(), work)),
    enrol: (name, id) => {
      const no = Math.max(0, ...state.devices.keys()) + 1;
      const device = {
        no,
        id,
        name,
        location: null,
        schema: null,
        last_n: 0,
        cursor: null,
        suspended: false,
        wiping: false,
        scope: 'clinic' as const,
        role: 'whole' as const,
        greeted: null,
      };
      state.devices.set(no, device);
      return device;
    },
    onCommit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
