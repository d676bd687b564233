import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainsOf, isForked } from './chain.ts';
import { wordsOfNumber } from './number-words.ts';
import { lineProblems, mayChange, mayDo, type PrescriptionLine } from './prescription.ts';
import { parseQuickEntry } from './quick-entry.ts';
import { sigOf } from './sig.ts';

const nothing = {
  doseValue: null,
  doseUnit: null,
  route: null,
  frequency: null,
  asNeeded: false,
  maxPerDay: null,
  duration: null,
  quantity: null,
  repeats: null,
  note: '',
};

describe('a prescription in one line', () => {
  it.each([
    [
      'amox 500 tds 7d',
      { medicine: 'amox', doseValue: '500', frequency: 'TDS', duration: { value: 7, unit: 'd' } },
    ],
    [
      'amoxicillin 500mg po t.d.s. for 7 days',
      {
        medicine: 'amoxicillin',
        doseValue: '500',
        doseUnit: 'mg',
        route: 'oral',
        frequency: 'TDS',
        duration: { value: 7, unit: 'd' },
      },
    ],
    [
      'paracetamol 1 g qid prn max 4/day 5d #20 r2',
      {
        medicine: 'paracetamol',
        doseValue: '1',
        doseUnit: 'g',
        frequency: 'QID',
        asNeeded: true,
        maxPerDay: '4',
        duration: { value: 5, unit: 'd' },
        quantity: '20',
        repeats: 2,
      },
    ],
    [
      'Amlodipine 5 mg tab 1 od 1/12',
      {
        medicine: 'Amlodipine 5 mg tab',
        doseValue: '1',
        frequency: 'OD',
        duration: { value: 1, unit: 'mo' },
      },
    ],
    [
      'lévothyroxine 0,5 cp le matin',
      { medicine: 'lévothyroxine', doseValue: '0.5', doseUnit: 'tablet', frequency: 'MANE' },
    ],
    [
      'salbutamol 2 puffs inh prn',
      { medicine: 'salbutamol', doseValue: '2', doseUnit: 'puff', route: 'inhaled', asNeeded: true },
    ],
    [
      'metronidazole 400 8h 5/7 after food',
      {
        medicine: 'metronidazole',
        doseValue: '400',
        frequency: 'Q8H',
        duration: { value: 5, unit: 'd' },
        note: 'after food',
      },
    ],
    ['vitamin b 12 1 od', { medicine: 'vitamin b', doseValue: '12', frequency: 'OD', note: '1' }],
    [
      'ibuprofène 400 mg 3 fois par jour 5 jours',
      {
        medicine: 'ibuprofène',
        doseValue: '400',
        doseUnit: 'mg',
        frequency: 'TDS',
        duration: { value: 5, unit: 'd' },
      },
    ],
    ['fucidic acid cream', { medicine: 'fucidic acid cream' }],
    ['', { medicine: '' }],
  ])('%s', (line, expected) => {
    expect(parseQuickEntry(line)).toEqual({ ...nothing, ...expected });
  });

  it('reads what it can and drops no word', () => {
    const name = fc.constantFrom('amoxicillin', 'fer', 'co-trimoxazole', 'vitamine');
    const dose = fc.constantFrom('500 mg', '1 tab', '0,5 ml');
    const often = fc.constantFrom('tds', 'bd', 'q6h', 'nocte');
    const long = fc.constantFrom('7d', '2 weeks', '10 jours');
    const note = fc.constantFrom('food', 'wash', 'later');
    fc.assert(
      fc.property(name, dose, often, long, note, (...parts) => {
        const entry = parseQuickEntry(parts.join(' '));
        expect(entry.medicine).toBe(parts[0]);
        expect(entry.note).toBe(parts[4]);
        expect([entry.doseValue, entry.doseUnit, entry.frequency, entry.duration]).not.toContain(null);
      }),
    );
  });
});

const line: PrescriptionLine = {
  medication: 'Amoxicillin 500 mg capsule',
  doseValue: '500',
  doseUnit: 'mg',
  route: 'oral',
  frequency: 'TDS',
  asNeeded: false,
  asNeededFor: null,
  maxPerDay: null,
  duration: { value: 7, unit: 'd' },
  quantity: null,
  quantityUnit: null,
  repeats: 0,
  startDate: '2026-11-23',
  endDate: null,
  note: null,
};

