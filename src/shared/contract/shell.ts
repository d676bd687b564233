import { z } from 'zod';
import { screenAt } from '#shared/domain/shell/screens.ts';
import { defineCalls } from './call.ts';

export const shellCalls = defineCalls({
  /**
   * Shows a screen of the day, the queue or the waiting room in a window of its own, which has the session of the asking
   * one; a window that shows it already comes to the front. `unavailable` where a browser opens its windows itself.
   */
  'shell.openWindow': {
    kind: 'command',
    needs: 'signed-in',
    input: z.object({
      address: z
        .string()
        .max(500)
        .refine((address) => screenAt(address) !== null, 'address'),
    }),
    output: z.null(),
  },
});
