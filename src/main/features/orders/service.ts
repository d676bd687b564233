import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import type { CallName } from '#shared/contract/contract.ts';
import { importResults } from './csv-import.ts';
import { delegationHandlers } from './delegations.ts';
import { enterResult } from './entry.ts';
import { resultHistoryHandlers } from './history.ts';
import { inboxHandlers } from './inbox.ts';
import { requestHandlers } from './requests.ts';

/** Tests that are asked for, what came of them, and who has read it. */
export const orderHandlers = (
  deps: FeatureDeps,
): Handlers<Extract<CallName, `orders.${string}` | `results.${string}`>> => ({
  ...requestHandlers(deps),
  ...inboxHandlers(deps),
  ...delegationHandlers(deps),
  ...resultHistoryHandlers(deps),
  'results.enter': (input, connection) => enterResult(deps, input, connection),
  'results.import': ({ csv }, connection) => importResults(deps, csv, connection),
});
