import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { alikeInSteps, alikeTo, personOf } from '#main/features/patients/similar.ts';
import { likelySame, type Person, worthALook } from '#shared/domain/patients/likeness.ts';
import { atMost, type Bench, type Measure, percentile } from './measure.ts';
import { cipher, localWithPatients } from './support/local.ts';
import { identifiers, person, telecoms } from './support/people.ts';

const exchanged = (born: string | null): string | null =>
  born && [born.slice(0, 4), born.slice(8), born.slice(5, 7)].join('-');

/** Patient `i` as compared, with everything that is on record. */
const known = (i: number): Person =>
  personOf({
    ...person(i),
    telecoms: JSON.stringify(telecoms(i).map(({ value }) => value)),
    identifiers: JSON.stringify(identifiers(i).map(({ type, value }) => `${type} ${value}`)),
  });

/** What a desk types of patient `i` as it goes on, and how it goes wrong. */
const typings = (i: number): readonly Person[] => {
  const whole = { ...known(i), mrn: null };
  const nothing = {
    ...whole,
    given: '',
    gender: null,
    birthDate: null,
    phone: null,
    otherPhones: [],
    identifiers: [],
    addressLine: null,
    city: null,
  };
  const named = { ...nothing, given: whole.given };
  const swappable = Number(whole.birthDate?.slice(8)) <= 12;
  return [
    nothing,
    named,
    { ...named, birthDate: whole.birthDate },
    whole,
    { ...whole, family: whole.given, given: whole.family, phone: null },
    {
      ...whole,
      family: `${whole.family.slice(0, -1)}x`,
      birthDate: swappable ? exchanged(whole.birthDate) : null,
    },
    { ...named, given: whole.given.slice(0, 1), phone: whole.phone },
    { ...whole, birthDate: `${whole.birthDate?.slice(0, 4)}-01-01`, birthDateEstimated: true, phone: null },
  ];
};

/** How long everything else waits for each step of looking for pairs after a synchronisation. */
const stepsOf = async (store: LocalReader, count: number): Promise<readonly number[]> => {
  const steps: number[] = [];
  let start = 0;
  const pause = () => {
    steps.push(performance.now() - start);
    return new Promise<void>((resolve) =>
      setImmediate(() => {
        start = performance.now();
        resolve();
      }),
    );
  };
  for (let i = 0; i < 200; i += 1) {
    start = performance.now();
    await alikeInSteps(store, known(Math.floor((i * count) / 200)), likelySame, pause);
    steps.push(performance.now() - start);
  }
  return steps;
};

/** Who looks like the person being registered, in a register of 200,000 patients, or of `rows`. */
export const duplicates: Bench = async ({ rows }): Promise<readonly Measure[]> => {
  const count = rows ?? 200_000;
  const { local, remove } = localWithPatients(count);
  try {
    const checks: number[] = [];
    const lookups: number[] = [];
    for (let i = 0; i < 60; i += 1) {
      const who = Math.floor((i * count) / 60);
      for (const typed of typings(who)) {
        const start = performance.now();
        alikeTo(local.store, typed, worthALook);
        checks.push(performance.now() - start);
      }
      for (let n = 0; n < 20; n += 1) {
        const { id } = person((who + n * 97) % count);
        const start = performance.now();
        local.store.get(localDb.selectFrom('patient').selectAll().where('id', '=', id));
        lookups.push(performance.now() - start);
      }
    }
    const steps = await stepsOf(local.store, count);
    const floor = percentile(lookups, 0.95);
    const common = { bench: 'duplicates', unit: 'ms', rows: count, cipher, runs: checks.length } as const;
    const p95 = percentile(checks, 0.95);
    return [
      { ...common, metric: 'p50', value: percentile(checks, 0.5) },
      { ...atMost({ ...common, metric: 'p95', value: p95 }, 50), floor, ratio: p95 / floor },
      { ...common, metric: 'max', value: Math.max(...checks) },
      {
        ...atMost({ ...common, metric: 'step p99', value: percentile(steps, 0.99) }, 16),
        runs: steps.length,
      },
    ];
  } finally {
    remove();
  }
};
