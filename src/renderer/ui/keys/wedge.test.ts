import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMrn, mrnLimit } from '#shared/domain/patients/mrn.ts';
import { type Scan, Wedge } from './wedge.ts';

const number = fc.integer({ min: 0, max: mrnLimit - 1 }).map((count) => formatMrn('RUH', count));
const mrn = formatMrn('RUH', 123_456);

/** What becomes of keys that come `gap` milliseconds after each other: those given back at the end, and scans. */
const type = (
  keys: readonly string[],
  gap: number | ((index: number) => number),
  wedge = new Wedge<string>(),
) => {
  const back: string[] = [];
  const scans: Scan[] = [];
  let at = 1000;
  for (const [index, key] of keys.entries()) {
    const { release, kept, scanned } = wedge.press(key, at, key);
    back.push(...release);
    if (scanned) scans.push(scanned.scan);
    else if (!kept) back.push(key);
    at += typeof gap === 'number' ? gap : gap(index);
  }
  return { back, scans, held: wedge.drop() };
};

describe('a scan', () => {
  it('is a whole record number at a machine’s speed and Enter or Tab, in any case', () => {
    fc.assert(
      fc.property(
        number,
        fc.constantFrom('Enter', 'Tab'),
        fc.boolean(),
        fc.integer({ min: 0, max: 30 }),
        (text, end, lower, gap) => {
          const typed = lower ? text.toLowerCase() : text;
          expect(type([...typed, end], gap)).toEqual({
            back: [],
            scans: [{ kind: 'number', mrn: text }],
            held: [],
          });
        },
      ),
    );
  });

  it('may be held up once it is clear that a machine types', () => {
    expect(type([...mrn, 'Enter'], (index) => (index < 2 ? 5 : 100)).scans).toHaveLength(1);
    expect(type([...mrn, 'Enter'], (index) => (index < 2 ? 5 : 101)).scans).toEqual([]);
  });

  it('may be held up for longer where keys need not wait, but is faster than a person as a whole', () => {
    const wedge = new Wedge<string>();
    const typed = (gaps: readonly number[]) => {
      let at = 0;
      return [...mrn, 'Enter'].map((key, index) => {
        at += gaps[index % gaps.length] ?? 0;
        return wedge.press(key, at, key, 300).scanned;
      });
    };
    expect(typed([5, 5, 290]).at(-1)?.scan).toEqual({ kind: 'number', mrn });
    expect(typed([110]).at(-1)).toBeNull();
  });

  it('is misread when its check symbol is wrong', () => {
    const wrong = mrn.slice(0, -1) + (mrn.endsWith('2') ? '3' : '2');
    expect(type([...wrong, 'Enter'], 2)).toEqual({
      back: [],
      scans: [{ kind: 'misread', text: wrong }],
      held: [],
    });
  });

  it('is found right behind other keys, and twice in a row', () => {
    const result = type(['x', '1', 'R', ...mrn, 'Enter', ...mrn, 'Tab'], 1);
    expect(result.back).toEqual(['x', '1', 'R']);
    expect(result.scans).toEqual([
      { kind: 'number', mrn },
      { kind: 'number', mrn },
    ]);
  });
});

describe('what is no scan', () => {
  it.each([
    ['typed by hand', [...mrn, 'Enter'], 31],
    ['without an end', [...mrn], 1],
    ['without its dashes', [...mrn.replaceAll('-', ''), 'Enter'], 1],
    ['cut short', [...mrn.slice(0, -1), 'Enter'], 1],
    ['one symbol too long', [...mrn, '2', 'Enter'], 1],
    ['a shortcut', ['g', 'd'], 1],
    ['keys of a list', ['ArrowDown', 'c', 'Enter'], 1],
  ])('%s is given back in order, nothing lost', (_what, keys, gap) => {
    const { back, scans, held } = type(keys, gap);
    expect(scans).toEqual([]);
    expect([...back, ...held]).toEqual(keys);
  });

  it('is given back in order, whatever is typed at whatever speed', () => {
    const key = fc.constantFrom('r', 'U', 'H', '-', '2', '1', 'Enter', 'Tab', 'Escape', 'é', '');
    fc.assert(
      fc.property(fc.array(key, { maxLength: 30 }), fc.integer({ min: 0, max: 120 }), (keys, gap) => {
        const { back, held } = type(keys, gap);
        expect([...back, ...held]).toEqual(keys);
      }),
    );
  });

  it('waits for nobody longer than a person notices', () => {
    const wedge = new Wedge<string>();
    wedge.press('r', 0, 'r');
    expect(wedge.patience).toBe(30);
    expect(wedge.press('l', 1, 'l')).toEqual({ release: ['r'], kept: false, scanned: null });
    expect(wedge.drop()).toEqual([]);
  });

  it('is a number with a modifier down', () => {
    const wedge = new Wedge<string>();
    expect(wedge.press('', 0, 'Ctrl+K').kept).toBe(false);
  });
});
