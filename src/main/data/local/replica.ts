import type { ChainLink, HelloReply, PullReply, Verdict } from '#shared/sync/wire.ts';
import { type BlobExchange, createBlobExchange } from './blob-exchange.ts';
import { type BootstrapLoad, createBootstrapLoad } from './bootstrap-load.ts';
import { type Check, createCheck } from './check.ts';
import type { LocalContext } from './context.ts';
import { createHistory, type History, incompleteTables } from './history.ts';
import { forgetIdentity } from './identity.ts';
import { type Images, lacking } from './images.ts';
import {
  chainLinks,
  hasForgotten,
  linkAhead,
  meetNumbers,
  noteLink,
  recoverForgotten,
  trimJournal,
} from './journal.ts';
import { sendHeld } from './parked.ts';
import { applyPull } from './pull-apply.ts';
import { createRebase, type RowKey } from './rebase.ts';
import { type Rebuilt, readRebuilt } from './rebuild.ts';
import { rowSql } from './rows.ts';
import {
  type Batch,
  type BatchLimits,
  knownVerdict,
  markSent,
  nextBatch,
  oldestUnsent,
  recordVerdicts,
} from './send.ts';
import { type ReplicaState, readState, writeState } from './state.ts';

/** What the sync pill counts. */
export interface OutboxCounts {
  /** Mutations without a verdict. */
  readonly waiting: number;
  readonly parked: number;
  /** Open tasks of this workstation; 0 before the first contact. */
  readonly tasks: number;
  /** Files that the centre lacks. */
  readonly files: number;
}

/** The workstation's database as the synchronisation works with it. Each call that writes is one transaction. */
export interface Replica {
  state(): ReplicaState;
  counts(): OutboxCounts;
  /** Notes who we are and where the centre stands. A fresh database takes over the numbering the centre remembers. */
  greeted(reply: HelloReply): void;
  /** The centre has answered: the lease begins anew. */
  contacted(): void;
  /** Days until the copy closes for want of contact, in fractions; 0 when it has. */
  leaseDaysLeft(): number;
  /**
   * The centre has ordered the end of this copy: services are shut out, also after a restart, and what was parked here
   * without the centre having its text waits to be sent once more.
   */
  orderWipe(): void;
  /** Whether the centre has ordered the end of this copy. */
  wiping(): boolean;
  /** Places of the centre's ledger passed so far, newest first, with the chain at each. */
  links(): readonly ChainLink[];
  /** The newest place beyond the cursor that rows here may be of, or null. */
  ahead(): ChainLink | null;
  /** Notes a place that rows which are to be put may be of. */
  notePlace(place: ChainLink): void;
  /** Rows that are still to come with the history and that fetched ones name; see {@link lacking}. */
  lacking(images: readonly Images[]): readonly RowKey[];
  /** Whether the patient's chart is here. */
  holdsPatient(id: string): boolean;
  /** Whether the centre, which knows our mutations up to `lastN`, has confirmed later ones. */
  forgotten(lastN: number): boolean;
  /** The centre was restored and knows our mutations up to `lastN` only; see {@link recoverForgotten}. */
  recover(lastN: number, common: number): number;
  /** From now on this is another workstation: its numbers begin anew; see {@link forgetIdentity}. */
  forgetIdentity(): void;
  /** This database is a copy of another workstation's: refuses all further exchange, also after a restart. */
  halt(): void;
  /** The next mutations to send, oldest first; see {@link nextBatch}. */
  nextBatch(limits: BatchLimits): Batch;
  /** The number of the oldest mutation the centre has given no verdict on, or null. */
  oldestUnsent(): number | null;
  /** These left without an answer: the centre may have them. */
  markSent(numbers: readonly number[]): void;
  /** Notes what the centre decided; refused mutations are parked and their rows fall back. Returns the word on each. */
  recordVerdicts(verdicts: readonly Verdict[]): readonly Verdict[];
  /** The verdict on a mutation that is still in the outbox, or null. */
  verdict(n: number): Verdict | null;
  /**
   * Applies a whole reply with its cursor. When it reaches the head, settled mutations leave the outbox: the pull must
   * have been asked for after their verdicts were recorded.
   * Returns rows the reply needs that would come with the history only: then nothing was applied; call again with
   * those of them the centre still has (`bootRows`).
   */
  applyPull(reply: PullReply, fetched?: readonly Images[]): readonly RowKey[];
  readonly bootstrap: BootstrapLoad;
  readonly history: History;
  /** How this database came to stand in place of a damaged one; null for one that does not. */
  rebuilt(): Rebuilt | null;
  /** Whether the outbox's mirror lacks something, because the disk is full or failing. */
  mirrorBehind(): boolean;
  readonly check: Check;
  readonly files: BlobExchange;
}

