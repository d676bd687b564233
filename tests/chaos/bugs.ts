import { writeFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Local } from '#main/data/local/open.ts';
import type { Replica } from '#main/data/local/replica.ts';
import { rowSql } from '#main/data/local/rows.ts';
import { inTransaction } from '#main/data/local/transaction.ts';
import type { TableName } from '#shared/sync/catalogue.ts';
import type { PullReply } from '#shared/sync/wire.ts';
import type { Bug } from './bug.ts';

/**
 * Deliberate mistakes, each of which a synchronisation has been shipped with somewhere. The simulator must catch every one;
 * an oracle that catches none of them proves nothing.
 */

/** A bug of the workstation's database, put around the real one. */
const inReplica =
  (change: (replica: Replica, local: Local) => Partial<Replica>) =>
  (local: Local): Local => ({ ...local, replica: { ...local.replica, ...change(local.replica, local) } });

const inOneStep = (db: Database, work: () => void) => inTransaction(db, work);

const dropFromOutbox = (db: Database, condition: string) =>
  inOneStep(db, () => {
    db.exec(`DELETE FROM outbox_row WHERE n IN (SELECT n FROM outbox WHERE ${condition})`);
    db.exec(`DELETE FROM outbox WHERE ${condition}`);
  });

/** The centre's images in place of what the user sees. */
const showImages = (db: Database) =>
  inOneStep(db, () => {
    const images = db
      .prepare('SELECT tbl, image, row_version FROM sync_base WHERE image IS NOT NULL')
      .all() as {
      tbl: TableName;
      image: string;
      row_version: number;
    }[];
    for (const { tbl, image, row_version } of images) {
      db.prepare(rowSql[tbl].put).run(...(JSON.parse(image) as unknown[]), row_version);
    }
  });

const halves = (reply: PullReply): readonly [PullReply, PullReply] => {
  const middle = reply.changes.length >> 1;
  const { from, changes } = reply;
  return [
    { ...reply, to: from, head: reply.head + 1, changes: changes.slice(0, middle) },
    { ...reply, changes: changes.slice(middle) },
  ];
};

/** A centre that believes the workstations' clocks: the later one wins. */
const clockQuirks = (): ReturnType<NonNullable<Bug['quirks']>> => {
  const latest = new Map<string, string>();
  const key = (tbl: string, pk: string, column: string) => `${tbl} ${pk} ${column}`;
  return {
    loses: ({ at, tbl, pk, column }) => at < (latest.get(key(tbl, pk, column)) ?? ''),
    wrote: ({ at, tbl, pk, columns }) => {
      for (const column of columns) latest.set(key(tbl, pk, column), at);
    },
  };
};

