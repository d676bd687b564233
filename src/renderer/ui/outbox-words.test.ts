import { describe, expect, it } from 'vitest';
import { prescriptionActions } from '#shared/domain/prescribing/prescription.ts';
import { tableNames } from '#shared/sync/catalogue.ts';
import { detailOf, kindOf, refusalOf, roots, tableWords } from './outbox-words.ts';

describe('words of the outbox', () => {
  it.each([
    ['CH101', 'noSuchRow'],
    ['CH102', 'notAllowed'],
    ['23503', 'noSuchRow'],
    ['CH103', 'tooLarge'],
    ['23505', 'alreadyThere'],
    ['23P01', 'slotTaken'],
    ['toString', 'other'],
    ['23514', 'badValue'],
    ['22001', 'badValue'],
    ['42703', 'program'],
    ['P0001', 'other'],
    [null, 'other'],
  ] as const)('%s is %s', (sqlstate, expected) => {
    expect(refusalOf({ kind: 'patient.update', sqlstate })).toBe(expected);
  });

  it('says of money that another desk took it before', () => {
    expect(refusalOf({ kind: 'payment.refund', sqlstate: 'CH102' })).toBe('refundTooMuch');
    expect(refusalOf({ kind: 'payment.use-deposit', sqlstate: 'CH102' })).toBe('depositGone');
    expect(refusalOf({ kind: 'payment.record', sqlstate: 'CH102' })).toBe('notAllowed');
  });

  it('has words for a kind, and a general word for one it does not know', () => {
    expect(kindOf('patient.register')).toBe('patient-register');
    expect(kindOf('toString')).toBe('other');
    expect(kindOf('something.new')).toBe('other');
  });

  it('shows parked work once, under what leads to it', () => {
    const parked = [
      { n: 3, dependents: [4, 5] },
      { n: 4, dependents: [5] },
      { n: 5, dependents: [] },
      { n: 7, dependents: [] },
    ];
    expect(roots(parked).map(({ n }) => n)).toEqual([3, 7]);
  });

  it('has a word for every synced table', () => {
    for (const table of tableNames) expect(tableWords(table)).toBe(table);
    expect(tableWords('something_new')).toBe('other');
  });
});

it('shows the server’s own words only where ours do not say enough', () => {
  const message = 'duplicate key value violates unique constraint "patient_mrn"';
  const kind = 'patient.register';
  expect(detailOf({ kind, sqlstate: '23505', message })).toBeNull();
  expect(detailOf({ kind, sqlstate: '42703', message })).toBe(message);
  expect(detailOf({ kind, sqlstate: null, message })).toBe(message);
});

/** Work of the program itself, which nobody at a screen has asked for. */
const unseen = [
  'note.drop-draft',
  'form.keep',
  'form.discard',
  'session.pin',
  'session.try',
  'panel.code',
  'mail.queue',
  'mail.news',
  'api.answer',
  'api.secret',
  'api.session',
];

const sources = import.meta.glob<string>(
  ['/src/main/{features,core,session}/**/*.ts', '!/src/main/**/*.test.ts'],
  { query: '?raw', import: 'default', eager: true },
);

/** Kinds as they are written where a mutation is made, or handed to what makes it. */
const kindsIn = (text: string): readonly string[] => {
  const written = [...text.matchAll(/\bkind(?::|\s=)[^,;}]*/g)].flatMap(([part]) =>
    [...part.matchAll(/'([a-z]+(?:-[a-z]+)*\.[a-zA-Z-]+)'/g)].map(([, kind = '']) => kind),
  );
  const handed = [...text.matchAll(/\b(?:update|replace)\((?:deps, )?'([a-z]+\.[a-zA-Z-]+)'/g)];
  return [...written, ...handed.map(([, kind = '']) => kind)];
};

it('names in words whatever waits for the centre', () => {
  const kinds = Object.values(sources).flatMap(kindsIn);
  expect(kinds.length).toBeGreaterThan(50);
  const made = [...kinds, ...prescriptionActions.map((action) => `prescription.${action}`)];
  const nameless = made.filter((kind) => kindOf(kind) === 'other' && !unseen.includes(kind));
  expect([...new Set(nameless)].toSorted()).toEqual([]);
});
