import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const from = (file: string) => JSON.stringify(join(import.meta.dirname, file));

/** Runs a program that ends in order, does `work` and would otherwise go on for ever. */
const run = (
  work: string,
  stop = "console.log('stopped'); await new Promise((done) => setTimeout(done, 50));",
) =>
  new Promise<{ readonly code: unknown; readonly output: string }>((resolve) => {
    const program = `
      import { endInOrder } from ${from('ending.ts')};
      import { jsonLog } from ${from('log.ts')};
      const log = jsonLog((line) => process.stderr.write(line), Date.now);
      endInOrder(log, { untilStdinCloses: true }, async () => { ${stop} });
      setInterval(() => undefined, 1_000);
      ${work}`;
    const child = execFile(
      process.execPath,
      ['--input-type=module', '-e', program],
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
    if (work === '') child.stdin?.end();
  });

const kill = "process.kill(process.pid, 'SIGTERM')";
const fail = "setTimeout(() => { throw new Error('Zyxwvut') }, 5);";

test.each([
  ['at a signal', kill, 0],
  ['with who started it', '', 0],
  ['after a bug', fail, 70],
  ['after a bug, also when it is told to end meanwhile', `${fail}setTimeout(() => ${kill}, 20);`, 70],
])('it ends in order %s, once', async (_when, work, code) => {
  const ended = await run(work);
  expect(ended.code).toBe(code);
  expect(ended.output.match(/stopped/g)).toHaveLength(1);
  expect(ended.output).not.toContain('Zyxwvut');
});

test('an end that fails is told by its exit code', async () => {
  const ended = await run(fail, "throw new RangeError('Zyxwvut')");
  expect(ended.code).toBe(1);
  expect(ended.output).toContain('"error":"RangeError"');
  expect(ended.output).not.toContain('Zyxwvut');
});