export const bugs: readonly Bug[] = [
  {
    name: 'a write is acknowledged before the disk has it',
    local: (local) => {
      const { db } = local;
      const exec = db.exec.bind(db);
      exec('PRAGMA synchronous = NORMAL');
      db.exec = (sql) => (sql === 'PRAGMA synchronous = FULL' ? db : exec(sql));
      return local;
    },
  },
  {
    name: 'a push is answered, and said to be backed up, before it is committed',
    quirks: () => ({ answersBeforeCommit: true }),
  },
  {
    name: 'the cursor advances outside the transaction of its data',
    local: inReplica((replica, { db }) => ({
      applyPull: (reply, fetched) => {
        if (replica.state().cursor === reply.from) {
          inOneStep(db, () =>
            db.prepare('UPDATE sync_state SET cursor = ?, chain = ?').run(reply.to, reply.chain),
          );
        }
        return replica.applyPull({ ...reply, from: reply.to }, fetched);
      },
    })),
  },
  { name: 'the ledger of numbers is not looked up', quirks: () => ({ forgetsNumbers: true }) },
  {
    name: 'a pull does not put own work back on top',
    local: inReplica((replica, { db }) => ({
      applyPull: (reply, fetched) => {
        const missing = replica.applyPull(reply, fetched);
        if (replica.state().phase === 'ready') showImages(db);
        return missing;
      },
    })),
  },
  { name: 'the later clock wins a merge', quirks: clockQuirks },
  { name: 'the base version is ignored: the last write wins', quirks: () => ({ loses: () => false }) },
  { name: 'the loser of a merge is thrown away', quirks: () => ({ forgetsLosers: true }) },
  { name: 'a group is committed in parts at the centre', quirks: () => ({ splitsGroups: true }) },
  {
    name: 'a reply is applied in two transactions',
    local: inReplica((replica) => ({
      applyPull: (reply, fetched) => {
        for (const half of reply.changes.length < 2 ? [reply] : halves(reply)) {
          const missing = replica.applyPull(half, fetched);
          if (missing.length > 0) return missing;
        }
        return [];
      },
    })),
  },
  { name: 'numbers are taken when a transaction begins', quirks: () => ({ numbersAtBegin: true }) },
  {
    name: 'a reply that was cut off is taken for whole',
    centre: (centre, random) => ({
      ...centre,
      pull: async (cursor, rows) => {
        const reply = await centre.pull(cursor, rows);
        const cut = reply.changes.length > 1 && random.chance(0.2);
        return cut ? { ...reply, changes: reply.changes.slice(0, -1) } : reply;
      },
    }),
  },
  {
    name: 'a refused mutation is dropped',
    local: inReplica((replica, { db }) => ({
      recordVerdicts: (verdicts) => {
        const words = replica.recordVerdicts(verdicts);
        dropFromOutbox(db, `status = 'parked'`);
        return words;
      },
    })),
  },
  {
    name: 'a mutation leaves the outbox with its verdict, before its effect has come',
    local: inReplica((replica, { db }) => ({
      recordVerdicts: (verdicts) => {
        const words = replica.recordVerdicts(verdicts);
        dropFromOutbox(db, `status = 'settled'`);
        return words;
      },
    })),
  },
  {
    name: 'no answer is taken for yes',
    local: inReplica((replica) => ({
      markSent: (numbers) => {
        replica.recordVerdicts(numbers.map((n) => ({ n, status: 'applied', sqlstate: null, message: null })));
      },
    })),
  },
  {
    name: 'a new copy empties the outbox',
    local: inReplica((replica, { db }) => ({
      bootstrap: {
        ...replica.bootstrap,
        begin: (epoch, start, scope) => {
          dropFromOutbox(db, 'true');
          replica.bootstrap.begin(epoch, start, scope);
        },
      },
    })),
  },
  {
    name: 'notifications are the truth: nobody asks',
    timers: (timers) => ({
      ...timers,
      set: (name, milliseconds, fire) => {
        if (name !== 'poll') timers.set(name, milliseconds, fire);
      },
    }),
  },
  {
    name: 'the outbox is sent in the order of the local clock',
    local: inReplica((replica) => ({
      nextBatch: (limits) =>
        [...replica.nextBatch(limits)].sort((a, b) =>
          String(JSON.parse(a.payload).at).localeCompare(String(JSON.parse(b.payload).at)),
        ),
    })),
  },
  { name: 'the chain is not compared: a restore goes unnoticed', quirks: () => ({ trustsCursors: true }) },
  {
    name: 'a chart that leaves the scope is taken for deleted',
    local: inReplica((replica) => ({
      applyPull: (reply, fetched) => {
        const changes = reply.changes.map((change) =>
          change.op === 'evict' ? { ...change, op: 'delete' as const } : change,
        );
        return replica.applyPull({ ...reply, changes }, fetched);
      },
    })),
  },
  { name: 'scope is not looked at: everything is sent', quirks: () => ({ sendsEverything: true }) },
  {
    name: 'a record of the outbox’s mirror waits for the next one',
    disk: (disk) => ({
      ...disk,
      append: (file) => {
        const real = disk.append(file);
        const held: Uint8Array[] = [];
        const write = () => {
          for (const bytes of held.splice(0)) real.append(bytes);
        };
        return {
          ...real,
          append: (bytes) => {
            write();
            held.push(bytes);
          },
        };
      },
    }),
  },
  {
    name: 'the outbox’s mirror is written anew in its place',
    disk: (disk, gate) => ({
      ...disk,
      replace: (file, bytes) => {
        writeFileSync(file, '');
        gate('in place');
        writeFileSync(file, bytes);
      },
    }),
  },
  { name: 'two copies of one folder are taken for one workstation', quirks: () => ({ trustsClones: true }) },
  {
    name: 'a copy that was enrolled anew has nothing more to send',
    local: inReplica((replica, { db }) => ({
      forgetIdentity: () => {
        replica.forgetIdentity();
        dropFromOutbox(db, `status = 'waiting'`);
      },
    })),
  },
  { name: 'a suspended workstation is answered', quirks: () => ({ servesSuspended: true }) },
];

export const bugNamed = (name: string): Bug => {
  const found = bugs.find((bug) => bug.name === name);
  if (found === undefined) throw new Error(`there is no bug “${name}”`);
  return found;
};
