import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { documentOf } from './document.ts';
import { operations } from './operations.ts';

const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');

/** Nothing is sent and nothing is looked for. */
const alone = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

const lint = async (document: object): Promise<{ problems: { ruleId: string; message: string }[] }> => {
  const folder = mkdtempSync(join(tmpdir(), 'clinichub-openapi-'));
  try {
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
    const told = await promisify(execFile)(
      process.execPath,
      [cli, 'lint', 'openapi.json', '--extends', 'recommended', '--format', 'json'],
      { cwd: folder, env: { ...process.env, ...alone }, maxBuffer: 64 * 1024 * 1024 },
    ).catch((error: { readonly stdout?: string }) => ({ stdout: error.stdout ?? '' }));
    return JSON.parse(told.stdout.slice(told.stdout.indexOf('{')));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

it('the document keeps every recommended rule', async () => {
  const { problems } = await lint(documentOf(operations, '1.0.0'));
  expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
});

it('the rules find what is wrong', async () => {
  const document = documentOf(operations, '1.0.0') as { paths: Record<string, Record<string, object>> };
  const [path = '', methods = {}] = Object.entries(document.paths)[0] ?? [];
  const [method = ''] = Object.keys(methods);
  const broken = {
    ...document,
    paths: {
      ...document.paths,
      [path]: { [method]: { ...methods[method], operationId: 'getMe', responses: {} } },
    },
  };
  const { problems } = await lint(broken);
  expect(problems.map(({ ruleId }) => ruleId)).toContain('operation-operationId-unique');
});
