import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type MailServerDouble, mailServer } from '#tests/support/mail-server.ts';
import { makeReady, openTemporary, type TemporaryLocal } from '#tests/support/sync-local.ts';

const program = fileURLToPath(new URL('../../../../tests/support/mail-child.ts', import.meta.url));

let temporary: TemporaryLocal;
let server: MailServerDouble;
let running: ChildProcess | undefined;
beforeEach(async () => {
  temporary = openTemporary();
  makeReady(temporary.local);
  temporary.local.close();
  server = await mailServer();
});
afterEach(async () => {
  await kill();
  await server.close();
  temporary.reopen();
  temporary.remove();
});

const start = (count: number) => {
  const { folder, key } = temporary;
  running = spawn(process.execPath, [program, folder, key.toString('hex'), `${server.port}`, `${count}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};
const kill = async () => {
  const child = running;
  running = undefined;
  if (child === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};
const until = (check: () => void): Promise<void> => vi.waitFor(check, 60_000);
const idsOf = () => server.arrived.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1]);

it('nothing is lost to a kill, and what was handed over just then comes again under its id', async () => {
  // The first is taken by the server, which does not get to say so.
  let release: (value: unknown) => void = () => undefined;
  server.hold = new Promise((done) => {
    release = done;
  });
  start(3);
  await until(() => expect(server.begun).toBeGreaterThan(0));
  await kill();
  release(null);
  await until(() => expect(server.arrived).toHaveLength(1));
  const [first] = idsOf();
  server.hold = Promise.resolve();
  start(0);
  await until(() => expect(server.arrived.length).toBe(4));
  expect(server.arrived.map(({ to }) => to[0])).toEqual([
    '1@example.rw',
    '1@example.rw',
    '2@example.rw',
    '3@example.rw',
  ]);
  expect(idsOf()[1]).toBe(first);
  expect(new Set(idsOf()).size).toBe(3);
});
