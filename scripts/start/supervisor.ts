/**
 * Owns the database and the workstations of one `npm start`. It is a process of its own so that it can still end them in
 * order, workstations first, when the start process is killed: the channel between the two closes, and that is enough.
 */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type EmbeddedCentre, startEmbeddedCentre } from '#main/data/central/embedded.ts';
import { freePort } from '#main/data/central/embedded-process.ts';
import { migrateCentre } from '#main/data/central/migrator.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { seedDemoClinic } from '../demo/seed.ts';
import { siteIds, timeZone } from '../demo/staff.ts';
import { openDataFolder, removeRunFile, writeRunFile } from './data-folder.ts';
import { type Desk, type DeskPlan, enrolDesk, startDesktop, startHeadless } from './desk.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import type { FromSupervisor, SupervisorTask, ToSupervisor } from './messages.ts';
import { explain, StartProblem } from './problem.ts';

const firstPort = 4880;
/** A window that closes with an error this soon was never open. */
const windowNeeds = 4_000;
const stopWithin = 30_000;

const places = [
  { name: 'Kacyiru front desk', site: siteIds.kacyiru },
  { name: 'Kacyiru room 1', site: siteIds.kacyiru },
  { name: 'Remera front desk', site: siteIds.remera },
  { name: 'Remera room 1', site: siteIds.remera },
] as const;

const tell = (message: FromSupervisor): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};
const say = (text: string) => tell({ type: 'say', text });

/** What has been started, to be ended in the opposite order. */
interface Running {
  readonly log: LogFile;
  readonly closers: (() => Promise<void> | void)[];
  readonly signal: AbortSignal;
}

const choosePorts = async (task: SupervisorTask): Promise<readonly number[]> => {
  const ports: number[] = [];
  for (let index = 0; index < task.desks; index += 1) {
    const wanted = (task.port ?? firstPort) + index;
    const port = (await freePort(wanted)) ?? (task.port === null ? await freePort(0) : null);
    if (port === null) {
      throw new StartProblem(
        `Port ${wanted} is used by another program. Nothing was changed. Stop that program, or choose another port with --port <number>.`,
      );
    }
    ports.push(port);
  }
  return ports;
};

const startCentre = async (clinic: string, running: Running): Promise<EmbeddedCentre> => {
  say('Starting the database ...');
  const log = (line: string) => {
    running.log.line(`[centre] ${line}`);
    // As root the database may have to live where the user postgres can reach it.
    if (line.startsWith('The database is kept in')) say(`${line}.`);
  };
  const centre = await startEmbeddedCentre({ dataFolder: join(clinic, 'centre'), log });
  running.closers.push(centre.stop);
  running.signal.throwIfAborted();
  await migrateCentre(centre.url);
  running.signal.throwIfAborted();
  const today = dayAt(Date.now(), timeZone);
  const { isNew, lastDay } = await seedDemoClinic(centre.url, today);
  say(isNew ? 'Made a demonstration clinic.' : 'The demonstration clinic is as it was left.');
  if (lastDay !== null && lastDay < today) {
    say(`Its last appointment was on ${lastDay}. For a clinic around today: npm start -- --fresh`);
  }
  return centre;
};

const planDesk = async (
  clinic: string,
  centre: string,
  index: number,
  port: number,
  kind: 'headless' | 'desktop',
): Promise<DeskPlan> => {
  const place = places[index] ?? places[0];
  // Each host keeps the database key in its own way, so each has a workstation of its own.
  const key = kind === 'desktop' ? `desk-${index + 1}-desktop` : `desk-${index + 1}`;
  const folder = join(clinic, key);
  return {
    key,
    name: place.name,
    folder,
    mail: join(clinic, 'mail'),
    port,
    centre: await enrolDesk(centre, folder, place.name, place.site),
  };
};

const startDesk = async (
  task: SupervisorTask,
  running: Running,
  plan: (kind: 'headless' | 'desktop') => Promise<DeskPlan>,
): Promise<Desk> => {
  if (task.electron !== null) {
    const desk = startDesktop(await plan('desktop'), task.root, task.electron, running.log);
    const failed = await Promise.race([desk.ended, setTimeout(windowNeeds, null)]);
    if (failed === null || failed.code === 0) return desk;
    const why = failed.lastWords || `it ended with code ${failed.code}`;
    if (!task.mayFallBack) throw new StartProblem(`The desktop program did not start: ${why}`);
    say(`The desktop program did not start (${why}). The workstation runs in the browser instead.`);
  }
  return startHeadless(await plan('headless'), task.root, running.log, running.signal);
};

