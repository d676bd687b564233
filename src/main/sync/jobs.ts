import { CentreError } from '#main/data/central/centre.ts';
import { LocalError } from '#main/data/local/error.ts';
import type { Replica } from '#main/data/local/replica.ts';
import { schemaVersion } from '#shared/sync/catalogue.ts';
import { centreErrors, type HelloReply, type Verdict } from '#shared/sync/wire.ts';
import type { Copier, CopyPlace, CopyProgress } from './bootstrap.ts';
import { type CheckContext, type CheckJob, createCheckJob } from './check.ts';
import { mayHaveArrived, wasTooMuch } from './failure.ts';
import { createFileSteps, type FileSteps, type FilesContext } from './files.ts';
import { type Checkpoints, createHistorySteps } from './history.ts';
import { sharesAhead } from './place.ts';
import type { Effect, PlannerEvent } from './planner.ts';
import { fetchRows, pullOnce } from './pull.ts';

export interface JobContext extends CopyPlace, CheckContext {
  readonly app: string;
  readonly copier: Copier;
  readonly checkpoints?: Checkpoints;
  /** Null when all is here. */
  readonly progress: (progress: CopyProgress | null) => void;
  /** Aborted when the synchronisation ends. */
  readonly signal: AbortSignal;
  readonly contact: () => void;
  readonly decided: (verdicts: readonly Verdict[]) => void;
  /** For what is recent; see {@link FilesContext}. */
  readonly clock: FilesContext['clock'];
  readonly arrived: FilesContext['arrived'];
  /** Destroys this copy; see `SyncOptions`. */
  readonly destroy: () => Promise<void>;
}

type RunEffect = Extract<Effect, { type: 'run' }>;

export interface Jobs {
  /** Does one job. Resolves to what the planner must know; rejects when it failed. */
  run(effect: RunEffect): Promise<PlannerEvent>;
  /** Tells the centre how far we are. Not awaited: if it fails, the next call finds out. */
  ack(): void;
  readonly files: Pick<FileSteps, 'pending' | 'want'>;
  /** Ends what jobs left running. */
  end(): Promise<void>;
}

/** Payload text of one push. The centre takes twice that. */
const pushBytes = 2 * 1024 * 1024;
const mostMutations = 500;
/** Rows applied in one go: some ten milliseconds of work on the thread that also serves the screens. */
const pullRows = 1000;

/**
 * `cloned` or `diverged` when the centre's memory of our mutations does not fit ours. After a rebuild it need not: what
 * the centre knows of our numbers is taken over, what is left here is sent again, and then all is copied anew.
 */
const contradiction = (replica: Replica, reply: HelloReply): HelloReply['state'] | 'cloned' => {
  const { device_id, last_n, cursor, phase } = replica.state();
  if (reply.state === 'wipe') return 'wipe';
  if (device_id !== null && device_id !== reply.device_id) return 'cloned';
  const rebuilt = replica.rebuilt();
  const state = rebuilt !== null && phase === 'empty' && reply.state === 'new' ? 'behind' : reply.state;
  if (rebuilt?.greeted === 0) return state;
  if (device_id !== null && reply.last_n > last_n) return 'cloned';
  if (state === 'outdated') return state;
  const oldest = replica.oldestUnsent() ?? last_n + 1;
  if (device_id !== null && reply.last_n < oldest - 1) return 'diverged';
  if (phase === 'ready' && state === 'ok' && cursor > reply.head) return 'diverged';
  return state;
};

/** What waits is to be sent, also what the centre has forgotten: it claims no common ground, so nothing is overwritten by it. */
const prepareEnd = (replica: Replica, { last_n, device_id }: HelloReply): void => {
  const known = replica.state();
  const oldest = replica.oldestUnsent() ?? known.last_n + 1;
  if (known.device_id === device_id && last_n < oldest - 1) replica.recover(last_n, 0);
  replica.orderWipe();
};

/**
 * A centre that knows where we are may yet have lost what came to us from beyond there; and a database that was rebuilt is
 * nowhere, but what was saved into it may be of a history the centre has lost.
 */
const orDiverged = async (
  { replica, centre }: JobContext,
  state: ReturnType<typeof contradiction>,
  { last_n }: HelloReply,
): Promise<ReturnType<typeof contradiction>> => {
  const { phase, history_table } = replica.state();
  const rebuilt = state === 'behind' && phase === 'empty';
  if (rebuilt && replica.forgotten(last_n)) return 'diverged';
  const arriving = state === 'ok' && history_table !== null;
  return !(rebuilt || arriving) || (await sharesAhead(replica, centre())) ? state : 'diverged';
};

