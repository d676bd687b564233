/**
 * `node scripts/complete-lock.ts` after `npm install`: npm drops the binaries of other systems from the lock when it
 * cannot see them, and then `npm ci` fails, or a Windows PC gets no formatter. Their versions are their owners' own.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { completed, missingBinaries, readLock } from './lock/complete.ts';

const file = resolve(import.meta.dirname, '../package-lock.json');
const lock = readLock(readFileSync(file, 'utf8'));
const missing = missingBinaries(lock);
if (missing.size > 0) writeFileSync(file, `${JSON.stringify(completed(lock), null, 2)}\n`);
console.log(
  missing.size === 0 ? 'The lock is complete.' : `Added ${missing.size} binaries of other systems.`,
);
