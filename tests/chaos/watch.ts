import { historyTables } from '#shared/sync/catalogue.ts';
import type { MutationPayload } from '#shared/sync/wire.ts';
import type { Clinic } from './clinic.ts';
import type { SimDesk } from './desk.ts';
import type { Acknowledged } from './oracles/acknowledged.ts';
import {
  centreSound,
  keptAsWritten,
  nothingOverwrittenUnseen,
  onePlace,
  takenStays,
} from './oracles/centre.ts';
import {
  acknowledgedKept,
  fileSound,
  groupsWhole,
  type Mutations,
  mutationsDecided,
  mutationsGone,
  namesHold,
  nothingLeavesEarly,
  ownWorkSeen,
  replicaEqualsCentre,
  rowsAsLedger,
  stoppedWithReason,
  together,
} from './oracles/desk.ts';
import { prepared } from './oracles/prepared.ts';
import { Violation } from './oracles/violation.ts';
import type { Server } from './server.ts';
import { createTruth } from './truth.ts';

/** Looks at everything that can be seen, at every instant it can be seen. */
export interface Watch {
  /** The first thing that must not be, or null. */
  readonly violation: Violation | null;
  readonly acknowledged: readonly Acknowledged[];
  /** Notes what a copy of the desk's folder holds at this instant. */
  copied(desk: SimDesk): Image;
  /** From now on `desk` is answerable for what the image holds. */
  began(desk: SimDesk, image: Image): void;
  /**
   * An older state took the place of the desk's. What the image lacks nobody has, but for what the centre has taken; null:
   * the outbox's mirror has it all.
   */
  putBack(desk: SimDesk, image: Image | null): void;
  acknowledge(desk: SimDesk, n: number): void;
  started(desk: SimDesk): void;
  died(desk: SimDesk): void;
  changed(desk: SimDesk): void;
  /** After each thing that happened. */
  look(desks: readonly SimDesk[]): void;
  /** At rest. */
  finish(desks: readonly SimDesk[]): void;
}

/** What was acknowledged at a workstation when its folder was copied. */
export type Image = readonly Acknowledged[];

interface Seen {
  /** The commit it was looked at after, and the one after which what it shows was. */
  commits: number;
  shown: number;
  cursor: number;
  chain: string | null;
  /** The disk may have taken the last commits back. */
  forgetful: boolean;
  looks: number;
  /** Pages of the history are of this place of the ledger at the latest. */
  arrived: number;
  /** Mutations with a verdict and out of sight when it last shared the centre's history. */
  decided: Mutations | null;
}

/** Every how many looks a workstation's rows are compared with the ledger, one by one. */
const thorough = 6;

