import { readFileSync } from 'node:fs';
import { documentOf } from '#main/transport/http/api/document.ts';
import { operations } from '#main/transport/http/api/operations.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

/** The document a running host answers at `/api/v1/openapi.json`, for tools that want a file. */
process.stdout.write(`${JSON.stringify(documentOf(operations, version), null, 2)}\n`);
