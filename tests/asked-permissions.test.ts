import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { type CallName, contract } from '#shared/contract/contract.ts';
import { permissions, roles } from '#shared/contract/permissions.ts';
import { fixedBecause } from '#shared/domain/access/bounds.ts';

const root = resolve(import.meta.dirname, '../src/renderer');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
  .map((name) => readFileSync(join(root, name), 'utf8'));

const isCall = (name: string): name is CallName => Object.hasOwn(contract, name);
const found = (pattern: RegExp): readonly string[] =>
  sources.flatMap((source) => [...source.matchAll(pattern)].flatMap(([, name]) => name ?? []));

/** Names of calls within what decides whether something is offered: `mayCall(user, '…')`, `call="…"`, `call={… ? '…' : '…'}`. */
const deciding = [
  ...found(/mayCall\([^,]+,\s*'([\w.]+)'/g),
  ...found(/\bcall="([\w.]+)"/g),
  ...found(/\bcall=\{([^}]+)\}/g).flatMap((choice) =>
    [...choice.matchAll(/'([\w.]+)'/g)].flatMap(([, one]) => one ?? []),
  ),
];

/** What somebody with a role may have had taken away; the rest no clinic can change. */
const canBeTaken = permissions.filter((permission) =>
  roles.some((role) => fixedBecause(role, permission) === null),
);

it('whoever may not make a call that changes something is not offered it: its permission is asked for on the way', () => {
  const asked = new Set<string>([
    ...deciding.filter(isCall).map((name) => contract[name].needs),
    ...found(/\bneeds: '([\w.-]+)'/g),
    ...found(/\bmay\([^,]+,\s*'([\w.-]+)'\)/g),
  ]);
  const made = found(/useCommand\('([\w.]+)'/g).filter(isCall);
  expect(made.length).toBeGreaterThan(100);
  const careless = made.filter((name) => {
    const needed = contract[name].needs;
    const isReading = needed.endsWith('.read');
    return canBeTaken.some((one) => one === needed) && !isReading && !asked.has(needed);
  });
  expect(careless).toEqual([]);
});
