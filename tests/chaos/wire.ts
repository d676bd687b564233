import { type Centre, CentreError } from '#main/data/central/centre.ts';
import type { ModelCentre } from './model/centre.ts';
import type { Random } from './random.ts';
import { passingState, type Server } from './server.ts';
import type { Timeline } from './timeline.ts';

/** How often what happens to a call, from 0 to 1; the rest goes well. */
export interface WireFaults {
  /** The request never arrives. */
  readonly cutBefore: number;
  /** It arrives and is carried out; the answer is lost, or cut off in the middle, which is the same. */
  readonly cutAfter: number;
  /** The caller has long given up when the request is carried out, perhaps after the next try. */
  readonly late: number;
  /** It is carried out twice. */
  readonly twice: number;
  /** It drips. */
  readonly slow: number;
  /** Nothing comes until the caller's patience ends. */
  readonly halfOpen: number;
  /** The server is busy, short of something, or being stopped: nothing happened. */
  readonly refused: number;
  /** An answer that is none. */
  readonly garbled: number;
  readonly notifyLost: number;
  readonly notifyTwice: number;
  readonly notifyLate: number;
  /** Listening ends and nobody says so. */
  readonly deaf: number;
}

export const noFaults: WireFaults = {
  cutBefore: 0,
  cutAfter: 0,
  late: 0,
  twice: 0,
  slow: 0,
  halfOpen: 0,
  refused: 0,
  garbled: 0,
  notifyLost: 0,
  notifyTwice: 0,
  notifyLate: 0,
  deaf: 0,
};

const fates = ['cutBefore', 'cutAfter', 'late', 'twice', 'slow', 'halfOpen', 'refused', 'garbled'] as const;
type Fate = (typeof fates)[number] | 'well';

/** As `connectCentre` has it. */
const patience = 60_000;

const lost = () => new CentreError('the connection was cut', null, true);

export interface WireContext {
  readonly timeline: Timeline;
  readonly server: Server;
  readonly random: Random;
  readonly faults: () => WireFaults;
  /** Whether this workstation is on the network. */
  readonly connected: () => boolean;
  /** An answer arrives, or a notification: something a workstation may die of just before it hears it. */
  readonly hears: (what: string) => void;
  /** Requests under way, also those nobody waits for any more. */
  readonly underWay: { count: number };
}

