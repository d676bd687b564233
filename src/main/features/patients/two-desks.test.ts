import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { settingsOf } from '#main/core/settings.ts';
import { contract, type Input, type Parsed } from '#shared/contract/contract.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import type { Result } from '#shared/kernel/result.ts';
import { type Desk, type TwoWorkstations, twoWorkstations } from '#tests/support/two-workstations.ts';
import { patientHandlers } from './service.ts';

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

/** The patients of a workstation without the rest of it. */
const patients = (desk: Desk) => {
  const handlers = patientHandlers({
    store: desk.local.store,
    engine: {
      wake: () => undefined,
      status: () => desk.engine.status(),
      onStatus: () => () => undefined,
      verdict: async () => null,
      stop: async () => undefined,
      check: () => undefined,
      openPatient: async () => false,
      findPatients: async () => [],
      workstations: async () => [],
      setWorkstation: async () => [],
      enrolWorkstation: () => Promise.reject(new Error('nobody enrols here')),
      audit: () => Promise.reject(new Error('no centre')),
      auditRecord: () => Promise.reject(new Error('no centre')),
      fetchFile: async () => 'out-of-reach' as const,
    },
    clock: systemClock,
    log: { info: () => undefined, error: () => undefined },
    newId: () => v7(),
    settings: settingsOf(desk.local.store),
    home: () => ({ name: 'Lyon', timeZone: 'Europe/Paris', country: 'FR' }),
  });
  const value = async <T>(reply: Result<T> | Promise<Result<T>>): Promise<T> => {
    const done = await reply;
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    return done.value;
  };
  const who = { id: desk.name, user: null } as Connection;
  const reader = { id: desk.name, user: { id: v7() } } as Connection;
  const register = (more: object) =>
    value(
      handlers['patients.register'](
        contract['patients.register'].input.parse({
          ...{ family: 'Haddad', given: 'Samira', gender: 'female', birthDate: '1988-03-07' },
          phone: '06 12 34 56 78',
          ...more,
        }),
        who,
      ),
    );
  const preview = (leftId: string, rightId: string) =>
    value(handlers['patients.mergePreview']({ leftId, rightId } as Parsed<'patients.mergePreview'>, who));
  return {
    register,
    /** Adds to what more is known of a patient, or voids some of it; the details stay. */
    change: async (id: string, particulars: Input<'patients.update'>['particulars']) => {
      const { id: _, ...details } = await value(
        handlers['patients.get']({ id } as Parsed<'patients.get'>, reader),
      );
      const wish = { id, details: { ...details, gender: 'female' }, was: details, particulars };
      return value(handlers['patients.update'](contract['patients.update'].input.parse(wish), who));
    },
    particulars: (id: string) =>
      value(handlers['patients.particulars']({ id } as Parsed<'patients.particulars'>, who)),
    pairs: async () =>
      (await value(handlers['patients.possibleDuplicates']({ before: null }, who))).pairs.map(
        ({ left, right }) => [left.id, right.id].toSorted(),
      ),
    merge: async (id: string, otherId: string, take: Parsed<'patients.merge'>['take'] = []) => {
      const { left, right } = await preview(id, otherId);
      const was = { own: left.values, other: right.values };
      const wish = { id, otherId, take, was } as Parsed<'patients.merge'>;
      return value(handlers['patients.merge'](wish, who));
    },
    unmerge: (id: string) => value(handlers['patients.unmerge']({ id } as Parsed<'patients.unmerge'>, who)),
    keepApart: (id: string, otherId: string) =>
      value(handlers['patients.keepApart']({ id, otherId } as Parsed<'patients.keepApart'>, who)),
    found: async (text: string) =>
      (await value(handlers['patients.search']({ text, limit: 20 }, who))).map(({ id }) => id),
  };
};

/** Both desks register one person while neither knows of the other. */
const registeredTwice = async () => {
  const { a, b } = clinic;
  await a.offline();
  await b.offline();
  const one = await patients(a).register({});
  const other = await patients(b).register({ given: 'Samirah', birthDate: '1988-07-03' });
  await a.online();
  await a.settled();
  await b.online();
  await b.settled();
  await a.settled();
  return [one.id, other.id] as const;
};
const settleAll = async () => {
  const { a, b } = clinic;
  for (const desk of [a, b, a]) await desk.settled();
};

