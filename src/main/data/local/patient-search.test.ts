import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePatientSearch } from '#shared/domain/patients/search.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { openReady, somePatient, type TemporaryLocal } from '#tests/support/sync-local.ts';
import { findPatients, searchPatients } from './patient-search.ts';

let temporary: TemporaryLocal;
const context = { today: '2026-11-23', order: 'day-first' } as const;
const header = { kind: 'x', user: null };

const people: Readonly<Record<string, Partial<RowOf<'patient'>>>> = {
  zoe: {
    mrn: 'A1-000001',
    family: 'Mercier',
    given: 'Zoé Anne',
    birth_date: '1987-04-12',
    phone: '+33612345678',
  },
  marc: {
    mrn: 'A1-000002',
    family: 'Mercier',
    given: 'Marc',
    birth_date: '1987-05-01',
    phone: '+33699999999',
  },
  jurgen: {
    mrn: 'A1-000003',
    family: 'Straße',
    given: 'Jürgen',
    birth_date: '1950-01-01',
    phone: '+49301234567',
  },
  soren: {
    mrn: 'A1-000004',
    family: 'Ørsted',
    given: 'Søren',
    birth_date: '1950-01-02',
    phone: '555-271-1234',
  },
  ndiaye: { mrn: 'A1-000005', family: "N'Diaye", given: 'Jean-Paul', birth_date: null, phone: null },
  keza: {
    mrn: 'A1-000006',
    family: 'Uwase',
    given: 'Keza',
    birth_date: '2001-12-31',
    phone: '+250788123456',
  },
  merci: { mrn: 'A1-000007', family: 'Merci', given: 'Ana', birth_date: '1999-09-09', phone: '+12025550143' },
  gone: { mrn: 'A1-000008', family: 'Mercier', given: 'Voided', voided_at: '2026-01-01T00:00:00.000Z' },
};
const nameOf = new Map<string, string>();

beforeAll(() => {
  temporary = openReady();
  temporary.local.store.mutate(header, (writer) => {
    for (const [name, person] of Object.entries(people)) {
      const row = somePatient(person);
      nameOf.set(row.id, name);
      writer.insert('patient', row);
    }
  });
});
afterAll(() => temporary.remove());

const find = (text: string, limit = 20) =>
  searchPatients(temporary.local.store, parsePatientSearch(text, context), limit).map((id) => nameOf.get(id));

test.each<[text: string, found: readonly string[]]>([
  ['mercier', ['marc', 'zoe']],
  ['merci', ['merci', 'marc', 'zoe']],
  ['zoe mercier', ['zoe']],
  ['MERC zo', ['zoe']],
  ['m z', ['zoe']],
  ['anne', ['zoe']],
  ['strasse', ['jurgen']],
  ['Straße', ['jurgen']],
  ['jurgen', ['jurgen']],
  ['orsted soren', ['soren']],
  ['diaye', ['ndiaye']],
  ["n'diaye jean", ['ndiaye']],
  ['paul', ['ndiaye']],
  ['12/04/1987', ['zoe']],
  ['1987', ['marc', 'zoe']],
  ['mercier 1987-05-01', ['marc']],
  ['0612345678', ['zoe']],
  ['06 12 34', ['zoe']],
  ['+33 6 12 34', ['zoe']],
  ['5678', ['zoe']],
  ['345678', ['zoe']],
  ['0788123456', ['keza']],
  ['788123', ['keza']],
  ['202555', ['merci']],
  ['030 1234', ['jurgen']],
  ['555-271', ['soren']],
  ['2711234', ['soren']],
  ['uwase 07881', ['keza']],
  ['mercier 07881', []],
  ['voided', []],
  ['nobody', []],
  ['', []],
  ['"', []],
  ['zoe" OR "marc', []],
])('%j finds %j', (text, found) => {
  expect(find(text)).toEqual(found);
});

test('a record number decides alone, in any case of its letters', () => {
  const search = {
    tokens: ['mercier'],
    birthDate: null,
    phoneDigits: null,
    mrn: 'a1-000006',
    identifier: null,
  };
  expect(searchPatients(temporary.local.store, search, 20).map((id) => nameOf.get(id))).toEqual(['keza']);
  const rest = searchPatients(temporary.local.store, { ...search, mrn: 'a1-999999' }, 20);
  expect(rest.map((id) => nameOf.get(id))).toEqual(['marc', 'zoe']);
});

test('no more than the limit, as rows in the same order', () => {
  expect(find('merci', 2)).toEqual(['merci', 'marc']);
  const rows = findPatients(temporary.local.store, parsePatientSearch('merci', context), 2);
  expect(rows.map(({ family, given }) => `${family} ${given}`)).toEqual(['Merci Ana', 'Mercier Marc']);
});

test('a patient is found by the new name after a change, and no longer by the old one', () => {
  const { store } = temporary.local;
  const row = somePatient({ mrn: 'X', family: 'Before', given: 'Someone' });
  store.mutate(header, (writer) => writer.insert('patient', row));
  store.mutate(header, (writer) => writer.update('patient', row.id, { family: 'Ångström' }));
  expect(searchPatients(store, parsePatientSearch('before', context), 20)).toEqual([]);
  expect(searchPatients(store, parsePatientSearch('angstrom someone', context), 20)).toEqual([row.id]);
});

/** The plan of every statement a search runs, as SQLite explains it. */
const plansOf = (text: string): readonly string[] => {
  const { db, store } = temporary.local;
  const plans: string[] = [];
  const explaining = {
    ...store,
    all: <T>(query: Parameters<typeof store.all<T>>[0]) => {
      const { sql, parameters } = query.compile();
      const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[];
      plans.push(...steps.map(({ detail }) => detail));
      return store.all<T>(query);
    },
  };
  searchPatients(explaining, parsePatientSearch(text, context), 20);
  return plans;
};

test.each([
  'm',
  'mercier zoe',
  'mercier 1987',
  '1987',
  '06 12 34',
  'mercier 061234',
  '1987 061234',
  'A1-000001',
])('the search for %j scans no table and sorts no set of matches', (text) => {
  const plans = plansOf(text);
  expect(plans.length).toBeGreaterThan(0);
  for (const step of plans) {
    expect(step).not.toMatch(/SCAN (patient|p)\b/);
    expect(step).not.toMatch(/TEMP B-TREE FOR ORDER/);
  }
});

/** Names as people of many places write them, and letters that SQLite's index and JavaScript disagree on. */
const written = [
  '김',
  'محمد أحمد',
  'कुमार',
  'สมชาย',
  'ガンジー',
  'Андрей',
  'Ёлка',
  'Їжак',
  'Nguyễn',
  'Ἀλέξανδρος',
  'ΝΊΚΟΣ',
  'דָּוִד',
  'തോമസ്',
  'İpek',
  'IŞIL',
  'Dʼarc',
  'Đỗ',
  '王小明',
  'ﬁona',
  'Ŀl',
  'aⅣ',
  'm\u19b2m',
  'm\u1cf3m',
  'a𞤢b',
  'a😀b',
] as const;

test.each(written)('a patient is found by the own name: %s', (family) => {
  const row = somePatient({ mrn: `W-${family}`, family, given: 'Probe' });
  const { store } = temporary.local;
  store.mutate(header, (writer) => writer.insert('patient', row));
  for (const typed of [family, family.toLowerCase(), family.normalize('NFD')])
    expect([typed, searchPatients(store, parsePatientSearch(typed, context), 20)]).toEqual([
      typed,
      expect.arrayContaining([row.id]),
    ]);
});
