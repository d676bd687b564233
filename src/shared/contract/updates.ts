import { z } from 'zod';
import { obstacles } from '#shared/domain/updates/plan.ts';
import { defineCalls } from './call.ts';

export const UpdateStatus = z.object({
  /** `off`: this host looks for none; `failed`: `version` was put in twice and did not hold. */
  state: z.enum(['off', 'current', 'fetching', 'waiting', 'failed']),
  version: z.string().nullable(),
  /** What putting it in waits for. */
  waitsFor: z.array(z.enum(obstacles)),
});
export type UpdateStatus = z.infer<typeof UpdateStatus>;

export const updateCalls = defineCalls({
  'updates.status': { kind: 'query', needs: 'signed-in', input: z.object({}), output: UpdateStatus },
});