describe('directions', () => {
  it('are one line in each language', () => {
    expect(sigOf('en', line)).toBe('500 mg by mouth, 3 times a day, for 7 days');
    expect(sigOf('fr', line)).toBe('500 mg par voie orale, 3 fois par jour, pendant 7 jours');
    const needed = {
      ...line,
      doseValue: '0.5',
      doseUnit: 'tablet',
      frequency: null,
      asNeeded: true,
      asNeededFor: 'pain',
      maxPerDay: '4',
      duration: null,
    };
    expect(sigOf('en', needed)).toBe('0.5 tablet by mouth, as needed for pain, at most 4 times in 24 hours');
    expect(sigOf('fr', { ...needed, asNeededFor: null })).toBe(
      '0,5 comprimé par voie orale, si besoin, au plus 4 fois par 24 heures',
    );
  });

  it.each([
    ['21', 'twenty-one', 'vingt-et-un'],
    ['80', 'eighty', 'quatre-vingts'],
    ['91', 'ninety-one', 'quatre-vingt-onze'],
    ['71', 'seventy-one', 'soixante-et-onze'],
    ['200', 'two hundred', 'deux-cents'],
    ['105', 'one hundred and five', 'cent-cinq'],
  ])('%s in words', (value, english, french) => {
    expect(wordsOfNumber('en', value)).toBe(english);
    expect(wordsOfNumber('fr', value)).toBe(french);
  });
});

describe('what is wrong', () => {
  it.each([
    [{}, {}],
    [{ medication: ' ' }, { medication: 'required' }],
    [{ doseValue: '0' }, { doseValue: 'above-zero' }],
    [{ doseValue: '-1' }, { doseValue: 'above-zero' }],
    [{ doseValue: '1,500' }, { doseValue: 'two-numbers' }],
    [{ quantity: '12,000' }, { quantity: 'two-numbers' }],
    [{ doseValue: '0,125' }, {}],
    [{ doseValue: '1,25' }, {}],
    [{ doseValue: '1 500' }, {}],
    [{ doseValue: 'x' }, { doseValue: 'number' }],
    [{ doseUnit: null }, { doseUnit: 'required' }],
    [{ frequency: null }, { frequency: 'required' }],
    [{ frequency: 'now and then' }, { frequency: 'frequency' }],
    [{ endDate: '2026-11-22' }, { endDate: 'order' }],
    [{ quantity: '0' }, { quantity: 'above-zero' }],
    [{ repeats: 99 }, { repeats: 'repeats' }],
    [{ duration: { value: 800, unit: 'd' as const } }, { duration: 'duration' }],
  ])('%o', (more, problems) => {
    expect(lineProblems({ ...line, ...more })).toEqual(problems);
  });

  it('what is over does not go on', () => {
    expect(mayDo('active', 'hold')).toBe(true);
    expect(mayDo('stopped', 'resume')).toBe(false);
    expect(mayDo('draft', 'stop')).toBe(false);
    expect(mayChange('stopped')).toBe(false);
  });
});

describe('versions', () => {
  const version = (id: string, parentId: string | null = null, voided = false) => ({
    id,
    parentId,
    voided,
    createdAt: id,
  });

  it('are one prescription, whose newest one holds', () => {
    const [chain, ...more] = chainsOf([version('b', 'a'), version('a')]);
    expect(more).toEqual([]);
    expect(chain).toMatchObject({ id: 'a', newest: [{ id: 'b' }] });
  });

  it('written of one at two desks are a fork until one is taken back with all that followed it', () => {
    const forked = [version('a'), version('b', 'a'), version('c', 'a'), version('d', 'c')];
    const [chain] = chainsOf(forked);
    expect(chain && isForked(chain)).toBe(true);
    expect(chain?.newest.map(({ id }) => id)).toEqual(['b', 'd']);
    const [settled] = chainsOf([version('a'), version('b', 'a'), version('c', 'a', true), version('d', 'c')]);
    expect(settled?.newest.map(({ id }) => id)).toEqual(['b']);
  });

  it('that name each other in a circle end, and each row is in one prescription', () => {
    const rows = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.option(fc.nat({ max: 9 })), fc.boolean()), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(rows, (raw) => {
        const versions = [
          ...new Map(
            raw.map(([id, parent, voided]) => [
              id,
              version(String(id), parent === null ? null : String(parent), voided),
            ]),
          ).values(),
        ];
        const chains = chainsOf(versions);
        expect(chains.flatMap((chain) => chain.versions).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
          versions.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        );
      }),
    );
  });
});