/** One connection of workstation `device`, as the engine gets it. Calls take turns; a cut is healed by the next call. */
export const wireCentre = (context: WireContext, name: string, device: () => number): Centre => {
  const { timeline, server, random } = context;
  let closed = false;
  let queue: Promise<unknown> = Promise.resolve();
  const endings = new Set<() => void>();
  const listeners = new Set<() => void>();

  const fateOf = (): Fate => {
    const faults = context.faults();
    let left = random.next();
    for (const fate of fates) {
      left -= faults[fate];
      if (left < 0) return fate;
    }
    return 'well';
  };

  const perform = <T>(call: string, work: (model: ModelCentre) => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const fate = fateOf();
      const { start } = server;
      const what = `${name} ${call}`;
      let settled = false;
      const settle = (then: () => void, heard: string) => {
        if (settled) return;
        settled = true;
        endings.delete(end);
        context.hears(`${what} ${heard}`);
        then();
      };
      const end = () => settle(() => reject(lost()), 'lost');
      endings.add(end);
      const loseAfter = (milliseconds: number) => timeline.after(milliseconds, `${what} times out`, end);
      if (closed) return end();
      if (!context.connected() || !server.up) {
        // A router that is off says nothing, a server that is down refuses at once.
        return void loseAfter(server.up && random.chance(0.5) ? 5_000 : random.between(1, 50));
      }
      const later = (milliseconds: number, event: string, then: () => void) => {
        context.underWay.count += 1;
        timeline.after(milliseconds, `${what} ${event}`, () => {
          context.underWay.count -= 1;
          then();
        });
      };
      const carryOut = (): { readonly answer: T } | { readonly error: unknown } | null => {
        if (server.start !== start || !server.up) return null;
        try {
          const answer = work(server.model);
          server.served(device(), what);
          return { answer };
        } catch (error) {
          return { error };
        }
      };
      const travel = () => (fate === 'slow' ? random.between(500, 25_000) : random.between(1, 30));
      const arrive = () => {
        if (settled && fate !== 'late') return;
        if (!context.connected() && fate !== 'late') return end();
        const outcome = fate === 'refused' ? null : carryOut();
        if (fate === 'twice') later(random.between(0, 40_000), 'again', () => void carryOut());
        if (fate === 'late') return;
        timeline.after(travel(), `${what} answered`, () => {
          if (fate === 'refused') {
            const state = passingState(random);
            return settle(() => reject(new CentreError('busy', state, true)), state);
          }
          if (fate === 'garbled') {
            return settle(() => reject(new CentreError('unexpected shape', null, false)), 'garbled');
          }
          if (
            outcome === null ||
            closed ||
            fate === 'cutAfter' ||
            !context.connected() ||
            server.start !== start
          ) {
            return end();
          }
          if ('error' in outcome) {
            const { error } = outcome;
            const heard = error instanceof CentreError ? String(error.sqlstate) : String(error);
            return settle(() => reject(error), heard);
          }
          return settle(() => resolve(outcome.answer), 'ok');
        });
      };
      switch (fate) {
        case 'cutBefore':
          return void loseAfter(random.between(1, 3_000));
        case 'halfOpen':
          if (random.chance(0.5)) later(travel(), 'arrives unheard', () => void carryOut());
          return void loseAfter(patience);
        case 'late':
          loseAfter(random.between(1, 5_000));
          return later(random.between(5, 90_000), 'arrives late', arrive);
        default:
          loseAfter(patience);
          return later(travel(), 'arrives', arrive);
      }
    });

  const inTurn = <T>(call: string, work: (model: ModelCentre) => T): Promise<T> => {
    const result = queue.then(() => perform(call, work));
    queue = result.catch(() => undefined);
    return result;
  };

  return {
    hello: (request) => inTurn('hello', (model) => model.hello(device(), request)),
    push: (mutations) =>
      inTurn(`push ${mutations.length}`, (model) => {
        server.hear(mutations);
        return model.push(device(), mutations);
      }),
    pull: (cursor, rows) => inTurn('pull', (model) => model.pull(device(), cursor, rows)),
    ack: (cursor) => inTurn('ack', (model) => model.ack(device(), cursor)),
    bootPage: (table, after, rows, part) =>
      inTurn(`page ${table}`, (model) => model.bootPage(device(), table, after, Math.min(rows, 4), part)),
    bootRows: (table, ids) => inTurn(`rows ${table}`, (model) => model.bootRows(device(), table, ids)),
    estimate: () => inTurn('estimate', (model) => model.estimate(device())),
    verify: (table, after, upto, rows, parts) =>
      inTurn('verify', (model) => model.verify(device(), table, { after, upto }, rows, parts)),
    verifyRows: (table, after, upto) =>
      inTurn('verify rows', (model) => model.verifyRows(device(), table, { after, upto })),
    wiped: () => Promise.reject(new CentreError('nobody is wiped here', 'CH001', false)),
    common: (links) => inTurn('common', (model) => model.common(device(), links)),
    place: () => inTurn('place', (model) => model.place(device())),
    openPatient: (id) => inTurn('open', (model) => model.openPatient(device(), id)),
    findPatients: () => inTurn('find', () => []),
    workstations: () => inTurn('workstations', () => []),
    setWorkstation: () => inTurn('workstations', () => []),
    enrolWorkstation: () =>
      inTurn('workstations', () => {
        throw new CentreError('nobody enrols here', 'CH107', false);
      }),
    audit: () => Promise.reject(new CentreError('nobody reads the trail here', 'CH102', false)),
    auditRecord: () => Promise.reject(new CentreError('nobody reads the trail here', 'CH102', false)),
    blobState: () => inTurn('files', () => []),
    blobPut: () => Promise.reject(new CentreError('no document has files here', 'CH101', false)),
    blobGet: () => inTurn('file', () => null),
    listen: async (onSeq, onLost) => {
      const stop = await listening(context, name, onSeq, onLost);
      if (closed) stop();
      listeners.add(stop);
      return stop;
    },
    close: () => {
      closed = true;
      for (const stop of listeners) stop();
      for (const end of [...endings]) end();
      return Promise.resolve();
    },
  };
};

/** Notifications on a connection of their own. */
const listening = (
  context: WireContext,
  name: string,
  onSeq: (seq: number) => void,
  onLost: () => void,
): Promise<() => void> => {
  const { timeline, server, random, faults, hears } = context;
  return new Promise((resolve, reject) => {
    timeline.after(random.between(1, 60), `${name} listen`, () => {
      if (!context.connected() || !server.up) {
        hears(`${name} listen lost`);
        return reject(lost());
      }
      let over = false;
      const stop = () => {
        over = true;
        offCommit();
        offTurn();
      };
      const tell = (seq: number) =>
        timeline.after(
          random.chance(faults().notifyLate) ? random.between(1_000, 40_000) : random.between(1, 20),
          `${name} notified ${seq}`,
          () => {
            if (over || !context.connected()) return;
            hears(`${name} notified`);
            onSeq(seq);
          },
        );
      const offCommit = server.onCommit((seq) => {
        if (random.chance(faults().deaf)) stop();
        if (over || random.chance(faults().notifyLost)) return;
        tell(seq);
        if (random.chance(faults().notifyTwice)) tell(seq);
      });
      const offTurn = server.onTurn(() => {
        stop();
        timeline.after(random.between(1, 30_000), `${name} deaf`, () => {
          hears(`${name} deaf`);
          onLost();
        });
      });
      hears(`${name} listening`);
      return resolve(stop);
    });
  });
};
