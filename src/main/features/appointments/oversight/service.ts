import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { ok } from '#shared/kernel/result.ts';
import { apply, known, preview, takeBack } from './bulk.ts';
import { exportPage, list } from './list.ts';

type Calls =
  | 'oversight.list'
  | 'oversight.export'
  | 'oversight.preview'
  | 'oversight.apply'
  | 'oversight.known'
  | 'oversight.takeBack';

/** All appointments this workstation has: looked through, handed out as a file, changed many at once, and that taken back. */
export const oversightHandlers = (deps: FeatureDeps): Handlers<Calls> => ({
  'oversight.list': (input) => list(deps, input),
  'oversight.export': (input, connection) => exportPage(deps, input, connection),
  'oversight.preview': (input, connection) => preview(deps, input, connection),
  'oversight.apply': (input, connection) => apply(deps, input, connection),
  'oversight.known': () => ok(known(deps)),
  'oversight.takeBack': (input, connection) => takeBack(deps, input, connection),
});
