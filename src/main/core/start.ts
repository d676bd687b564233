import { hostname } from 'node:os';
import { connectCentre } from '#main/data/central/client.ts';
import { isLoginOf, isWorkstationLogin } from '#main/data/central/login.ts';
import { type Local, openLocal } from '#main/data/local/open.ts';
import { checkpointsInWorker, copyInWorker } from '#main/sync/copy-in-worker.ts';
import { startSync } from '#main/sync/engine.ts';
import { demoAccounts } from '#shared/domain/demo/accounts.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { backUpInTime } from './backup-times.ts';
import { type CoreDeps, createCore } from './core.ts';
import type { Core } from './dispatch.ts';
import type { CentreAccess } from './enrolment.ts';
import type { Facts, Log } from './log.ts';
import type { WorkstationLog } from './log-file.ts';
import { createRestarting } from './restarting.ts';

export interface StartOptions extends Pick<CoreDeps, 'route' | 'printing' | 'windows' | 'updates'> {
  /** Folder of this workstation's data; one process at a time. */
  readonly folder: string;
  /** A second folder for backups, on a disk of its own; null for none. */
  readonly secondBackups: string | null;
  /** 32 bytes; the database cannot be read without. */
  readonly key: Buffer;
  /** Where the centre is found, with this workstation's login; see `centreAccess`. */
  readonly centre: CentreAccess;
  /** Destroys key, settings and files of this workstation after its database was closed; see `SyncOptions.destroy`. */
  readonly destroy: () => Promise<void>;
  /** What to call this workstation until the centre has said how it is called; null for the computer's name. */
  readonly name: string | null;
  /** Whether the sign-in screen shows the accounts of the demonstration clinic. */
  readonly demo: boolean;
  readonly version: string;
  readonly host: 'desktop' | 'headless';
  readonly log: WorkstationLog;
  /** How the host was started, for the diagnostics; no password, no key. */
  readonly settings: Facts;
}

/**
 * An administrator has given this copy the login of another workstation, as a copied one needs: what waits here goes on under
 * it. Only logins whose name tells the workstation can be told apart.
 */
const takeIdentity = ({ replica }: Local, login: string): void => {
  const { device_id } = replica.state();
  if (device_id !== null && isWorkstationLogin(login) && !isLoginOf(device_id, login))
    replica.forgetIdentity();
};

const openCore = (options: StartOptions, log: Log, damaged: () => void): Core => {
  const { folder, key, centre, destroy, name, demo, version, host, printing, windows, updates, route } =
    options;
  const local = openLocal({ folder, key, secondBackups: options.secondBackups, log: log.info });
  try {
    takeIdentity(local, centre.login);
    const engine = startSync({
      local,
      centre: () => connectCentre(centre.source),
      copier: copyInWorker({ folder, key, source: centre.source }),
      checkpoints: checkpointsInWorker({ folder, key }),
      app: version,
      destroy: async () => {
        local.close();
        await destroy();
      },
      log: (event, facts) => log.info(event, facts as Facts),
    });
    local.onDamaged(damaged);
    const stopBackups = backUpInTime(local.backups, systemClock, log);
    return createCore({
      store: local.store,
      blobs: local.blobs,
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
      printing,
      windows,
      updates,
      diagnostics: {
        facts: local.facts,
        logTail: options.log.tail,
        settings: { ...options.settings, login: centre.login, demo, named: name !== null },
      },
      route,
      onStopped: () => {
        stopBackups();
        local.close();
      },
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
  const { log, version, host } = options;
  log.info('started', { version, host });
  return createRestarting((damaged) => openCore(options, log, damaged), log);
};
