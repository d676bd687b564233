import { z } from 'zod';
import { line, optionalLine } from '#shared/domain/patients/lines.ts';
import { OrganizationId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

/** Whoever pays for patients, such as an insurer (FHIR Organization). One that is not active is chosen no more. */
export const PayerDetails = z.object({
  name: line(200).min(1, 'required'),
  /** The number the clinic has with it, as its claims show it. */
  identifier: optionalLine(100),
  email: optionalLine(200),
  phone: optionalLine(100),
  addressLine: optionalLine(400),
  active: z.boolean(),
});
export type PayerDetails = z.infer<typeof PayerDetails>;

export const PayerView = PayerDetails.extend({ id: OrganizationId, certainty });
export type PayerView = z.infer<typeof PayerView>;

export const payerCalls = defineCalls({
  /** Every payer by name, those that are closed too; at most 1,000. */
  'payers.list': {
    kind: 'query',
    needs: 'payer.read',
    input: z.object({}),
    output: z.object({ payers: z.array(PayerView) }),
  },
  /**
   * A new payer (`id` null), or other words for one; closing it is `active` false. `duplicate` at `name`. With `was`, the details as they
   * were seen, `changed-meanwhile` when others made something else of the same field.
   */
  'payers.save': {
    kind: 'command',
    needs: 'payer.update',
    input: PayerDetails.extend({
      id: OrganizationId.nullable(),
      was: PayerDetails.nullable().default(null),
    }),
    output: z.object({ id: OrganizationId }),
  },
});
