import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FromSupervisor, SupervisorTask } from '../../scripts/start/messages.ts';
import { processesOf } from './running-start.ts';

/** Electron's own program is not to be had everywhere: this stands in for one that opens a window, or cannot. */
const program = `#!${process.execPath}
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
const mood = () => readFileSync(join(import.meta.dirname, 'mood'), 'utf8');
if (mood() === 'no keyring') {
  console.error('ClinicHub cannot start: there is no keyring');
  process.exit(3);
}
process.stdin.on('end', () => process.exit(0)).resume();
setInterval(() => mood() === 'closed' && process.exit(0), 50);
`;

const root = resolve(import.meta.dirname, '../..');
const soon = { timeout: 60_000, interval: 100 };

let folder: string;
let told: FromSupervisor[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clinichub-desktop-'));
  await chmod(folder, 0o711);
  await writeFile(join(folder, 'electron.mjs'), program, { mode: 0o755 });
  told = [];
});
afterEach(async () => {
  await vi.waitFor(() => expect(processesOf(folder)).toEqual([]), soon);
  await rm(folder, { recursive: true, force: true });
});

const be = (mood: 'no keyring' | 'open' | 'closed') => writeFile(join(folder, 'mood'), mood);

const supervise = (mayFallBack: boolean) => {
  const data = join(folder, 'data');
  const child = fork(join(root, 'scripts/start/supervisor.ts'), [data], {
    cwd: root,
    execArgv: [],
    silent: true,
  });
  child.on('message', (message) => told.push(message as FromSupervisor));
  const task: SupervisorTask = {
    folder: data,
    root,
    desks: 1,
    port: null,
    fresh: false,
    electron: join(folder, 'electron.mjs'),
    mayFallBack,
  };
  child.send({ type: 'run', task });
  return { child, ended: once(child, 'exit').then(([code]) => code as number | null) };
};

const isUp = () => vi.waitFor(() => expect(told.map(({ type }) => type)).toContain('up'), soon);
const sentences = () => told.flatMap((message) => ('text' in message ? [message.text] : []));

test('a window that cannot open gives way to the browser, or is said to be the reason; a closed one ends everything', async () => {
  await be('no keyring');
  const refused = supervise(false);
  expect(await refused.ended).toBe(1);
  expect(told.at(-1)).toEqual({
    type: 'failed',
    message: 'The desktop program did not start: there is no keyring',
  });

  told = [];
  const instead = supervise(true);
  await isUp();
  expect(sentences()).toContainEqual(expect.stringContaining('there is no keyring'));
  expect(told.at(-1)).toMatchObject({ desks: [{ url: expect.stringMatching(/^http:/) }] });
  instead.child.disconnect();
  expect(await instead.ended).toBe(0);

  told = [];
  await be('open');
  const window = supervise(true);
  await isUp();
  expect(told.at(-1)).toMatchObject({ desks: [{ name: 'Kacyiru front desk', url: null }] });
  await be('closed');
  expect(await window.ended).toBe(0);
  expect(processesOf(folder)).toEqual([]);
}, 300_000);
