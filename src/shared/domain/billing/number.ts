import { v5 } from 'uuid';
import { mrnPrefixFor, symbols } from '../patients/mrn.ts';
import { deskLetters } from '../visits/ticket.ts';

/** The namespace of the ids below. */
const namespace = '0193a5e0-5c1a-7c60-9d0f-6f2f1d6f7a26';

/**
 * The id of a line: made of the invoice and what it bills (a charge, or the line a credit takes of), so that two workstations which
 * issue one draft without hearing of each other write one line.
 */
export const invoiceLineId = (invoiceId: string, billedId: string): string =>
  v5(`${invoiceId} ${billedId}`, namespace);

export type InvoiceKind = 'invoice' | 'credit-note';

/** Seconds are counted from here. */
const beginning = Date.UTC(2026, 0, 1);
const signs = 6;

const written = (seconds: number): string => {
  let rest = seconds;
  let text = '';
  for (let place = 0; place < signs; place += 1) {
    text = symbols.charAt(rest % symbols.length) + text;
    rest = Math.floor(rest / symbols.length);
  }
  return text;
};

/**
 * What an invoice is called until the centre has numbered it: `P`, the letters of the workstation and the second it was begun in, or the
 * next one that is free. It comes of no counter, so that a workstation that was put back to an older copy gives none again.
 */
export const provisionalNumber = (
  deviceNo: number,
  now: number,
  isTaken: (number: string) => boolean,
): string => {
  let seconds = Math.max(0, Math.floor((now - beginning) / 1000));
  const number = () => `P-${deskLetters(deviceNo)}-${written(seconds)}`;
  while (isTaken(number())) seconds += 1;
  return number();
};

/** Whether a provisional number was given by this workstation. */
export const isNumberOf = (deviceNo: number, number: string): boolean =>
  number.startsWith(`P-${deskLetters(deviceNo)}-`);

interface Numbered {
  readonly series: string;
  readonly fiscalNumber: number | null;
  readonly provisionalNumber: string;
}

/** The fiscal number once the centre has given it, until then the one of the workstation. */
export const shownNumber = ({
  series,
  fiscalNumber,
  provisionalNumber: own,
}: Numbered): { readonly number: string; readonly provisional: boolean } =>
  fiscalNumber === null
    ? { number: own, provisional: true }
    : { number: `${series}-${fiscalNumber}`, provisional: false };

/** How a series may be called: capitals and digits, with dashes between; `P` alone begins provisional numbers. */
export const seriesPattern = /^(?!P(?:-|$))[A-Z0-9]{1,10}(?:-[A-Z0-9]{1,10}){0,2}$/;

/** The series of a site that has set none. `site` is its name, null for a workstation that stands at none. */
export const usualSeries = (kind: InvoiceKind, site: string | null): string => {
  const word = kind === 'invoice' ? 'INV' : 'CN';
  return site === null ? word : `${word}-${mrnPrefixFor(site)}`;
};

/** What somebody may mean who types a number: a provisional one, or a fiscal one of any series or of one. */
export interface SoughtNumber {
  readonly provisional: string;
  readonly series: string | null;
  readonly fiscal: number | null;
}

/** @example soughtNumber('inv-ruh-17') // { provisional: 'INV-RUH-17', series: 'INV-RUH', fiscal: 17 } */
export const soughtNumber = (typed: string): SoughtNumber => {
  const text = typed.trim().toUpperCase();
  const found = /^(?:(.+)-)?(\d{1,9})$/.exec(text);
  return {
    provisional: text,
    series: found?.[1] ?? null,
    fiscal: found === null ? null : Number(found[2]),
  };
};
