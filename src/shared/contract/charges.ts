import { z } from 'zod';
import { line } from '#shared/domain/patients/lines.ts';
import {
  ChargeId,
  ChargeItemId,
  InvoiceId,
  OrganizationId,
  PatientId,
  PractitionerId,
} from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

const minor = z.number().int();
/** What a line comes to, in minor units. */
const amounts = z.object({ net: minor, tax: minor, gross: minor, payerShare: minor, patientShare: minor });
const reason = line(1000).min(1, 'required');
const typed = z.string().max(40);

/** Something that is to be billed, as it was priced when it came about. Rates in basis points. */
export const ChargeView = z.object({
  id: ChargeId,
  patientId: PatientId,
  definitionId: ChargeItemId,
  title: z.string(),
  /** What raised it: a visit, a procedure, a dispense, or a person. */
  sourceKind: z.string(),
  occurredAt: z.string(),
  quantity: z.string(),
  /** Of one, without tax, in minor units. */
  unitPrice: minor,
  /** ISO 4217 */
  currency: z.string(),
  taxRate: minor,
  discount: minor,
  discountReason: z.string().nullable(),
  /** Null: the patient pays. */
  payerId: OrganizationId.nullable(),
  payerName: z.string().nullable(),
  coverRate: minor.nullable(),
  practitionerId: PractitionerId.nullable(),
  practitionerName: z.string().nullable(),
  /** The draft it is gathered in. */
  invoiceId: InvoiceId.nullable(),
  /** What would be billed; null where that is more than a bill can hold. */
  amounts: amounts.nullable(),
  certainty,
});
export type ChargeView = z.infer<typeof ChargeView>;

export const chargeCalls = defineCalls({
  /** What of a patient is to be billed and is not, under any of their records, the latest first; at most 200. */
  'charges.open': {
    kind: 'query',
    needs: 'charge.read',
    input: z.object({ patientId: PatientId }),
    output: z.object({ charges: z.array(ChargeView), more: z.boolean() }),
  },
  /**
   * Something of the price list by hand, at what it costs here today. `no-currency` until the clinic has set one; `no-price` at
   * `definitionId` where it has no price.
   */
  'charges.add': {
    kind: 'command',
    needs: 'charge.create',
    input: z.object({
      patientId: PatientId,
      definitionId: ChargeItemId,
      /** As it is typed. */
      quantity: typed.default('1'),
      practitionerId: PractitionerId.nullable().default(null),
    }),
    output: ChargeView,
  },
  /** Is not billed, for good: what raised it does not raise it again. `changed-meanwhile` once it is billed. */
  'charges.remove': {
    kind: 'command',
    needs: 'charge.void',
    input: z.object({ id: ChargeId, reason }),
    output: z.null(),
  },
});