export const createWatch = (clinic: Clinic, server: Server): Watch => {
  let acknowledged: readonly Acknowledged[] = [];
  /** What the centre has taken and the workstation does not know any more. */
  const centreOnly: Acknowledged[] = [];
  /** Logins whose folder was copied. */
  const copied = new Set<number>();
  const pairs: { readonly hash: string; readonly ids: readonly [string, string] }[] = [];
  const seen = new Map<SimDesk, Seen>();
  let violation: Violation | null = null;
  const truth = createTruth((change, seq, writer, before) => {
    const { state } = server.model;
    onePlace(change, seq, writer, truth.places, state.ledger);
    keptAsWritten(change, before);
    nothingOverwrittenUnseen(state, server.heard, change, writer, before);
  });

  const guarded = (check: () => void) => {
    if (violation !== null) return;
    try {
      check();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      violation = error;
    }
  };
  const seenOf = (desk: SimDesk): Seen => {
    const known = seen.get(desk) ?? {
      commits: -1,
      shown: -1,
      cursor: 0,
      chain: null,
      forgetful: false,
      looks: 0,
      arrived: 0,
      decided: null,
    };
    seen.set(desk, known);
    return known;
  };
  const own = ({ name }: SimDesk) => acknowledged.filter((write) => write.desk === name);
  const chainAt = (seq: number) => server.model.state.ledger[seq - 1]?.chain ?? null;

  /** Registrations that nobody refused: of those, both rows are there or none. */
  const wholePairs = (desk: SimDesk) => {
    const refused = desk.look(
      ({ db }) =>
        new Set(prepared(db, `SELECT hash FROM outbox WHERE status = 'parked'`).pluck().all()) as Set<string>,
    );
    for (const { status, hash } of server.model.state.mutations.values()) {
      if (status === 'rejected') refused.add(hash);
    }
    return pairs.filter(({ hash }) => !refused.has(hash)).map(({ ids }) => ids);
  };

  /** Once for each commit, however often somebody looks. */
  const visible = (desk: SimDesk) =>
    desk.look((local) => {
      const state = local.replica.state();
      if (state.phase !== 'ready') return null;
      const known = seenOf(desk);
      if (known.shown === desk.commits) return state;
      known.shown = desk.commits;
      namesHold(desk.name, local);
      // One half of a registration may belong to what arrives later.
      const arriving = state.history_table !== null;
      groupsWhole(desk.name, local, clinic.rows.twins, arriving ? [] : wholePairs(desk));
      const recovering = state.common === null ? null : known.decided;
      // What is refused on the way is forgotten by a second restore.
      if (recovering !== null) known.decided = together(recovering, mutationsDecided(local, desk.login, []));
      ownWorkSeen(desk.name, desk.login, local, recovering);
      return state;
    });

  const cursorForward = (desk: SimDesk, cursor: number, chain: string | null) => {
    const known = seenOf(desk);
    const same = known.chain !== null && chainAt(known.cursor) === known.chain;
    if (cursor < known.cursor && same && !known.forgetful) {
      throw new Violation('I3', `${desk.name} went back from ${known.cursor} to ${cursor}`);
    }
    known.cursor = cursor;
    known.chain = chain;
    known.forgetful = false;
  };

  const lookAt = (desk: SimDesk, closely: boolean) => {
    const state = visible(desk);
    if (state === null) return;
    const { cursor, chain } = state;
    if (state.history_table !== null) seenOf(desk).arrived = server.model.state.seq;
    cursorForward(desk, cursor, chain);
    // A workstation that has not yet noticed a restore has the rows of another history.
    if (chain === null || chain !== chainAt(cursor)) return;
    desk.look((local) => {
      const gone = mutationsGone(local, desk.login, own(desk));
      if (state.common === null) seenOf(desk).decided = mutationsDecided(local, desk.login, gone);
      nothingLeavesEarly(desk.name, desk.login, state, gone, truth);
      const arriving = cursor < seenOf(desk).arrived || state.history_table !== null ? historyTables : [];
      const whole = state.scope?.startsWith('clinic/') === true;
      if (closely) rowsAsLedger(desk.name, local, cursor, truth, whole, arriving);
    });
  };

  return {
    get violation() {
      return violation;
    },
    get acknowledged() {
      return acknowledged;
    },
    copied: own,
    began: (desk, image) => {
      copied.add(desk.login);
      acknowledged = [...acknowledged, ...image.map((write) => ({ ...write, desk: desk.name }))];
      seenOf(desk).forgetful = true;
    },
    putBack: (desk, image) => {
      copied.add(desk.login);
      seenOf(desk).forgetful = true;
      if (image === null) return;
      const kept = new Set(image);
      const taken = new Set<string>();
      for (const { hash, status } of server.model.state.mutations.values()) {
        if (status !== 'rejected') taken.add(hash);
      }
      const lost = own(desk).filter((write) => !kept.has(write));
      centreOnly.push(...lost.filter(({ hash }) => taken.has(hash)));
      acknowledged = acknowledged.filter((write) => !lost.includes(write));
    },
    acknowledge: (desk, n) => {
      const entry = desk.look(({ db }) =>
        prepared(db, 'SELECT hash, payload FROM outbox WHERE n = ?').get(n),
      ) as {
        hash: string;
        payload: string;
      };
      const payload = JSON.parse(entry.payload) as MutationPayload;
      const { name, login } = desk;
      acknowledged = [...acknowledged, { desk: name, login, n, hash: entry.hash, payload }];
      const [patient, task] = payload.changes;
      if (payload.kind === 'patient.register' && patient?.tbl === 'patient' && task?.tbl === 'task') {
        pairs.push({ hash: entry.hash, ids: [patient.pk, task.pk] });
      }
    },
    started: (desk) =>
      guarded(() => {
        if (seenOf(desk).forgetful) desk.look((local) => fileSound(desk.name, local));
        truth.catchUp(server.model.state);
        lookAt(desk, true);
      }),
    died: (desk) => {
      seenOf(desk).forgetful = true;
    },
    changed: (desk) =>
      guarded(() => {
        if (desk.life !== null) visible(desk);
      }),
    look: (desks) =>
      guarded(() => {
        truth.catchUp(server.model.state);
        for (const served of server.servedRevoked)
          throw new Violation('I8', `${served} although it is suspended`);
        for (const desk of desks) {
          const known = seenOf(desk);
          if (desk.life === null || desk.commits === known.commits) continue;
          known.commits = desk.commits;
          known.looks += 1;
          lookAt(desk, known.looks % thorough === 0);
        }
      }),
    finish: (desks) =>
      guarded(() => {
        const { state } = server.model;
        truth.catchUp(state);
        centreSound(state, truth, server.heard);
        takenStays(state, centreOnly);
        stoppedWithReason(desks, copied);
        for (const desk of desks) {
          desk.look((local) => {
            if (!desk.stopped) replicaEqualsCentre(desk.name, desk.login, local, state);
            acknowledgedKept(desk.name, local, desk.login, own(desk), state, server.heard);
          });
          lookAt(desk, true);
        }
      }),
  };
};
