import { readDayText } from '#renderer/ui/dates/day-text.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import { rateField, readTaxRate } from '#shared/domain/billing/rate.ts';
import {
  ChangedParticulars,
  consentCategories,
  consentProvisions,
  holdingConsents,
  type VoidableKind,
} from '#shared/domain/patients/particulars.ts';

type ConsentCategory = (typeof consentCategories)[number];
/** Empty: nothing was said. */
export type ConsentAnswer = (typeof consentProvisions)[number] | '';

/** What stands in the folded part of the form: text as typed. */
export interface ParticularsValues {
  readonly telecoms: readonly { readonly value: string; readonly use: string; readonly note: string }[];
  readonly identifiers: readonly {
    readonly type: string;
    readonly value: string;
    readonly issuer: string;
  }[];
  readonly coverages: readonly {
    readonly payer: string;
    /** The payer of the list that was meant; empty: in words alone. */
    readonly payorId: string;
    readonly coverRate: string;
    readonly plan: string;
    readonly subscriberId: string;
    readonly relationship: string;
    readonly startDate: string;
    readonly endDate: string;
  }[];
  readonly consents: Readonly<Record<ConsentCategory, ConsentAnswer>>;
  readonly consentNote: string;
  /** Base64, or empty. */
  readonly photo: string;
  readonly voided: readonly {
    readonly kind: VoidableKind;
    readonly id: string;
    readonly reason: string;
  }[];
}

const noConsents = Object.fromEntries(
  consentCategories.map((category) => [category, '']),
) as ParticularsValues['consents'];

export const emptyParticulars: ParticularsValues = {
  telecoms: [],
  identifiers: [],
  coverages: [],
  consents: noConsents,
  consentNote: '',
  photo: '',
  voided: [],
};

const answerOf = (provision: string | undefined): ConsentAnswer =>
  consentProvisions.find((known) => known === provision) ?? '';

/** The folded part as it is before anything is typed: what holds of a patient's consents, and nothing else. */
export const shownParticulars = (known: PatientParticulars | undefined): ParticularsValues => {
  if (known === undefined) return emptyParticulars;
  const holding = holdingConsents(known.consents);
  const consents = Object.fromEntries(
    consentCategories.map((category) => [category, answerOf(holding.get(category)?.provision)]),
  ) as ParticularsValues['consents'];
  return { ...emptyParticulars, consents };
};

export const newTelecom: ParticularsValues['telecoms'][number] = { value: '', use: 'mobile', note: '' };
export const newIdentifier: ParticularsValues['identifiers'][number] = { type: 'NI', value: '', issuer: '' };
export const newCoverage: ParticularsValues['coverages'][number] = {
  payer: '',
  payorId: '',
  coverRate: '',
  plan: '',
  subscriberId: '',
  relationship: 'self',
  startDate: '',
  endDate: '',
};

/** Whether anything was typed into it that is not saved. */
export const isTyped = (values: ParticularsValues, shown: ParticularsValues): boolean =>
  JSON.stringify(values) !== JSON.stringify(shown);

export type CheckedParticulars =
  | { readonly ok: true; readonly value: ChangedParticulars }
  /** By path, as `telecoms.0.value`: a code of `errors.field`. */
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

const nothing = (text: string): string | null => text.trim() || null;

interface Issue {
  readonly code: string;
  readonly message: string;
}

const problemOf = ({ code, message }: Issue): string => {
  if (/^[a-z-]+$/.test(message)) return message;
  return code === 'too_big' ? 'too-long' : code === 'too_small' ? 'required' : 'invalid';
};

export interface ParticularsContext {
  /** The clinic's day, `YYYY-MM-DD`. */
  readonly today: string;
  /** In which months are typed. */
  readonly locale: string;
  /** As the form was before anything was typed. */
  readonly shown: ParticularsValues;
}

/** A day as it is sent; what is no day stays as it is and is refused at its field. */
const dayOf = (text: string, { today, locale }: ParticularsContext): string | null =>
  nothing(text) === null ? null : (readDayText(text, today, locale) ?? text);

/** A share as it is sent; what is none stays as it is and is refused at its field. */
const rateOf = (text: string): number | string | null => {
  if (nothing(text) === null) return null;
  const rate = readTaxRate(text);
  return rate.ok ? rate.value : text;
};

const rateProblems = (values: ParticularsValues): Record<string, string> =>
  Object.fromEntries(
    values.coverages.flatMap(({ coverRate }, index) => {
      const rate = nothing(coverRate) === null ? null : readTaxRate(coverRate);
      return rate === null || rate.ok ? [] : [[`coverages.${index}.coverRate`, rateField(rate.error)]];
    }),
  );

/** Only what is said otherwise than before is said anew. */
const saidAnew = (values: ParticularsValues, { shown }: ParticularsContext) =>
  consentCategories
    .filter((category) => values.consents[category] !== shown.consents[category])
    .map((category) => ({ category, provision: values.consents[category], note: values.consentNote }));

/** What is to be sent, or what is wrong and where. */
export const checkParticulars = (
  values: ParticularsValues,
  context: ParticularsContext,
): CheckedParticulars => {
  const parsed = ChangedParticulars.safeParse({
    telecoms: values.telecoms.map(({ use, ...rest }) => ({ ...rest, use: nothing(use) })),
    identifiers: values.identifiers,
    coverages: values.coverages.map(({ relationship, startDate, endDate, payorId, coverRate, ...rest }) => ({
      ...rest,
      payorId: nothing(payorId),
      coverRate: rateOf(coverRate),
      relationship: nothing(relationship),
      startDate: dayOf(startDate, context),
      endDate: dayOf(endDate, context),
    })),
    consents: saidAnew(values, context),
    photo: values.photo === '' ? null : { data: values.photo },
    voided: values.voided,
  });
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = rateProblems(values);
  for (const issue of parsed.error.issues) {
    const path = issue.path.map(String).join('.');
    problems[path.startsWith('consents.') ? 'consentNote' : path] ??= problemOf(issue);
  }
  return { ok: false, problems };
};
