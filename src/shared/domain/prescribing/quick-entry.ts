import { fold } from '../patients/fold.ts';
import { type Duration, parseDuration } from './duration.ts';
import { frequencyAt } from './frequency.ts';
import { type DrugRoute, parseRoute } from './routes.ts';
import { isCounted, parseAmount, parseUnit } from './units.ts';

/** What one typed line says; what it does not say is null. Nothing typed is dropped: what means nothing else is the note. */
export interface QuickEntry {
  /** What the formulary is searched for. */
  readonly medicine: string;
  readonly doseValue: string | null;
  readonly doseUnit: string | null;
  readonly route: DrugRoute | null;
  readonly frequency: string | null;
  readonly asNeeded: boolean;
  readonly maxPerDay: string | null;
  readonly duration: Duration | null;
  readonly quantity: string | null;
  readonly repeats: number | null;
  readonly note: string;
}

type Found = { -readonly [K in keyof QuickEntry]: QuickEntry[K] } & { readonly notes: string[] };

/** Tries to read something at the start of `words`; gives how many words it took. */
type Reader = (words: readonly string[], found: Found) => number;

const asNeededWords = new Set(['prn', 'sos', 'sn', 'si besoin', 'as needed', 'when required', 'au besoin']);

const readAsNeeded: Reader = (words, found) => {
  for (const count of [2, 1]) {
    if (!asNeededWords.has(fold(words.slice(0, count).join(' ')).replace(/\./gu, ''))) continue;
    found.asNeeded = true;
    return count;
  }
  return 0;
};

const maximum = /^(?:max|maxi|maximum)\.?[ :]?(\d+(?:[.,]\d+)?)(?:x|\/d|\/24h|\/j|\/day|\/jour)?$/u;

const readMaximum: Reader = (words, found) => {
  for (const count of [2, 1]) {
    const [, digits = ''] = maximum.exec(fold(words.slice(0, count).join(' '))) ?? [];
    const amount = digits === '' ? null : parseAmount(digits);
    if (amount === null || found.maxPerDay !== null) continue;
    found.maxPerDay = amount.value;
    // `max 4 per day`, `max 4 a day`: the rest of the phrase says nothing more.
    const after = fold(words.slice(count, count + 2).join(' '));
    return count + (/^(?:per day|a day|par jour|in 24h)$/u.test(after) ? 2 : 0);
  }
  return 0;
};

const counted = /^(?:#|n ?= ?|qty:?|qte:?|disp:?|no:?)\s?(\d{1,5})$/u;

const readQuantity: Reader = (words, found) => {
  for (const count of [2, 1]) {
    const [, digits] = counted.exec(fold(words.slice(0, count).join(' '))) ?? [];
    if (digits === undefined || found.quantity !== null) continue;
    found.quantity = String(Number(digits));
    return count;
  }
  return 0;
};

const repeated = /^(?:r|rpt|rep|repeats?|renouv|renouvelable|ar)\s?[:x]?\s?(\d{1,2})$/u;

const readRepeats: Reader = (words, found) => {
  for (const count of [2, 1]) {
    const [, digits] = repeated.exec(fold(words.slice(0, count).join(' '))) ?? [];
    if (digits === undefined || found.repeats !== null) continue;
    found.repeats = Number(digits);
    return count;
  }
  return 0;
};

const readDuration: Reader = (words, found) => {
  if (found.duration !== null) return 0;
  for (const count of [3, 2, 1]) {
    if (words.length < count) continue;
    const duration = parseDuration(words.slice(0, count).join(' '));
    if (duration === null) continue;
    found.duration = duration;
    return count;
  }
  return 0;
};

const readFrequency: Reader = (words, found) => {
  const at = found.frequency === null ? frequencyAt(words) : null;
  if (at === null) return 0;
  found.frequency = at.code;
  return at.count;
};

const readRoute: Reader = (words, found) => {
  if (found.route !== null) return 0;
  for (const count of [2, 1]) {
    const route = words.length < count ? null : parseRoute(words.slice(0, count).join(' '));
    if (route === null) continue;
    found.route = route;
    return count;
  }
  return 0;
};

const readDose: Reader = (words, found) => {
  if (found.doseValue !== null) return 0;
  const [first = '', second = ''] = words;
  const amount = parseAmount(first);
  if (amount === null) return 0;
  const unit = amount.unit ?? parseUnit(second);
  found.doseValue = amount.value;
  found.doseUnit = unit;
  return unit !== null && amount.unit === null ? 2 : 1;
};

// Before the dose only it can begin what is not the name: `on` and `in` are words, too.
const readers: readonly Reader[] = [
  readMaximum,
  readQuantity,
  readRepeats,
  readFrequency,
  readDuration,
  readAsNeeded,
  readDose,
  readRoute,
];

/** Whether a word is one that may stand in a name as well. */
const isAmbiguous = (word: string): boolean => /^[a-z]{1,2}$/u.test(fold(word)) && parseUnit(word) === null;

/** Where the name ends: at the first word that something can be read from. */
const nameLength = (words: readonly string[]): number => {
  for (let at = 1; at < words.length; at += 1) {
    const rest = words.slice(at);
    const read = readers.some((reader) => reader(rest, blankEntry()) > 0);
    if (read && !(isAmbiguous(rest[0] ?? '') && rest.slice(1).some((word) => parseAmount(word) !== null)))
      return at;
  }
  return words.length;
};

/** `amoxicillin 500 mg caps 1 tds`: the first amount is the medicine's strength where a second, counted one follows. */
const strengthLength = (words: readonly string[], name: number): number => {
  const first = blankEntry();
  let at = name + readDose(words.slice(name), first);
  if (at === name || first.doseUnit === null || isCounted(first.doseUnit)) return name;
  while (at < words.length && parseUnit(words[at] ?? '') !== null) at += 1;
  const second = blankEntry();
  const rest = words.slice(at);
  const frequencyFirst = frequencyAt(rest) !== null || readDuration(rest, blankEntry()) > 0;
  const isSecond = !frequencyFirst && readDose(rest, second) > 0;
  return isSecond && (second.doseUnit === null || isCounted(second.doseUnit)) ? at : name;
};

const blankEntry = (): Found => ({
  medicine: '',
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
  notes: [],
});

/**
 * Reads a prescription typed in one line.
 * @example parseQuickEntry('amox 500 tds 7d') // medicine 'amox', dose 500, TDS, 7 d
 */
export const parseQuickEntry = (line: string): QuickEntry => {
  const words = line.trim().split(/\s+/u).filter(Boolean);
  const found = blankEntry();
  let at = strengthLength(words, nameLength(words));
  found.medicine = words.slice(0, at).join(' ');
  while (at < words.length) {
    const rest = words.slice(at);
    let taken = 0;
    for (const reader of readers) {
      taken = reader(rest, found);
      if (taken > 0) break;
    }
    if (taken === 0) found.notes.push(words[at] ?? '');
    at += Math.max(1, taken);
  }
  const { notes, ...entry } = found;
  return { ...entry, note: notes.join(' ') };
};
