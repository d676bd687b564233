import { setImmediate } from 'node:timers/promises';
import {
  type AuditQuestion,
  type AuditRecordQuestion,
  type Centre,
  CentreError,
  type EnrolOrder,
  type IssuedEnrolment,
  type PatientQuestion,
  type WorkstationOrder,
} from '#main/data/central/centre.ts';
import type { Local } from '#main/data/local/open.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { type Clock, neverBack, systemClock } from '#shared/kernel/clock.ts';
import type { AuditPage, AuditVersions, FoundPatient, KnownWorkstation, Verdict } from '#shared/sync/wire.ts';
import { createArrivals } from './arrivals.ts';
import { type Copier, copyHere } from './bootstrap.ts';
import { createDeliveries, type FetchedFile } from './deliveries.ts';
import { failureOf } from './failure.ts';
import type { Checkpoints } from './history.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { type Effect, initialState, type PlannerEvent, type PlannerState, plan } from './planner.ts';
import { createStatus } from './status.ts';
import { realTimers, type Timers } from './timers.ts';
import { createVerdicts } from './verdicts.ts';

/** The running synchronisation of one workstation, as the services and screens see it. */
export interface SyncEngine {
  status(): SyncStatus;
  onStatus(listener: (status: SyncStatus) => void): () => void;
  /**
   * Resolves with the verdict on mutation `n`, or null when the centre has not answered within `milliseconds`; at once
   * when it is known to be out of reach. Number 0, a mutation that changed nothing, is applied.
   */
  verdict(n: number, milliseconds: number): Promise<Verdict | null>;
  /**
   * Brings a patient of the whole clinic into this workstation's scope and resolves when the chart is here, at most after
   * `milliseconds`; false when the centre has no such patient, is out of reach, or takes longer.
   */
  openPatient(id: string, milliseconds: number): Promise<boolean>;
  /**
   * Fetches a file that a document here names, before anything else that can wait, and resolves when it is here, with `late`
   * when it takes longer than `milliseconds`.
   */
  fetchFile(hash: string, milliseconds: number): Promise<FetchedFile>;
  /** Patients of the whole clinic; rejects with a `CentreError` when the centre does not answer or wants to know more. */
  findPatients(question: PatientQuestion): Promise<readonly FoundPatient[]>;
  /** The workstations of the clinic; rejects with a `CentreError` when the centre does not answer or the account may not ask. */
  workstations(user: string): Promise<readonly KnownWorkstation[]>;
  /** Has the centre do something to a workstation; rejects as `workstations` does. */
  setWorkstation(order: WorkstationOrder): Promise<readonly KnownWorkstation[]>;
  /** Has the centre make a login for a further workstation; rejects as `workstations` does. */
  enrolWorkstation(order: EnrolOrder): Promise<IssuedEnrolment>;
  /** A page of the audit trail; rejects as `findPatients` does. */
  audit(question: AuditQuestion): Promise<AuditPage>;
  /** The versions of one row; rejects as `findPatients` does. */
  auditRecord(question: AuditRecordQuestion): Promise<AuditVersions>;
  /** Push and pull now: there is something new, or a person asked. */
  wake(): void;
  /** Compares the whole copy with the centre now; the status tells how far it has come. */
  check(): void;
  /** Ends the exchange. The local database stays open. */
  stop(): Promise<void>;
}

export interface SyncOptions {
  readonly local: Pick<Local, 'replica'>;
  /** Called for each new connection. */
  readonly centre: () => Centre;
  /** How a first copy is loaded; in this thread unless told otherwise. */
  readonly copier?: Copier;
  /** Who moves SQLite's log while the history arrives; this thread unless told otherwise. */
  readonly checkpoints?: Checkpoints;
  /** The program's version, for the centre's records. */
  readonly app: string;
  readonly clock?: Clock;
  /** From 0 up to 1. */
  readonly random?: () => number;
  readonly timers?: Timers;
  /**
   * Destroys this copy: key, database, settings, whatever else the host keeps of it; and closes it. Called when the
   * centre has ordered it and nothing waits here that the centre would take. Nothing of `local` is used afterwards.
   */
  readonly destroy?: () => Promise<void>;
  /** Resolves after the event loop has had its turn. */
  readonly turn?: () => Promise<void>;
  /** Milliseconds of a clock that only measures how long a piece of work took. */
  readonly elapsed?: () => number;
  /** What happened, in codes and numbers only: never a value of a row. */
  readonly log?: (event: string, details: Readonly<Record<string, unknown>>) => void;
}

interface Machine {
  state: PlannerState;
  centre: Centre | null;
  stopListening: (() => void) | null;
  running: Promise<void>;
  closing: Promise<void>;
  /** The database is being destroyed, or is: nothing of it may be asked. */
  gone: boolean;
}

const cannotDestroy = () => Promise.reject(new Error('this host has no way to destroy its copy'));

