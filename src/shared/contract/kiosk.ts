import { z } from 'zod';
import { checkInOutcomes } from '#shared/domain/visits/check-in.ts';
import { defineCalls } from './call.ts';

/** What a screen in the waiting room does by itself. Its session has nobody and makes these calls alone. */
export const kioskCalls = defineCalls({
  /** Signs the user out of this browser and makes a kiosk of it, until somebody of the staff signs in there. */
  'kiosk.arm': { kind: 'command', needs: 'visit.create', input: z.object({}), output: z.null() },
  /** Where the kiosk stands, and how it behaves. */
  'kiosk.status': {
    kind: 'query',
    needs: 'kiosk',
    atKiosk: true,
    input: z.object({}),
    output: z.object({
      site: z.string().nullable(),
      resetSeconds: z.number().int(),
      /** Whether the centre answers; without it everything is done here. */
      live: z.boolean(),
    }),
  },
  /**
   * Checks a patient in who has an appointment here now. Nothing is told of anybody before record number and date of birth are both
   * right: `unknown` is said of a wrong number as of a wrong date. `too-many-tries`.
   */
  'kiosk.checkIn': {
    kind: 'command',
    needs: 'kiosk',
    atKiosk: true,
    input: z.object({ number: z.string().max(40), birthDate: z.iso.date() }),
    output: z.object({
      outcome: z.enum([...checkInOutcomes, 'unknown']),
      /** Of the person and the appointment; null where there is none to tell of. */
      given: z.string().nullable(),
      /** `HH:MM` at the place. */
      time: z.string().nullable(),
      /** What the waiting room calls, of who is checked in. */
      number: z.string().nullable(),
    }),
  },
});
