import { z } from 'zod';
import { seriesPattern } from '#shared/domain/billing/number.ts';
import { mostMegabytes } from '#shared/domain/documents/limits.ts';
import { isCurrency } from '#shared/domain/prices/money.ts';

/** The parts of the settings screen, in its order. */
export const settingGroups = [
  'booking',
  'visits',
  'desk',
  'prices',
  'print',
  'session',
  'panel',
  'audit',
] as const;
type Group = (typeof settingGroups)[number];

interface Common {
  readonly group: Group;
  /** Whether a site may have a value of its own. */
  readonly perSite: boolean;
}

/** A whole number of a unit, both bounds included. */
interface Whole extends Common {
  readonly type: 'whole';
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days' | 'years' | 'megabytes' | 'bookings';
  readonly least: number;
  readonly most: number;
  readonly usual: number | null;
  /** Whether there may be none, which is null: no bound at all. */
  readonly orNone: boolean;
}

/** A line of text of at most so many characters; null: none. */
interface Line extends Common {
  readonly type: 'line';
  readonly most: number;
  /** What it looks like, where not every line will do. */
  readonly pattern?: RegExp;
  readonly usual: null;
}

/** Where something is on the web, `https://clinic.example`; null: nowhere. */
interface Address extends Common {
  readonly type: 'address';
  readonly most: number;
  readonly usual: null;
}

/** A country, ISO 3166-1 alpha-2; null: none. */
interface Country extends Common {
  readonly type: 'country';
  readonly usual: null;
}

/** A currency, ISO 4217; null: none yet. */
interface Currency extends Common {
  readonly type: 'currency';
  readonly usual: null;
}

/** The values of all choices; each has its word. */
export const choices = [
  'request',
  'direct',
  'off',
  'never',
  'shown',
  'signed',
  'acknowledged',
  'final',
] as const;
export type ChoiceValue = (typeof choices)[number];

/** One of a few. */
interface Choice extends Common {
  readonly type: 'choice';
  readonly of: readonly ChoiceValue[];
  readonly usual: ChoiceValue;
}

export type Setting = Whole | Line | Address | Country | Currency | Choice;

/** What each setting holds. */
interface SettingTypes {
  readonly 'booking.lead-minutes': number;
  readonly 'booking.horizon-days': number | null;
  readonly 'booking.hold-minutes': number;
  readonly 'visits.late-minutes': number;
  readonly 'visits.long-wait-minutes': number;
  readonly 'visits.too-long-wait-minutes': number;
  readonly 'desk.country': string | null;
  readonly 'desk.most-megabytes': number;
  readonly 'clinic.currency': string | null;
  readonly 'billing.invoice-series': string | null;
  readonly 'billing.credit-series': string | null;
  readonly 'print.name': string | null;
  readonly 'print.address': string | null;
  readonly 'print.phone': string | null;
  readonly 'session.idle-lock-minutes': number;
  readonly 'session.offline-sign-in-days': number;
  readonly 'panel.booking': 'request' | 'direct' | 'off';
  readonly 'panel.cancel-hours': number;
  readonly 'panel.most-open': number;
  readonly 'panel.idle-minutes': number;
  readonly 'panel.allergies': 'never' | 'shown';
  readonly 'panel.conditions': 'never' | 'shown';
  readonly 'panel.results': 'never' | 'acknowledged' | 'final';
  readonly 'panel.vitals': 'never' | 'shown';
  readonly 'panel.notes': 'never' | 'signed';
  readonly 'panel.documents': 'never' | 'shown';
  readonly 'panel.immunizations': 'never' | 'shown';
  readonly 'panel.prescriptions': 'never' | 'shown';
  readonly 'panel.address': string | null;
  readonly 'panel.code-days': number;
  readonly 'panel.kiosk-reset-seconds': number;
  readonly 'panel.kiosk-early-minutes': number;
  readonly 'audit.keep-years': number | null;
}
export type SettingKey = keyof SettingTypes;
export type SettingValue<K extends SettingKey = SettingKey> = SettingTypes[K];
/** A value of every setting. */
export type SettingValues = { readonly [K in SettingKey]: SettingValue<K> };

const whole = (
  group: Group,
  unit: Whole['unit'],
  least: number,
  most: number,
  perSite = true,
): Omit<Whole, 'usual' | 'orNone'> => ({ type: 'whole', group, unit, least, most, perSite });
/** Whether patients see a kind of thing that is in their chart: of the whole clinic, as a chart is. */
const shown = { type: 'choice', group: 'panel', perSite: false, of: ['never', 'shown'] } as const;
const line = (most: number): Line => ({ type: 'line', group: 'print', most, usual: null, perSite: true });
/** Where none is set, it is made of the name of the site. */
const series: Line = {
  type: 'line',
  group: 'prices',
  most: 32,
  pattern: seriesPattern,
  usual: null,
  perSite: true,
};