const hello = async (context: JobContext): Promise<HelloReply> => {
  const { replica, centre, app, contact } = context;
  const { phase, epoch, cursor, chain, scope } = replica.state();
  const whole = phase === 'ready';
  const reply = await centre().hello({
    schema: schemaVersion,
    app,
    epoch: whole ? epoch : null,
    cursor: whole ? cursor : null,
    chain: whole ? chain : null,
    scope: whole ? scope : null,
  });
  const state = await orDiverged(context, contradiction(replica, reply), reply);
  if (state === 'cloned') {
    throw new CentreError('the centre has other mutations of this workstation', centreErrors.cloned, false);
  }
  contact();
  if (state === 'wipe') prepareEnd(replica, reply);
  else if (state !== 'diverged') replica.greeted(reply);
  return { ...reply, state };
};

const copy = async (
  { copier, progress, signal }: JobContext,
  { epoch, head, low_water, scope }: HelloReply,
  renew: boolean,
): Promise<PlannerEvent> => {
  await copier({ epoch, head, low_water, scope, renew }, { progress, signal });
  return { type: 'copied' };
};

const push = async (context: JobContext, mutations: number): Promise<PlannerEvent> => {
  const { replica, centre, decided, contact } = context;
  const batch = replica.nextBatch({ mutations, bytes: pushBytes });
  if (batch.length > 0) {
    try {
      const verdicts = await centre().push(batch);
      contact();
      decided(replica.recordVerdicts(verdicts));
    } catch (error) {
      if (mayHaveArrived(error)) replica.markSent(batch.map(({ n }) => n));
      throw error;
    }
  }
  return { type: 'pushed', more: replica.oldestUnsent() !== null };
};

const pull = async (
  { replica, centre, progress, contact }: JobContext,
  check: CheckJob,
  files: FileSteps,
): Promise<PlannerEvent> => {
  const { to, head, changes } = await pullOnce(replica, centre(), pullRows, contact);
  check.pulled(changes);
  if (changes.some(({ tbl }) => tbl === 'document_reference')) files.arrived();
  if (replica.state().phase !== 'ready' && to >= head) {
    const missing = replica.bootstrap.finish(true);
    if (missing.length > 0) replica.bootstrap.finish(true, await fetchRows(replica, centre(), missing));
    progress(null);
  }
  return { type: 'pulled', cursor: to, head, files: replica.state().phase === 'ready' && files.pending() };
};

/** The steps that need the centre, over the workstation's database. */
export const createJobs = (context: JobContext): Jobs => {
  let mutations = mostMutations;
  let greeting: HelloReply | null = null;
  const check = createCheckJob(context);
  const greet = async (): Promise<HelloReply> => {
    greeting = await hello(context);
    return greeting;
  };
  const history = createHistorySteps(context);
  const files = createFileSteps(context);
  const work = async ({ job, renew = false, whole = false }: RunEffect): Promise<PlannerEvent> => {
    switch (job) {
      case 'hello': {
        const { state } = await greet();
        return {
          type: 'greeted',
          state,
          waiting: context.replica.oldestUnsent() !== null,
          files: state === 'wipe' && files.pending(),
        };
      }
      case 'recover': {
        const { last_n } = greeting ?? (await greet());
        const common = await context.centre().common(context.replica.links());
        context.replica.recover(last_n, common);
        context.replica.files.forgetSent();
        return { type: 'recovered', waiting: context.replica.oldestUnsent() !== null };
      }
      case 'copy':
        check.forget();
        files.arrived();
        return copy(context, greeting ?? (await greet()), renew);
      case 'push':
        return push(context, mutations);
      case 'pull':
        return pull(context, check, files);
      case 'history':
        return history.next();
      case 'files':
        return files.next();
      case 'verify': {
        const step = await check.step(whole);
        return { type: 'verified', step, waiting: context.replica.oldestUnsent() !== null };
      }
      case 'wipe':
        await history.end();
        await context.destroy();
        return { type: 'wiped' };
      case 'farewell':
        await context.centre().wiped();
        return { type: 'parted' };
    }
  };
  return {
    run: async (effect) => {
      try {
        return await work(effect);
      } catch (error) {
        if (effect.job === 'push' && wasTooMuch(error)) {
          if (mutations === 1) throw new LocalError('replica', 'One mutation is more than the centre takes.');
          mutations = Math.max(1, mutations >> 1);
        }
        throw error;
      }
    },
    files,
    end: history.end,
    ack: () => {
      const { phase, cursor } = context.replica.state();
      if (phase !== 'ready') return;
      context
        .centre()
        .ack(cursor)
        .catch(() => undefined);
    },
  };
};
