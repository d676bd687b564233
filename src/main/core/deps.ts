import type { LocalStore } from '#main/data/local/store.ts';
import type { SyncEngine } from '#main/sync/engine.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Home } from './home.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';

/** What the features are built on. */
export interface FeatureDeps {
  readonly store: LocalStore;
  readonly engine: SyncEngine;
  readonly clock: Clock;
  readonly log: Log;
  /** A new UUID version 7. */
  readonly newId: () => string;
  /** The site this workstation stands at. */
  readonly home: () => Home;
  /** What the clinic has set. */
  readonly settings: Settings;
}