/** Everything a clinic can set, with its bounds and what counts where it has set nothing (`usual`), in the order of the screen. */
export const settings: { readonly [K in SettingKey]: Setting & { readonly usual: SettingValue<K> } } = {
  /** How soon a visit is booked whose kind does not say; 0: at any time. */
  'booking.lead-minutes': { ...whole('booking', 'minutes', 0, 10_080), usual: 0, orNone: false },
  /** How far ahead such a visit is booked. */
  'booking.horizon-days': { ...whole('booking', 'days', 1, 730), usual: null, orNone: true },
  /** How long a desk keeps a slot while it fills a booking in. It says so again every two minutes. */
  'booking.hold-minutes': { ...whole('booking', 'minutes', 3, 10), usual: 3, orNone: false },
  /** After its time, from which a patient who has not come counts as late. */
  'visits.late-minutes': { ...whole('visits', 'minutes', 1, 120), usual: 10, orNone: false },
  /** Of waiting, from which a desk looks, and from which somebody must do something. */
  'visits.long-wait-minutes': { ...whole('visits', 'minutes', 1, 240), usual: 15, orNone: false },
  'visits.too-long-wait-minutes': { ...whole('visits', 'minutes', 1, 240), usual: 30, orNone: false },
  /** Of phone numbers without one; where none is set, that of the site's own number. */
  'desk.country': { type: 'country', group: 'desk', usual: null, perSite: true },
  /** Of a file that is attached. The centre takes no larger one. */
  'desk.most-megabytes': {
    ...whole('desk', 'megabytes', 1, mostMegabytes, false),
    usual: mostMegabytes,
    orNone: false,
  },
  /** In which prices are set. */
  'clinic.currency': { type: 'currency', group: 'prices', usual: null, perSite: false },
  /** In which invoices and credit notes are numbered from now on. */
  'billing.invoice-series': series,
  'billing.credit-series': series,
  /** At the head of what is printed; where none is set, those of the site. */
  'print.name': line(100),
  'print.address': line(200),
  'print.phone': line(40),
  /** How long nobody may touch a workstation before it locks. */
  'session.idle-lock-minutes': { ...whole('session', 'minutes', 1, 60), usual: 5, orNone: false },
  /** How long somebody may sign in at a workstation that has not reached the centre. The lease of a workstation is 14 days. */
  'session.offline-sign-in-days': { ...whole('session', 'days', 1, 14, false), usual: 7, orNone: false },
  /** What becomes of a time a patient chooses: the doctor is asked, it is booked, or patients book nothing here. */
  'panel.booking': {
    type: 'choice',
    group: 'panel',
    perSite: true,
    of: ['request', 'direct', 'off'],
    usual: 'request',
  },
  /** Until how long before it begins a patient cancels or moves an appointment. */
  'panel.cancel-hours': { ...whole('panel', 'hours', 0, 336), usual: 24, orNone: false },
  /** How many appointments that are still to come a patient may have made. */
  'panel.most-open': { ...whole('panel', 'bookings', 1, 20, false), usual: 3, orNone: false },
  /** After how long without use a patient is signed out. */
  'panel.idle-minutes': { ...whole('panel', 'minutes', 2, 60, false), usual: 15, orNone: false },
  /** What patients see of their own chart. Of one that is restricted they see nothing, whatever is set here. */
  'panel.allergies': { ...shown, usual: 'shown' },
  'panel.conditions': { ...shown, usual: 'shown' },
  'panel.results': { ...shown, of: ['never', 'acknowledged', 'final'], usual: 'acknowledged' },
  'panel.vitals': { ...shown, usual: 'shown' },
  'panel.notes': { ...shown, of: ['never', 'signed'], usual: 'never' },
  'panel.documents': { ...shown, usual: 'never' },
  'panel.immunizations': { ...shown, usual: 'shown' },
  'panel.prescriptions': { ...shown, usual: 'shown' },
  /** Where patients find the panel; printed with their access codes. */
  'panel.address': { type: 'address', group: 'panel', most: 200, usual: null, perSite: false },
  /** How long a printed access code counts. */
  'panel.code-days': { ...whole('panel', 'days', 1, 365, false), usual: 30, orNone: false },
  /** After how long without a touch a kiosk forgets what was typed. */
  'panel.kiosk-reset-seconds': { ...whole('panel', 'seconds', 10, 300), usual: 30, orNone: false },
  /** How early before an appointment a kiosk checks in. */
  'panel.kiosk-early-minutes': { ...whole('panel', 'minutes', 15, 720), usual: 120, orNone: false },
  /** How long the audit trail stays at the centre before it may be archived; `central -- audit retention` sets it too. */
  'audit.keep-years': { ...whole('audit', 'years', 6, 200, false), usual: null, orNone: true },
};

export const settingKeys = Object.keys(settings) as [SettingKey, ...SettingKey[]];

/** A setting, seen as any of its kind. */
export const settingOf = (key: SettingKey): Setting => settings[key];

const schemaOf = (setting: Setting): z.ZodType<number | string | null> => {
  switch (setting.type) {
    case 'whole': {
      const number = z.number().int().min(setting.least).max(setting.most);
      return setting.orNone ? number.nullable() : number;
    }
    case 'line':
      return z
        .string()
        .trim()
        .min(1)
        .max(setting.most)
        .regex(setting.pattern ?? /^\P{C}+$/u)
        .nullable();
    case 'address':
      return z
        .string()
        .trim()
        .max(setting.most)
        .regex(/^https?:\/\/[a-z0-9.:[\]-]+\/?$/i)
        .nullable();
    case 'country':
      return z
        .string()
        .regex(/^[A-Z]{2}$/)
        .nullable();
    case 'choice':
      return z.enum(setting.of);
    case 'currency':
      return z.string().refine(isCurrency).nullable();
  }
};

/** Every setting with its bounds. */
export const SettingValues: z.ZodType<SettingValues> = z.object(
  Object.fromEntries(settingKeys.map((key) => [key, schemaOf(settings[key])])),
) as unknown as z.ZodType<SettingValues>;

/** Whether a value is one of a setting: of its type and within its bounds. */
export const isValueOf = <K extends SettingKey>(key: K, value: unknown): value is SettingValue<K> =>
  schemaOf(settings[key]).safeParse(value).success;
