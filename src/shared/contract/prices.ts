import { z } from 'zod';
import { chargeCategories } from '#shared/domain/billing/charge.ts';
import {
  ChargeItemId,
  LocationId,
  MedicineId,
  OrganizationId,
  PriceId,
  VisitTypeId,
} from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'required')
    .max(most, 'too-long')
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'characters');
const day = z.iso.date();

/** Something that is charged for: a kind of visit, or a service. */
export const ChargeItemDetails = z.object({
  /** Short, of its own, as a bill shows it. */
  code: text(64),
  title: text(200),
  /** What it is; with a visit type a visit. What raises it by itself is of a kind with it. */
  category: z.enum(chargeCategories).default('other'),
  /** In basis points of the price, which is without tax; null: none. */
  taxRate: z.number().int().min(0, 'negative').max(10_000, 'rate').nullable().default(null),
  /** Of a visit: its kind. Null of a visit: one without a kind, such as a walk-in's. */
  visitTypeId: VisitTypeId.nullable(),
  /** Of a procedure: the code of a test in the catalogue of requests. */
  serviceCode: text(100).nullable().default(null),
  /** Of a medicine: that of the formulary; the price is of one unit as it is handed out. */
  medicineId: MedicineId.nullable().default(null),
  active: z.boolean(),
});
export type ChargeItemDetails = z.infer<typeof ChargeItemDetails>;

/** What it costs from a day on, at a site or everywhere; null where the price was taken back. */
export const PriceView = z.object({
  id: PriceId,
  locationId: LocationId.nullable(),
  /** Null: whoever pays. */
  payerId: OrganizationId.nullable(),
  validFrom: z.string(),
  /** In minor units of the currency. */
  amount: z.number().int().nullable(),
  /** ISO 4217 */
  currency: z.string(),
});
export type PriceView = z.infer<typeof PriceView>;

export const ChargeItemView = ChargeItemDetails.extend({
  id: ChargeItemId,
  visitTypeName: z.string().nullable(),
  medicineName: z.string().nullable(),
  /** The latest first. */
  prices: z.array(PriceView),
  certainty,
});
export type ChargeItemView = z.infer<typeof ChargeItemView>;

/** Why a line of a file is not taken. */
export const priceFileProblems = [
  'malformed-row',
  'missing-column',
  'required',
  'too-long',
  'site',
  'visit-type',
  'payer',
  'category',
  'service',
  'medicine',
  'tax',
  'date',
  'amount',
  'twice',
] as const;

export const PriceFileLine = z.object({
  line: z.number().int(),
  code: z.string(),
  title: z.string(),
  siteName: z.string().nullable(),
  payerName: z.string().nullable(),
  validFrom: z.string(),
  amount: z.number().int(),
  /** What it does: something new to charge for, another price, or nothing. */
  state: z.enum(['new', 'changed', 'same']),
});
export type PriceFileLine = z.infer<typeof PriceFileLine>;

export const priceCalls = defineCalls({
  /** Everything that is charged for by title, what no longer is too; at most 1,000. `currency` is null until one is set. */
  'prices.list': {
    kind: 'query',
    needs: 'price.read',
    input: z.object({}),
    output: z.object({
      items: z.array(ChargeItemView),
      sites: z.array(z.object({ id: LocationId, name: z.string() })),
      /** Those that are closed too: what they paid is history. */
      payers: z.array(z.object({ id: OrganizationId, name: z.string(), active: z.boolean() })),
      currency: z.string().nullable(),
      /** The day at the workstation's site. */
      today: z.string(),
    }),
  },
  /** What each kind of visit costs at a site on a day, those without a price left out. */
  'prices.fees': {
    kind: 'query',
    needs: 'price.read',
    input: z.object({ locationId: LocationId, day }),
    output: z.array(
      z.object({
        visitTypeId: VisitTypeId,
        title: z.string(),
        amount: z.number().int(),
        currency: z.string(),
      }),
    ),
  },
  /**
   * Something new to charge for (`id` null), or other words for it. `duplicate` at `code`. With `was`, the details as they were seen,
   * `changed-meanwhile` when others made something else of the same field.
   */
  'prices.define': {
    kind: 'command',
    needs: 'price.update',
    input: ChargeItemDetails.extend({
      id: ChargeItemId.nullable(),
      was: ChargeItemDetails.nullable().default(null),
    }),
    output: z.object({ id: ChargeItemId }),
  },
  /**
   * What it costs from a day on, as it is typed, in the currency of the clinic; the price of that site, payer and day, if there is one,
   * gives way. `no-currency` until the clinic has set one.
   */
  'prices.set': {
    kind: 'command',
    needs: 'price.update',
    input: z.object({
      definitionId: ChargeItemId,
      locationId: LocationId.nullable(),
      payerId: OrganizationId.nullable().default(null),
      validFrom: day,
      amount: z.string().max(40),
    }),
    output: z.object({ id: PriceId }),
  },
  /** A price that was set by mistake: the one before holds on. */
  'prices.takeBack': {
    kind: 'command',
    needs: 'price.update',
    input: z.object({ id: PriceId }),
    output: z.null(),
  },
  /**
   * A price list as CSV with the columns CODE, TITLE and PRICE, and where wanted CATEGORY, TAX (percent), VISIT TYPE, SERVICE, MEDICINE,
   * SITE, PAYER and FROM (a day, none: today). Nothing is written unless
   * `apply`; then all good lines are, in one piece of work. `more` counts the lines beyond those that are shown.
   */
  'prices.import': {
    kind: 'command',
    needs: 'price.update',
    input: z.object({ csv: z.string().max(1_000_000), apply: z.boolean() }),
    output: z.object({
      lines: z.array(PriceFileLine),
      more: z.number().int(),
      currency: z.string(),
      problems: z.array(
        z.object({ line: z.number().int(), code: z.enum(priceFileProblems), column: z.string().nullable() }),
      ),
      counts: z.object({ new: z.number().int(), changed: z.number().int(), same: z.number().int() }),
    }),
  },
});
