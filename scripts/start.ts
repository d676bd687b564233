/** `npm start`: the product with a demonstration clinic, on a machine that has Node and npm only. */
import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoAccounts, demoPatient } from '#shared/domain/demo/accounts.ts';
import { openBrowser } from './start/browser.ts';
import { ensureBuilt } from './start/build.ts';
import { chooseHost } from './start/electron-runtime.ts';
import type { FromSupervisor, SupervisorTask, ToSupervisor, Up } from './start/messages.ts';
import { runOnRightNode } from './start/node-version.ts';
import { help, readOptions, type StartOptions } from './start/options.ts';
import { whenStarterDies } from './start/parent.ts';
import { explain } from './start/problem.ts';

const root = resolve(import.meta.dirname, '..');
const stopWithin = 90_000;

const say = (text: string) => console.log(text);

const welcome = ({ desks, mail }: Up, { data }: StartOptions): string => {
  const wide = (text: string) => text.padEnd(20);
  const places = desks.map(({ name, url }) => `  ${wide(name)}${url ?? 'in its own window'}`);
  const accounts = demoAccounts.map(
    ({ username, password, displayName, role, pin }) =>
      `  ${wide(username)}${wide(password)}${displayName}, ${role}${pin === null ? '' : `, PIN ${pin}`}`,
  );
  const panels = desks.flatMap(({ url }) =>
    url === null
      ? []
      : [`The patients' page is ${new URL('/panel', url)}: ${demoPatient.email}, ${demoPatient.password}.`],
  );
  return [
    '',
    'ClinicHub is running.',
    '',
    ...places,
    '',
    'Demonstration accounts (user name, password, name, and the PIN of those who sign):',
    ...accounts,
    '',
    ...panels,
    ...(mail === null ? [] : [`E-mails to patients are not sent, but put into ${mail}.`]),
    `The data are kept in ${data}. Ctrl+C ends ClinicHub.`,
  ].join('\n');
};

const startSupervisor = (options: StartOptions): ChildProcess =>
  // In a session of its own: Ctrl+C is for this process, which then asks the supervisor to end everything in order.
  fork(fileURLToPath(new URL('./start/supervisor.ts', import.meta.url)), [options.data], {
    cwd: root,
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });

const hear = (message: FromSupervisor, options: StartOptions): void => {
  if (message.type === 'say') say(message.text);
  if (message.type === 'failed') console.error(message.message);
  if (message.type !== 'up') return;
  say(welcome(message, options));
  const [first] = message.desks;
  if (options.open && first?.url != null) openBrowser(first.url);
};

/** Runs until everything has ended; resolves to the exit code. */
const supervise = (options: StartOptions, task: SupervisorTask): Promise<number> =>
  new Promise((done) => {
    const child = startSupervisor(options);
    const send = (message: ToSupervisor) => child.send(message, () => undefined);
    let stopping = false;
    const stop = () => {
      if (!stopping) {
        say('\nStopping ...');
        send({ type: 'stop' });
        setTimeout(() => child.kill('SIGKILL'), stopWithin).unref();
      }
      stopping = true;
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) process.on(signal, stop);
    // npm killed outright cannot pass on that it ended.
    if (process.env.npm_lifecycle_event !== undefined) whenStarterDies(stop);
    child.on('message', (message: FromSupervisor) => hear(message, options));
    child.on('exit', (code) => {
      if (code === 0) say('ClinicHub has ended. The next start goes on from here.');
      else if (code === null)
        console.error('ClinicHub ended unexpectedly. What was saved is kept; start it again.');
      done(code === 0 ? 0 : 1);
    });
    send({ type: 'run', task });
  });

const start = async (options: StartOptions): Promise<number> => {
  await ensureBuilt(root, say);
  const electron = await chooseHost(root, options.host, say);
  const { data: folder, desks, port, fresh } = options;
  const mayFallBack = options.host === 'auto';
  return supervise(options, { folder, root, desks, port, fresh, electron, mayFallBack });
};

const main = async (args: readonly string[]): Promise<number> => {
  const elsewhere = runOnRightNode(root, import.meta.filename, args);
  if (elsewhere !== null) return elsewhere;
  const options = readOptions(args, root);
  if (options !== null) return start(options);
  say(help);
  return 0;
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const message = explain(error, root);
  console.error(message ?? (error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
}
