import { hostname } from 'node:os';
import { connectCentre } from '#main/data/central/client.ts';
import { openLocal } from '#main/data/local/open.ts';
import { checkpointsInWorker, copyInWorker } from '#main/sync/copy-in-worker.ts';
import { startSync } from '#main/sync/engine.ts';
import { demoAccounts } from '#shared/domain/demo/accounts.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { type CoreDeps, createCore } from './core.ts';
import type { Core } from './dispatch.ts';
import { type Facts, jsonLog, type Log } from './log.ts';
import { createRestarting } from './restarting.ts';

export interface StartOptions extends Pick<CoreDeps, 'route'> {
  /** Folder of this workstation's data; one process at a time. */
  readonly folder: string;
  /** 32 bytes; the database cannot be read without. */
  readonly key: Buffer;
  /** PostgreSQL URL of the centre with this workstation's login. */
  readonly centre: string;
  /** What to call this workstation until the centre has said how it is called; null for the computer's name. */
  readonly name: string | null;
  /** Whether the sign-in screen shows the accounts of the demonstration clinic. */
  readonly demo: boolean;
  readonly version: string;
  readonly host: 'desktop' | 'headless';
  readonly log?: Log;
}

/** Notes on standard error, which belongs to whoever started the workstation. */
export const standardLog = (): Log => jsonLog((line) => process.stderr.write(line), systemClock.now);

const openCore = (options: StartOptions, log: Log, damaged: () => void): Core => {
  const { folder, key, centre, name, demo, version, host, route } = options;
  const local = openLocal({ folder, key, log: log.info });
  const access = { folder, key, url: centre };
  try {
    const engine = startSync({
      local,
      centre: () => connectCentre(centre),
      copier: copyInWorker(access),
      checkpoints: checkpointsInWorker(access),
      app: version,
      log: (event, facts) => log.info(event, facts as Facts),
    });
    local.onDamaged(damaged);
    return createCore({
      store: local.store,
      onChanged: local.onChanged,
      engine,
      clock: systemClock,
      log,
      host: {
        version,
        host,
        workstation: name ?? hostname(),
        demoAccounts: demo ? demoAccounts.map((account) => ({ ...account })) : [],
      },
      route,
      onStopped: local.close,
    });
  } catch (error) {
    local.close();
    throw error;
  }
};

/**
 * Opens this workstation's database, starts its synchronisation and puts the services on top. It does not wait for the
 * centre: with a copy it works at once, without one it is `preparing` until the centre answers. When the database turns
 * out to be damaged while it runs, all of this happens again.
 * Throws what `openLocal` throws.
 */
export const startCore = async (options: StartOptions): Promise<Core> => {
  const { log = standardLog() } = options;
  return createRestarting((damaged) => openCore(options, log, damaged), log);
};
