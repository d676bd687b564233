import type { Log } from '#main/core/log.ts';
import type { UpdateHost } from '#main/core/updates.ts';
import { type Activity, type Obstacle, obstaclesTo, pace, planUpdate } from '#shared/domain/updates/plan.ts';
import type { End } from './lifecycle.ts';
import type { UpdateSettings } from './update-settings.ts';

/** What fetches newer versions and puts them in; signatures and check sums are its business. */
export interface Updater {
  /** A version that is newer and, when versions are handed out in stages, for this workstation; else null. */
  look(): Promise<string | null>;
  /** Fetches the version that was found. Rejects for one that is not whole or not signed as it must be. */
  fetch(): Promise<void>;
  /** Puts it in the place of the program, which has come to its end, and starts it. */
  install(): void;
}

export interface UpdateParts {
  readonly updater: Updater;
  readonly settings: Pick<UpdateSettings, 'attempts' | 'trying'>;
  readonly activity: () => Promise<Activity>;
  /** A backup of what only this workstation has. Rejects when there is none: then nothing is put in. */
  readonly beforeUpdate: () => Promise<void>;
  readonly end: End;
  readonly log: Log;
  readonly now: () => number;
}

export interface Updates {
  readonly host: UpdateHost;
  /** Begins to look and to wait for a quiet moment; called when there are windows. */
  start(parts: UpdateParts): UpdateRun;
}

/** Updates under way. */
export interface UpdateRun {
  /** Does what is next, if anything. One at a time. */
  tick(): Promise<void>;
}

interface Standing {
  lookedAt: number | null;
  found: { readonly version: string; readonly fetched: boolean } | null;
  quietSince: number | null;
  waitsFor: readonly Obstacle[];
  ending: boolean;
}

const lookFor = async ({ updater, now }: UpdateParts, standing: Standing): Promise<void> => {
  standing.lookedAt = now();
  const version = await updater.look();
  if (version !== standing.found?.version)
    standing.found = version === null ? null : { version, fetched: false };
};

const fetchIt = async ({ updater, log }: UpdateParts, standing: Standing): Promise<void> => {
  const { found } = standing;
  if (found === null) return;
  // What cannot be fetched is looked for anew at the next look, not every minute.
  standing.found = null;
  await updater.fetch();
  standing.found = { ...found, fetched: true };
  log.info('update-fetched', { version: found.version });
};

const install = async (parts: UpdateParts, standing: Standing): Promise<void> => {
  const version = standing.found?.version ?? '';
  standing.quietSince = null;
  await parts.beforeUpdate();
  // Somebody may have come meanwhile.
  if (obstaclesTo(await parts.activity()).length > 0) return;
  parts.settings.trying(version);
  parts.log.info('update-begins', { version });
  standing.ending = true;
  parts.end(() => parts.updater.install());
};

const steps = { look: lookFor, fetch: fetchIt, install } as const;

/** Newer versions: looked for, fetched in the background, put in when nobody has worked for a while. */
export const createUpdates = (): Updates => {
  let parts: UpdateParts | null = null;
  const standing: Standing = {
    lookedAt: null,
    found: null,
    quietSince: null,
    waitsFor: [],
    ending: false,
  };

  const look = async (running: UpdateParts): Promise<void> => {
    const activity = await running.activity();
    standing.quietSince = obstaclesTo(activity).length > 0 ? null : (standing.quietSince ?? running.now());
    const { lookedAt, found, quietSince } = standing;
    const attempts = found === null ? 0 : running.settings.attempts(found.version);
    const facts = { on: true, now: running.now(), lookedAt, found, attempts, quietSince, activity };
    const { step, waitsFor } = planUpdate(facts);
    standing.waitsFor = waitsFor;
    if (step === 'nothing') return;
    try {
      await steps[step](running, standing);
    } catch (error) {
      running.log.error(`update-${step}-failed`, error);
    }
  };

  return {
    host: {
      status: () => {
        const { found, waitsFor } = standing;
        if (parts === null) return { state: 'off', version: null, waitsFor: [] };
        if (found === null) return { state: 'current', version: null, waitsFor: [] };
        const { version, fetched } = found;
        const failed = parts.settings.attempts(version) >= pace.attempts;
        const state = failed ? 'failed' : fetched ? 'waiting' : 'fetching';
        return { state, version, waitsFor: [...waitsFor] };
      },
    },
    start: (given) => {
      parts = given;
      let running: Promise<void> | null = null;
      return {
        tick: () => {
          if (standing.ending) return Promise.resolve();
          running ??= look(given).finally(() => {
            running = null;
          });
          return running;
        },
      };
    },
  };
};
