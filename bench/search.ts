import { findPatients } from '#main/data/local/patient-search.ts';
import { localDb } from '#main/data/local/query.ts';
import { parsePatientSearch } from '#shared/domain/patients/search.ts';
import { atMost, type Bench, type Measure, percentile } from './measure.ts';
import { cipher, localWithPatients } from './support/local.ts';
import { person } from './support/people.ts';

const context = { today: '2026-11-23', order: 'day-first' } as const;

/** What a person types to find patient `i`, letter by letter: names in both orders, record number, phone, birth date. */
const typings = (i: number): readonly string[] => {
  const { family, given, mrn, phone, birth_date } = person(i);
  const first = given.split(' ')[0] ?? given;
  const whole = [
    `${family} ${first}`,
    `${first} ${family}`.toLowerCase(),
    mrn,
    (phone ?? '').slice(4),
    (birth_date ?? '').split('-').toReversed().join('/'),
    `${family.slice(0, 3)} ${(birth_date ?? '').slice(0, 4)}`,
  ];
  return whole.flatMap((text) => Array.from({ length: text.length }, (_, n) => text.slice(0, n + 1)));
};

const measureAt = (count: number, limit: number): readonly Measure[] => {
  const { local, remove } = localWithPatients(count);
  try {
    const searches: number[] = [];
    const lookups: number[] = [];
    for (let i = 0; i < 40; i += 1) {
      const who = Math.floor((i * count) / 40);
      for (const text of typings(who)) {
        const start = performance.now();
        findPatients(local.store, parsePatientSearch(text, context), 20);
        searches.push(performance.now() - start);
      }
      for (let n = 0; n < 20; n += 1) {
        const { id } = person((who + n * 97) % count);
        const start = performance.now();
        local.store.get(localDb.selectFrom('patient').selectAll().where('id', '=', id));
        lookups.push(performance.now() - start);
      }
    }
    const floor = percentile(lookups, 0.95);
    const common = { bench: 'search', unit: 'ms', rows: count, cipher, runs: searches.length } as const;
    const p95 = percentile(searches, 0.95);
    return [
      { ...atMost({ ...common, metric: 'p95', value: p95 }, limit), floor, ratio: p95 / floor },
      { ...common, metric: 'max', value: Math.max(...searches) },
    ];
  } finally {
    remove();
  }
};

/** Find while typing, every key press of it, in a register of 200,000 patients, or of `rows`. */
export const search: Bench = async ({ rows }) => {
  const count = rows ?? 200_000;
  return measureAt(count, count > 200_000 ? 30 : 15);
};