/** Starts synchronising and goes on until `stop`. Never throws for what the centre or the network does. */
export const startSync = (options: SyncOptions): SyncEngine => {
  const {
    local,
    clock = systemClock,
    random = Math.random,
    timers = realTimers(),
    turn = setImmediate,
    log = () => undefined,
  } = options;
  const { replica } = local;
  const machine: Machine = {
    state: initialState,
    centre: null,
    stopListening: null,
    running: Promise.resolve(),
    closing: Promise.resolve(),
    gone: false,
  };
  const status = createStatus(replica, clock, () => (machine.gone ? 'gone' : machine.state));
  const verdicts = createVerdicts(replica, timers);
  const arrivals = createArrivals(replica, timers);
  const deliveries = createDeliveries(timers);
  const destroy = async () => {
    // What is under way in this turn still reads the database.
    await Promise.resolve();
    machine.gone = true;
    await (options.destroy ?? cannotDestroy)();
  };
  const connection = (): Centre => {
    machine.centre ??= options.centre();
    return machine.centre;
  };
  const ending = new AbortController();
  const jobs: Jobs = createJobs({
    replica,
    centre: connection,
    copier: options.copier ?? copyHere({ replica, centre: connection, turn }),
    app: options.app,
    contact: () => {
      replica.contacted();
      status.contact();
    },
    progress: status.progress,
    decided: verdicts.decided,
    clock,
    arrived: deliveries.arrived,
    destroy,
    signal: ending.signal,
    turn,
    elapsed: options.elapsed ?? neverBack(clock).now,
    urgent: () => machine.state.mode !== 'working' || machine.state.wantPush,
    log,
    ...(options.checkpoints && { checkpoints: options.checkpoints }),
  });

  const disconnect = () => {
    machine.stopListening?.();
    machine.stopListening = null;
    const { centre } = machine;
    machine.centre = null;
    if (centre !== null) machine.closing = centre.close().catch(() => log('close-failed', {}));
  };

  const listen = () => {
    const centre = connection();
    const current = () => machine.centre === centre;
    centre
      .listen(
        (seq) => current() && dispatch({ type: 'notified', seq }),
        () => current() && dispatch({ type: 'deaf' }),
      )
      .then((stopListening) => {
        if (!current()) return stopListening();
        machine.stopListening = stopListening;
        dispatch({ type: 'listening' });
      })
      .catch(() => current() && dispatch({ type: 'deaf' }));
  };

  /** A database that cannot be read or written is somebody else's to put right: the exchange itself goes on, and ends in order. */
  const unharmed = (look: () => void) => {
    try {
      look();
    } catch (error) {
      log('look-failed', { name: error instanceof Error ? error.name : typeof error });
    }
  };

  const fail = (error: unknown) => {
    if (machine.state.mode === 'ended') return;
    const failure = failureOf(error);
    // Without the note the next start asks once more, and hears the same.
    if (failure.kind === 'halt' && machine.state.wiping === 'no') unharmed(replica.halt);
    const sqlstate = error instanceof Error && 'sqlstate' in error ? error.sqlstate : null;
    log('sync-failed', { ...failure, sqlstate, name: error instanceof Error ? error.name : typeof error });
    dispatch({ type: 'failed', failure });
    if (failure.kind === 'again') return;
    verdicts.outOfReach();
    deliveries.outOfReach();
  };

  const run = (effect: Extract<Effect, { type: 'run' }>) => {
    machine.running = jobs.run(effect).then(dispatch, fail);
  };

  const carryOut = (effect: Effect) => {
    switch (effect.type) {
      case 'run':
        return run(effect);
      case 'listen':
        return listen();
      case 'ack':
        return unharmed(jobs.ack);
      case 'disconnect':
        return disconnect();
      case 'set-timer':
        return timers.set(effect.name, effect.milliseconds, () =>
          dispatch({ type: 'timer', name: effect.name }),
        );
      case 'clear-timer':
        return timers.clear(effect.name);
    }
  };

  const dispatch = (event: PlannerEvent): void => {
    const next = plan(machine.state, event, random);
    machine.state = next.state;
    for (const effect of next.effects) carryOut(effect);
    if (event.type === 'pulled') unharmed(arrivals.look);
    if (event.type !== 'stop') unharmed(status.refresh);
  };

  const openPatient = (id: string, milliseconds: number): Promise<boolean> => {
    if (machine.state.mode !== 'working') return Promise.resolve(false);
    const arrived = arrivals.wait(id, milliseconds);
    connection()
      .openPatient(id)
      .then(
        () => dispatch({ type: 'woken' }),
        (error: unknown) => {
          log('open-patient-failed', { sqlstate: error instanceof CentreError ? error.sqlstate : null });
          arrivals.giveUp(id);
        },
      );
    return arrived;
  };

  const fetchFile = (hash: string, milliseconds: number): Promise<FetchedFile> => {
    if (replica.files.here(hash)) return Promise.resolve('here');
    if (replica.files.named(hash) === null) return Promise.resolve('absent');
    const { mode, greeted, problem } = machine.state;
    if (mode !== 'working' || (!greeted && problem !== null)) return Promise.resolve('out-of-reach');
    const fetched = deliveries.wait(hash, milliseconds);
    jobs.files.want(hash);
    dispatch({ type: 'files-asked' });
    return fetched;
  };

  const { phase, cursor, halted, history_table } = replica.state();
  dispatch({
    type: 'started',
    copy: phase === 'ready' ? 'complete' : 'none',
    waiting: replica.oldestUnsent() !== null,
    cursor,
    halted,
    history: history_table !== null,
    wiping: replica.wiping(),
    files: replica.wiping() && jobs.files.pending(),
  });

  return {
    status: status.current,
    onStatus: status.onStatus,
    verdict: (n, milliseconds) => verdicts.wait(n, milliseconds, machine.state),
    openPatient,
    fetchFile,
    findPatients: (question) => connection().findPatients(question),
    workstations: (user) => connection().workstations(user),
    setWorkstation: (order) => connection().setWorkstation(order),
    enrolWorkstation: (order) => connection().enrolWorkstation(order),
    audit: (question) => connection().audit(question),
    auditRecord: (question) => connection().auditRecord(question),
    wake: () => dispatch({ type: 'woken' }),
    check: () => {
      replica.check.begin();
      dispatch({ type: 'verify-asked' });
    },
    stop: async () => {
      dispatch({ type: 'stop' });
      ending.abort();
      timers.clearAll();
      verdicts.outOfReach();
      arrivals.giveUp();
      deliveries.outOfReach();
      await machine.running;
      await jobs.end();
      await machine.closing;
    },
  };
};
