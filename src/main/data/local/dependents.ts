import { columnsOf } from '#shared/sync/catalogue.ts';
import type { MutationChange } from '#shared/sync/wire.ts';
import { isTable } from './rows.ts';

/** What is looked at of a parked mutation. */
export interface ParkedWork {
  readonly n: number;
  readonly sqlstate: string | null;
  readonly changes: readonly MutationChange[];
}

/** The centre had no such row, or none that the change names: what it leaned on was refused before it. */
const isForWant = (sqlstate: string | null): boolean => sqlstate === 'CH101' || sqlstate === '23503';

const keyOf = (tbl: string, pk: unknown): string => `${tbl} ${String(pk)}`;

/** The rows a change needs to be there: the one it updates, and those its columns name. */
const needs = ({ tbl, op, pk, values }: MutationChange): readonly string[] => {
  const named = isTable(tbl)
    ? columnsOf(tbl).flatMap(([name, { references }]) => {
        const value = values[name];
        return references === undefined || value === null || value === undefined
          ? []
          : [keyOf(references, value)];
      })
    : [];
  return op === 'update' ? [keyOf(tbl, pk), ...named] : named;
};

/**
 * For each parked mutation those that were refused for want of a row it made, and those that depend on them in turn, by
 * number. `parked` is in the order of the numbers.
 */
export const dependentsAmong = (parked: readonly ParkedWork[]): ReadonlyMap<number, readonly number[]> => {
  const makers = new Map<string, number>();
  const dependents = new Map<number, Set<number>>();
  // Whom each depends on, those included that its own makers depend on.
  const leansOn = new Map<number, ReadonlySet<number>>();
  for (const { n, sqlstate, changes } of parked) {
    dependents.set(n, new Set());
    const on = new Set<number>();
    if (isForWant(sqlstate)) {
      for (const key of changes.flatMap(needs)) {
        const maker = makers.get(key);
        if (maker === undefined) continue;
        for (const one of [maker, ...(leansOn.get(maker) ?? [])]) on.add(one);
      }
    }
    leansOn.set(n, on);
    for (const one of on) dependents.get(one)?.add(n);
    for (const { tbl, op, pk } of changes) {
      const key = keyOf(tbl, pk);
      if (op === 'insert' && !makers.has(key)) makers.set(key, n);
    }
  }
  return new Map([...dependents].map(([n, all]) => [n, [...all].toSorted((a, b) => a - b)]));
};