const openTasks = `SELECT count(*) AS n FROM task
  WHERE owner_device = (SELECT device_id FROM sync_state) AND status IN ('requested', 'accepted', 'ready', 'in-progress')`;

/** The synchronisation's view of the workstation's database. */
export const createReplica = (context: LocalContext): Replica => {
  const { statements } = context;
  const rebase = createRebase(context);
  const files = createBlobExchange(context);
  const count = (sql: string) => statements.get<{ n: number }>(sql)?.n ?? 0;
  return {
    state: () => readState(statements),
    counts: () => ({
      waiting: count(`SELECT count(*) AS n FROM outbox WHERE status IN ('waiting', 'sent')`),
      parked: count(`SELECT count(*) AS n FROM outbox WHERE status = 'parked'`),
      tasks: count(openTasks),
      files: files.unsent(),
    }),
    greeted: (reply) =>
      context.transaction(() => {
        const { last_n, device_id } = readState(statements);
        context.lease.grant(reply.lease_days);
        trimJournal(context, reply.durable);
        writeState(statements, {
          head: reply.head,
          device_id: reply.device_id,
          device_no: reply.device_no,
          device_name: reply.device_name,
          location_id: reply.location_id,
          ...(device_id === null && last_n === 0 ? { last_n: reply.last_n } : {}),
        });
        if (readRebuilt(statements)?.greeted === 0) meetNumbers(context, reply.last_n);
        context.mirror.addIdentity();
      }),
    contacted: context.lease.contacted,
    leaseDaysLeft: context.lease.daysLeft,
    orderWipe: () => {
      if (context.lease.wiping()) return;
      // First what waits is put right, then the order is noted: a kill between the two repeats it.
      sendHeld(context, rebase);
      context.lease.orderWipe();
    },
    wiping: context.lease.wiping,
    links: () => chainLinks(statements),
    ahead: () => linkAhead(statements),
    notePlace: (place) =>
      context.transaction(() => {
        noteLink(statements, place);
        context.mirror.add({ t: 'place', ...place });
      }),
    lacking: (images) => lacking(context, incompleteTables(readState(statements).history_table), images),
    holdsPatient: (id) => statements.get(rowSql.patient.has, id) !== undefined,
    forgotten: (lastN) => hasForgotten(statements, lastN),
    recover: (lastN, common) => recoverForgotten(context, lastN, common),
    forgetIdentity: () => forgetIdentity(context),
    halt: () => context.transaction(() => writeState(statements, { halted: 'cloned' })),
    nextBatch: (limits) => nextBatch(context, rebase, limits),
    oldestUnsent: () => oldestUnsent(context),
    markSent: (numbers) => markSent(context, numbers),
    recordVerdicts: (verdicts) => recordVerdicts(context, rebase, verdicts),
    verdict: (n) => knownVerdict(context, n),
    applyPull: (reply, fetched) => applyPull(context, rebase, reply, fetched),
    bootstrap: createBootstrapLoad(context, rebase),
    history: createHistory(context, rebase),
    rebuilt: () => readRebuilt(statements),
    mirrorBehind: () => context.mirror.behind(),
    check: createCheck(context, rebase),
    files,
  };
};