const startDesks = async (
  task: SupervisorTask,
  running: Running,
  clinic: string,
  centre: string,
  ports: readonly number[],
): Promise<readonly Desk[]> => {
  const desks: Desk[] = [];
  for (const [index, port] of ports.entries()) {
    running.signal.throwIfAborted();
    say(`Starting ${places[index]?.name} ...`);
    const desk = await startDesk(task, running, (kind) => planDesk(clinic, centre, index, port, kind));
    running.closers.push(desk.stop);
    desks.push(desk);
  }
  return desks;
};

/** Resolves when every workstation has ended; rejects when none ended as a person ends it. */
const allEnded = async (desks: readonly Desk[], running: Running): Promise<void> => {
  const ends = await Promise.all(
    desks.map(async (desk) => {
      const end = await desk.ended;
      const because = end.lastWords === '' ? '' : ` ${end.lastWords}`;
      if (end.code !== 0 && !running.signal.aborted) {
        say(`${desk.plan.name} ended unexpectedly.${because} Its data are kept in ${desk.plan.folder}.`);
      }
      return end.code;
    }),
  );
  if (ends.every((code) => code !== 0)) throw new StartProblem('No workstation is running any more.');
};

const centreEnded = async (centre: EmbeddedCentre, running: Running): Promise<void> => {
  await centre.ended;
  throw new StartProblem(
    `The database stopped unexpectedly. What was saved is kept. Start again; the reason is in ${running.log.path}.`,
  );
};

const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

const closeAll = async ({ closers, log }: Running): Promise<void> => {
  for (const close of closers.reverse()) {
    await Promise.race([close(), setTimeout(stopWithin, undefined, { ref: false })]).catch((error: unknown) =>
      log.line(`while stopping: ${error instanceof Error ? error.stack : error}`),
    );
  }
};

const serve = async (task: SupervisorTask, running: Running, clinic: string): Promise<void> => {
  const ports = await choosePorts(task);
  const centre = await startCentre(clinic, running);
  const desks = await startDesks(task, running, clinic, centre.url, ports);
  await writeRunFile(task.folder, {
    start: process.ppid,
    supervisor: process.pid,
    centre: `127.0.0.1:${centre.port}`,
    desks: desks.map(({ plan, pid, url }) => ({ name: plan.name, pid, url })),
  });
  const inBrowser = desks.find(({ url }) => url !== null);
  tell({
    type: 'up',
    desks: desks.map(({ plan, url }) => ({ name: plan.name, url })),
    mail: inBrowser?.plan.mail ?? null,
  });
  await Promise.race([whenAborted(running.signal), allEnded(desks, running), centreEnded(centre, running)]);
};

const run = async (task: SupervisorTask, signal: AbortSignal): Promise<void> => {
  const { folder, movedTo } = await openDataFolder(task.folder, task.fresh, new Date());
  const running: Running = { log: openLogFile(task.folder), closers: [folder.release], signal };
  if (movedTo !== null) say(`The clinic that was here is kept in ${movedTo}.`);
  try {
    await serve(task, running, folder.clinic);
  } catch (error) {
    running.log.line(`failed: ${error instanceof Error ? error.stack : error}`);
    throw error;
  } finally {
    running.closers.splice(1, 0, () => removeRunFile(task.folder));
    await closeAll(running);
  }
};

const stop = new AbortController();
const requestStop = () => stop.abort();

const begin = async (task: SupervisorTask): Promise<void> => {
  try {
    await run(task, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) {
      const unexpected = `Something unexpected went wrong; what was saved is kept. The log is ${join(task.folder, 'start.log')}.`;
      tell({ type: 'failed', message: explain(error, task.folder) ?? unexpected });
      process.exitCode = 1;
    }
  }
  process.off('disconnect', requestStop);
  if (process.connected) process.disconnect();
};

process.on('disconnect', requestStop);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, requestStop);
process.on('message', (message: ToSupervisor) => {
  if (message.type === 'stop') requestStop();
  else void begin(message.task);
});