it('one person registered at two desks offline is a pair at both; one merges, and both have one person, until it is taken apart', async () => {
  const { a, b } = clinic;
  const [one, other] = await registeredTwice();
  const pair = [[one, other].toSorted()];
  for (const desk of [a, b]) expect(await patients(desk).pairs(), desk.name).toEqual(pair);
  await patients(b).merge(one, other, ['birth_date']);
  await settleAll();
  for (const desk of [a, b]) {
    expect(await patients(desk).pairs(), desk.name).toEqual([]);
    for (const text of ['samirah', 'haddad', '3.7.1988'])
      expect(await patients(desk).found(text), `${desk.name}, ${text}`).toEqual([one]);
  }
  await patients(a).unmerge(other);
  await settleAll();
  for (const desk of [a, b]) {
    expect(await patients(desk).pairs(), desk.name).toEqual(pair);
    expect((await patients(desk).found('3.7.1988')).toSorted(), desk.name).toEqual(pair[0]);
  }
});

it('two persons who look like one are not asked about again at any desk', async () => {
  const { a, b } = clinic;
  const [one, other] = await registeredTwice();
  await patients(a).keepApart(other, one);
  await settleAll();
  for (const desk of [a, b]) expect(await patients(desk).pairs(), desk.name).toEqual([]);
});

it('merged offline at two desks, each the other way, the first holds and the second waits for a person, whole', async () => {
  const { a, b } = clinic;
  const [one, other] = await registeredTwice();
  await a.offline();
  await b.offline();
  await patients(a).merge(one, other);
  await patients(b).merge(other, one, ['birth_date']);
  await a.online();
  await a.settled();
  await b.online();
  await b.until(({ parked }) => parked === 1);
  await settleAll();
  for (const desk of [a, b]) expect(await patients(desk).found('haddad'), desk.name).toEqual([one]);
  expect(
    await clinic.query(
      'select id, birth_date::text as born from clinichub.patient where merged_into is not null',
    ),
  ).toEqual([{ id: other, born: '1988-07-03' }]);
});

it('what two desks add to one person offline both stays; a merged person has what either record had, and each gets its own back', async () => {
  const { a, b } = clinic;
  const person = await patients(a).register({
    particulars: { identifiers: [{ type: 'NI', value: '1 88 03 75-116' }] },
  });
  await settleAll();
  await a.offline();
  await b.offline();
  const number = '07 11 22 33 44';
  await patients(a).change(person.id, { telecoms: [{ value: number, use: 'work' }] });
  await patients(b).change(person.id, {
    telecoms: [{ value: number }, { value: 'samira@example.org' }],
    identifiers: [{ type: 'PPN', value: '23fv 44' }],
    coverages: [{ payer: 'CPAM', subscriberId: '188037511' }],
    consents: [{ category: 'research', provision: 'deny' }],
  });
  await patients(a).change(person.id, {
    coverages: [{ payer: 'Mutuelle' }],
    consents: [{ category: 'research', provision: 'permit' }],
  });
  const again = await patients(b).register({
    ...{ given: 'Zohra', family: 'Benali', birthDate: null, phone: null, notADuplicate: true },
    particulars: { telecoms: [{ value: '03 44 55 66 77' }] },
  });
  for (const desk of [a, b]) await desk.online();
  await settleAll();
  for (const desk of [a, b]) {
    const here = await patients(desk).particulars(person.id);
    // The number both desks added is one number.
    expect(here.telecoms.map(({ value }) => value).toSorted(), desk.name).toEqual([
      '+33711223344',
      'samira@example.org',
    ]);
    expect(here.identifiers.map(({ type, value }) => `${type} ${value}`).toSorted(), desk.name).toEqual([
      'NI 1880375116',
      'PPN 23FV44',
    ]);
    expect(here.coverages.map(({ payer }) => payer).toSorted(), desk.name).toEqual(['CPAM', 'Mutuelle']);
    // Both answers stay; the one given later holds.
    expect(
      here.consents.map(({ provision }) => provision),
      desk.name,
    ).toEqual(['permit', 'deny']);
    for (const text of ['0711223344', '711223', '23 fv 44', '1-88-03'])
      expect(await patients(desk).found(text), `${desk.name}, ${text}`).toEqual([person.id]);
  }
  await patients(a).merge(person.id, again.id);
  await settleAll();
  const [telecom] = (await patients(b).particulars(again.id)).telecoms.filter(
    ({ value }) => value === '+33711223344',
  );
  expect(await patients(b).found('0344556677')).toEqual([person.id]);
  // Both rows that say the number go.
  await patients(b).change(person.id, {
    voided: [{ kind: 'telecom', id: telecom?.id ?? '', reason: 'the number of a neighbour' }],
  });
  await patients(a).unmerge(again.id);
  await settleAll();
  for (const desk of [a, b]) {
    const valuesOf = async (id: string) =>
      (await patients(desk).particulars(id)).telecoms.map(({ value }) => value);
    expect(await valuesOf(person.id), desk.name).toEqual(['samira@example.org']);
    expect(await valuesOf(again.id), desk.name).toEqual(['+33344556677']);
    expect(await patients(desk).found('0711223344'), desk.name).toEqual([]);
  }
});
