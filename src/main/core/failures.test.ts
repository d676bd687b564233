import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const canary = 'Zyxwvut';

/** Runs a program that watches its failures and then does `work`; resolves with how it ended and what it printed. */
const run = (work: string) =>
  new Promise<{ readonly code: number | string | null; readonly output: string }>((resolve) => {
    const program = `
      import { failedExit, watchFailures } from ${JSON.stringify(join(import.meta.dirname, 'failures.ts'))};
      import { jsonLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))};
      watchFailures(jsonLog((line) => process.stderr.write(line), Date.now), () => {
        setTimeout(() => { throw new Error('${canary} again') }, 5);
        setTimeout(() => { console.log('ended in order'); process.exitCode = failedExit; }, 20);
      });
      ${work}`;
    execFile(process.execPath, ['--input-type=module', '-e', program], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });

test('an exception nobody caught ends the process in order, once, and its message is not written down', async () => {
  const { code, output } = await run(`setTimeout(() => { throw new Error('${canary}') }, 5);`);
  expect(output).not.toContain(canary);
  expect(output.match(/"event":"uncaught","error":"Error"/g)).toHaveLength(2);
  expect(output.match(/ended in order/g)).toHaveLength(1);
  expect(code).toBe(70);
});

test('a rejection nobody caught is noted, and the program goes on', async () => {
  const { code, output } = await run(
    `void Promise.reject(new Error('${canary}')); setTimeout(() => console.log('still here'), 20);`,
  );
  expect(output).toContain('"event":"unhandled-rejection"');
  expect(output).toContain('still here');
  expect(output).not.toContain(canary);
  expect(code).toBe(0);
});

test('nobody reading its output is no failure', async () => {
  const { code, output } = await run(
    `process.stdout.emit('error', new Error('EPIPE')); setTimeout(() => console.error('still here'), 20);`,
  );
  expect(output).toContain('still here');
  expect(code).toBe(0);
});
