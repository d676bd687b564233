import { beginsMrn, mrnLength, parseMrn } from '#shared/domain/patients/mrn.ts';

/** What a scanner typed: a record number, or what has the form of one with a wrong check symbol. */
export type Scan =
  | { readonly kind: 'number'; readonly mrn: string }
  | { readonly kind: 'misread'; readonly text: string };

export interface WedgeAnswer<K> {
  /** Keys that were kept and are no part of a record number: they are what they would have been. */
  readonly release: readonly K[];
  /** Whether this key may belong to a record number and is kept. */
  readonly kept: boolean;
  /** A record number that this key has ended, with the keys it consists of. */
  readonly scanned: { readonly scan: Scan; readonly keys: readonly K[] } | null;
}

/** How long a person's key is kept, in milliseconds: shorter than anybody notices, longer than a scanner waits. */
const shortly = 30;
/** So many keys in a row, each within `shortly`, are a machine's; it may be held up for a while. */
const machine = 3;
const heldUp = 100;
/** Nobody types a record number faster than this, a key each tenth of a second. */
const wholeWithin = mrnLength * 100;

const terminators: ReadonlySet<string> = new Set(['Enter', 'Tab']);

/**
 * Tells a scanner that works as a keyboard (a wedge) from a person. Only a record number in full, typed faster than anybody
 * types and ended by Enter or Tab, is a scan; all else is given back as soon as it cannot become one. `K` is what is kept
 * with each key.
 */
export class Wedge<K> {
  #text = '';
  #keys: K[] = [];
  #first = 0;
  #last = 0;

  /** How long after its last key the next one may come, in milliseconds. */
  get patience(): number {
    return this.#text.length < machine ? shortly : heldUp;
  }

  /** What is kept at the moment, in the order it came. */
  get keys(): readonly K[] {
    return this.#keys;
  }

  /** A key as `KeyboardEvent.key`, or an empty text when a modifier is down; `at` in milliseconds. */
  press(key: string, at: number, kept: K, patience = this.patience): WedgeAnswer<K> {
    const late = at - this.#last > patience ? this.drop() : [];
    this.#last = at;
    const whole = this.#text.length === mrnLength && at - this.#first <= wholeWithin;
    if (terminators.has(key) && whole) {
      const text = this.#text;
      const mrn = parseMrn(text);
      const scan: Scan = mrn === null ? { kind: 'misread', text } : { kind: 'number', mrn };
      return { release: late, kept: false, scanned: { scan, keys: this.drop() } };
    }
    if (!/^[!-~]$/.test(key)) return { release: [...late, ...this.drop()], kept: false, scanned: null };
    const text = this.#text + key.toUpperCase();
    let start = 0;
    while (start < text.length && !beginsMrn(text.slice(start))) start += 1;
    if (start === text.length) return { release: [...late, ...this.drop()], kept: false, scanned: null };
    const release = [...late, ...this.#keys.splice(0, start)];
    if (this.#keys.length === 0) this.#first = at;
    this.#text = text.slice(start);
    this.#keys.push(kept);
    return { release, kept: true, scanned: null };
  }

  /** Nothing more comes: gives back what was kept. */
  drop(): readonly K[] {
    const keys = this.#keys;
    this.#text = '';
    this.#keys = [];
    return keys;
  }
}
