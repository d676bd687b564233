import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { ok } from '#shared/kernel/result.ts';
import { apply } from './apply.ts';
import { plan, slotsBesides } from './plan.ts';
import { known, takeBack } from './take-back.ts';

type Calls = 'absence.plan' | 'absence.slots' | 'absence.apply' | 'absence.known' | 'absence.takeBack';

/** A practitioner who is not there: who is affected, where each can go, all of it done at once, and taken back. */
export const absenceHandlers = (deps: FeatureDeps): Handlers<Calls> => ({
  'absence.plan': (input) => plan(deps, input),
  'absence.slots': (input) => slotsBesides(deps, input),
  'absence.apply': (input, connection) => apply(deps, input, connection),
  'absence.known': () => ok([...known(deps)]),
  'absence.takeBack': ({ id }, connection) => takeBack(deps, id, connection),
});
