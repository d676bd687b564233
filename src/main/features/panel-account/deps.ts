import type { SessionLimits } from '#main/session/limits.ts';
import type { Sessions } from '#main/session/session.ts';
import type { Throttle } from '#main/session/throttle.ts';
import type { CodeDeps } from './codes.ts';

/** What patients' accounts are built on. */
export interface AccountDeps extends CodeDeps {
  readonly sessions: Pick<Sessions, 'begin' | 'outlive' | 'ofAccount' | 'endOne'>;
  readonly throttle: Throttle;
  readonly limits: SessionLimits;
  /** Whether patients' accounts are for this host: browsers ask it, and it holds the whole clinic. */
  readonly panelHere: () => boolean;
}
