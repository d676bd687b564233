import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinichub-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inUse = expect.objectContaining({ code: 'in-use' });
const taken = (): unknown => {
  try {
    lockFolder(folder)();
    return null;
  } catch (error) {
    return error;
  }
};

/** Another process that takes the folder and does nothing else until it is killed. */
const holder = async () => {
  const program = `
    import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
    lockFolder(${JSON.stringify(folder)});
    console.log('taken');
    setInterval(() => undefined, 1_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
};

test('the lock of a process that was killed outright holds nobody up', async () => {
  const child = await holder();
  expect(taken()).toEqual(inUse);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(taken()).toBeNull();
});

test('rubbish in the lock file is put away, unless somebody holds it', async () => {
  const file = join(folder, 'workstation.lock');
  writeFileSync(file, 'x'.repeat(4096));
  expect(taken()).toBeNull();
  const child = await holder();
  writeFileSync(file, 'x'.repeat(4096));
  expect(taken()).toEqual(inUse);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(taken()).toBeNull();
});
