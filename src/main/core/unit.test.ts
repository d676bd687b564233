import { afterAll, beforeAll, expect, it } from 'vitest';
import { localDb } from '#main/data/local/query.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type Clinic, mutesi, now, openClinic } from '#tests/support/core-clinic.ts';
import { inUnit, withUnits } from './unit.ts';

let clinic: Clinic;
let store: LocalStore;
beforeAll(() => {
  clinic = openClinic();
  store = withUnits(clinic.temporary.local.store);
});
afterAll(() => clinic.close());

const write = (city: string) =>
  store.mutate({ kind: 'test', user: null }, (writer) => writer.update('patient', mutesi.id, { city }));
const trail = {
  ...blank('audit_event'),
  id: crypto.randomUUID(),
  recorded_at: new Date(now).toISOString(),
  action: 'R',
  event: 'chart-open',
  outcome: 'success',
};
const city = () => store.get(localDb.selectFrom('patient').select('city').where('id', '=', mutesi.id))?.city;
const keep = (value: string) => ({
  first: (writer: Parameters<Parameters<LocalStore['mutate']>[1]>[0]) =>
    writer.keep('own_secret', { name: 'unit', value }),
});
const kept = () =>
  store.get(localDb.selectFrom('own_secret').select('value').where('name', '=', 'unit'))?.value ?? null;

it('is one with the first write alone, and not with what is written outside of it', async () => {
  let runs = 0;
  const unit = { first: () => (runs += 1) };
  await inUnit(unit, async () => {
    await null;
    write('A');
    write('B');
  });
  write('C');
  expect(runs).toBe(1);
});

it('begins with the first row that is shared: what is counted here and the trail come before it', async () => {
  const seen: string[] = [];
  await inUnit({ first: () => seen.push('first') }, async () => {
    store.mutate({ kind: 'test', user: null }, (writer) => {
      writer.keep('own_secret', { name: 'try', value: '1' });
      seen.push('kept');
    });
    store.mutate({ kind: 'test', user: null }, (writer) => writer.insert('audit_event', trail));
    seen.push('noted');
    await null;
    store.mutate({ kind: 'test', user: null }, (writer) => {
      writer.update('patient', mutesi.id, { city: 'Unit' });
      writer.update('patient', mutesi.id, { city: 'Unit again' });
    });
  });
  expect(seen).toEqual(['kept', 'noted', 'first']);
});

it('that refuses leaves nothing written, and may be tried again', async () => {
  let isRefused = true;
  const unit = {
    first: () => {
      if (isRefused) throw new Error('no');
    },
  };
  write('before');
  await expect(inUnit(unit, async () => write('refused'))).rejects.toThrow('no');
  expect(city()).toBe('before');
  isRefused = false;
  await inUnit(unit, async () => write('after'));
  expect(city()).toBe('after');
});

it('writes nothing when what it is one with is not written', async () => {
  const failing = () =>
    store.mutate({ kind: 'test', user: null }, () => {
      throw new Error('no');
    });
  await expect(inUnit(keep('lost'), async () => failing())).rejects.toThrow('no');
  expect(kept()).toBeNull();
  await inUnit(keep('there'), async () => write('D'));
  expect(kept()).toBe('there');
});

it('is over when its work is: what that has begun and goes on later is no part of it', async () => {
  const later = Promise.withResolvers<void>();
  let begun: Promise<unknown> = Promise.resolve();
  await inUnit(keep('late'), async () => {
    begun = later.promise.then(() => write('E'));
  });
  later.resolve();
  await begun;
  expect(city()).toBe('E');
  expect(kept()).toBe('there');
});

it('of two at once are two', async () => {
  const seen: string[] = [];
  const work = (name: string) =>
    inUnit({ first: () => seen.push(name) }, async () => {
      await null;
      write(name);
    });
  await Promise.all([work('one'), work('two')]);
  expect(seen.toSorted()).toEqual(['one', 'two']);
});
