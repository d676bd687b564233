import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { enrolDevice } from '#main/data/central/enrol.ts';
import type { Reply } from '#shared/contract/contract.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { writeWhole } from './data-folder.ts';
import type { LogFile } from './log-file.ts';
import { StartProblem } from './problem.ts';

/** A workstation to be started. */
export interface DeskPlan {
  /** `desk-1` and so on: its folder and its place in the log. */
  readonly key: string;
  /** As the centre knows it. */
  readonly name: string;
  readonly folder: string;
  /** Where e-mails are put instead of sent; headless ones only. */
  readonly mail: string;
  /** Its login at the centre. */
  readonly centre: string;
  /** Of its page; for headless ones only. */
  readonly port: number;
}

/** A started workstation. */
export interface Desk {
  readonly plan: DeskPlan;
  readonly pid: number;
  readonly url: string | null;
  /** Resolves when its process has ended, to what is known about why. */
  readonly ended: Promise<DeskEnd>;
  /** Asks it to end and, when it does not within some seconds, ends it. */
  stop(): Promise<void>;
}

export interface DeskEnd {
  readonly code: number | null;
  /** The last line it wrote about an error, for a person. */
  readonly lastWords: string;
}

const startWithin = 60_000;
/** The first copy from the centre takes a moment; without it nobody can sign in. A slow one is not waited for. */
const copyWithin = 20_000;
const patience = 10_000;

const Enrolment = z.object({ login: z.string(), password: z.string() });
type Enrolment = z.infer<typeof Enrolment>;

const readEnrolment = async (path: string): Promise<Enrolment | null> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return Enrolment.parse(JSON.parse(text));
  } catch {
    throw new StartProblem(
      `${path} is damaged: the workstation cannot sign in to the centre without it. Nothing was changed. To begin with a new demonstration clinic and keep this one aside: npm start -- --fresh`,
    );
  }
};

/** The address with which the workstation in `folder` reaches the centre at `admin`; enrols it at its first start. */
export const enrolDesk = async (
  admin: string,
  folder: string,
  name: string,
  site: string,
): Promise<string> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'enrolment.json');
  let known = await readEnrolment(path);
  if (known === null) {
    const { url, login } = await enrolDevice(admin, { name, site, validDays: null });
    known = { login, password: decodeURIComponent(new URL(url).password) };
    await writeWhole(path, known);
  }
  // The centre may have another port than last time.
  const address = new URL(admin);
  address.username = known.login;
  address.password = known.password;
  return address.href;
};

/** Follows what a child writes: every line goes to the log, the last one of its standard error is kept. */
const listen = (child: ChildProcess, key: string, log: LogFile): (() => string) => {
  let last = '';
  for (const [stream, isError] of [[child.stdout, false] as const, [child.stderr, true] as const]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      log.line(`[${key}] ${line}`);
      if (isError && !/^(\s*$|\s+at |\{)/.test(line))
        last = line.replace('ClinicHub cannot start:', '').trim();
    });
  }
  return () => last;
};

const stopChild = async (child: ChildProcess, ended: Promise<unknown>): Promise<void> => {
  child.stdin?.end();
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const gone = await Promise.race([ended.then(() => true), setTimeout(patience, false, { ref: false })]);
    if (gone) return;
    child.kill(signal);
  }
  await ended;
};

const follow = (child: ChildProcess, plan: DeskPlan, url: string | null, log: LogFile): Desk => {
  const lastWords = listen(child, plan.key, log);
  child.stdin?.on('error', () => undefined);
  const ended = Promise.race([
    once(child, 'close').then(([code]) => ({ code: code as number | null, lastWords: lastWords() })),
    once(child, 'error').then(([error]) => ({ code: 1, lastWords: String((error as Error).message) })),
  ]);
  return { plan, pid: child.pid ?? 0, url, ended, stop: () => stopChild(child, ended) };
};

/** The login goes through the environment: other users of a PC can read arguments. */
const environment = (plan: DeskPlan): NodeJS.ProcessEnv => {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...inherited } = process.env;
  return { ...inherited, CLINICHUB_CENTRE: plan.centre, CLINICHUB_CHILD: '1' };
};

const common = (plan: DeskPlan) => ['--data', plan.folder, '--name', plan.name, '--demo'];

const answers = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
};

const hasCopy = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(new URL('/rpc/sync.status', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-clinichub': '1' },
      body: '{}',
      signal: AbortSignal.timeout(2_000),
    });
    const reply = (await response.json()) as Reply<SyncStatus>;
    return reply.ok && reply.value.connection !== 'preparing';
  } catch {
    return false;
  }
};

/** Asks again and again, for `milliseconds` at most, until the workstation has ended or `signal` is aborted. */
const waitUntil = async (
  desk: Desk,
  milliseconds: number,
  signal: AbortSignal,
  ask: () => Promise<boolean>,
): Promise<boolean> => {
  let hasEnded = false;
  void desk.ended.then(() => {
    hasEnded = true;
  });
  const deadline = Date.now() + milliseconds;
  while (!hasEnded && !signal.aborted && Date.now() < deadline) {
    if (await ask()) return true;
    await Promise.race([desk.ended, setTimeout(100)]);
  }
  return false;
};

const spawnHeadless = (plan: DeskPlan, root: string): ChildProcess =>
  spawn(
    process.execPath,
    [
      join(root, 'src/main/headless.ts'),
      ...common(plan),
      '--port',
      String(plan.port),
      '--mail-folder',
      plan.mail,
      '--until-stdin-closes',
    ],
    { cwd: root, env: environment(plan), stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true },
  );

/**
 * Starts a headless workstation and resolves when it can be used. Throws {@link StartProblem} when it does not start;
 * rejects, with nothing left running, when `signal` is aborted.
 */
export const startHeadless = async (
  plan: DeskPlan,
  root: string,
  log: LogFile,
  signal: AbortSignal,
): Promise<Desk> => {
  const url = `http://127.0.0.1:${plan.port}/`;
  const desk = follow(spawnHeadless(plan, root), plan, url, log);
  if (await waitUntil(desk, startWithin, signal, () => answers(url))) {
    await waitUntil(desk, copyWithin, signal, () => hasCopy(url));
    if (!signal.aborted) return desk;
  }
  await desk.stop();
  signal.throwIfAborted();
  const { lastWords } = await desk.ended;
  throw new StartProblem(
    `${plan.name} did not start. ${lastWords || 'It said nothing about why.'} Its data are kept in ${plan.folder}. With that folder moved away it starts with a new copy from the centre. The log is ${log.path}.`,
  );
};

/** Opens a workstation's window. Whether it stays open shows in {@link Desk.ended}. */
export const startDesktop = (plan: DeskPlan, root: string, electron: string, log: LogFile): Desk => {
  const child = spawn(electron, [root, ...common(plan)], {
    cwd: root,
    env: environment(plan),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return follow(child, plan, null, log);
};
