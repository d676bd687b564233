import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 } from 'uuid';
import { connectCentre } from '#main/data/central/client.ts';
import { isLoginOf, isWorkstationLogin } from '#main/data/central/login.ts';
import { LocalError } from '#main/data/local/error.ts';
import { type Local, openLocal } from '#main/data/local/open.ts';
import { checkpointsInWorker, copyInWorker } from '#main/sync/copy-in-worker.ts';
import { startSync } from '#main/sync/engine.ts';
import { demoAccounts } from '#shared/domain/demo/accounts.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { auditRow } from './audit-event.ts';
import { backUpInTime } from './backup-times.ts';
import { type CoreDeps, createCore } from './core.ts';
import type { Core } from './dispatch.ts';
import type { CentreAccess } from './enrolment.ts';
import { changeKey } from './key-change.ts';
import { keyBytes } from './key-file.ts';
import type { Facts, Log } from './log.ts';
import type { WorkstationLog } from './log-file.ts';
import type { Protection, ProtectionHost } from './protection.ts';
import { createRecoveryKeys, type RecoveryKeys } from './recovery-keys.ts';
import { createRestarting } from './restarting.ts';
import { restoreWhenReady } from './restore-when-ready.ts';

/** How long an update waits for a second place of backups, in milliseconds. */
const patience = 10_000;

export interface StartOptions
  extends Pick<CoreDeps, 'route' | 'printing' | 'windows' | 'updates' | 'outgoingMail'> {
  /** Folder of this workstation's data; one process at a time. */
  readonly folder: string;
  /** A second folder for backups, on a disk of its own; null for none. */
  readonly secondBackups: string | null;
  /** 32 bytes; the database cannot be read without. */
  readonly key: Buffer;
  readonly protection: ProtectionHost;
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

/** What outlives a core that another takes the place of. */
interface Lasting {
  readonly options: StartOptions;
  readonly log: Log;
  /** The database's key as it is now. */
  readonly key: () => Buffer;
  readonly recovery: RecoveryKeys;
  readonly changeKey: Protection['changeKey'];
  /** The database of the core that runs. */
  readonly opened: (local: Local) => void;
}

const openCore = ({ options, log, key, recovery, changeKey, opened }: Lasting, damaged: () => void): Core => {
  const {
    folder,
    centre,
    destroy,
    name,
    demo,
    version,
    host,
    printing,
    windows,
    updates,
    outgoingMail = null,
    route,
    protection,
  } = options;
  const local = openLocal({
    folder,
    key: key(),
    secondBackups: options.secondBackups,
    settings: protection.settings,
    log: log.info,
  });
  try {
    opened(local);
    takeIdentity(local, centre.login);
    const access = { folder, key: key() };
    const engine = startSync({
      local,
      centre: () => connectCentre(centre.source),
      copier: copyInWorker({ ...access, source: centre.source }),
      checkpoints: checkpointsInWorker(access),
      app: version,
      destroy: async () => {
        local.close();
        await destroy();
      },
      log: (event, facts) => log.info(event, facts as Facts),
    });
    local.onDamaged(damaged);
    const stopRestoring = restoreWhenReady(local, log, engine.wake);
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
      outgoingMail,
      protection: {
        place: protection.place,
        folders: protection.folders,
        recovery,
        backups: local.backups,
        changeKey,
      },
      diagnostics: {
        facts: local.facts,
        logTail: options.log.tail,
        settings: { ...options.settings, login: centre.login, demo, named: name !== null },
      },
      route,
      onStopped: () => {
        stopRestoring();
        stopBackups();
        local.close();
      },
    });
  } catch (error) {
    local.close();
    throw error;
  }
};

/** That the key was changed is in the audit trail, under who did it. */
const noteKeyChange = ({ store }: Local, accountId: string): void => {
  const made = { newId: () => v7(), clock: systemClock };
  store.mutate({ kind: 'protection.key', user: accountId }, (writer) =>
    writer.insert(
      'audit_event',
      auditRow(made, { action: 'U', event: 'key-change', accountId, entity: null }),
    ),
  );
};

/** A running workstation. */
export interface Started {
  readonly core: Core;
  /**
   * Keeps what the centre has not got before a newer version of the program is put in. Throws when the disk does not take
   * it.
   */
  backUp(): Promise<void>;
}

/**
 * Opens this workstation's database, starts its synchronisation and puts the services on top. It does not wait for the
 * centre: with a copy it works at once, without one it is `preparing` until the centre answers. When the database turns
 * out to be damaged while it runs, all of this happens again.
 * Throws what `openLocal` throws.
 */
export const startCore = async (options: StartOptions): Promise<Started> => {
  const { log, version, host, folder } = options;
  const { keep } = options.protection;
  log.info('started', { version, host });
  let { key } = options;
  let local: Local | null = null;

  const change = async (accountId: string): Promise<'changed' | 'disk-full' | 'refused'> => {
    const next = randomBytes(keyBytes);
    try {
      await core.renew(async () => {
        if (keep === null) return;
        try {
          await changeKey(folder, key, next, keep);
        } finally {
          // What is kept is the key, whatever came of it.
          key = await keep.read();
        }
      });
    } catch (error) {
      log.error('key not changed', error);
      return error instanceof LocalError && error.code === 'disk-full' ? 'disk-full' : 'refused';
    }
    if (local !== null) noteKeyChange(local, accountId);
    return 'changed';
  };

  const lasting: Lasting = {
    options,
    log,
    key: () => key,
    recovery: createRecoveryKeys(folder, () => key),
    changeKey: keep === null ? null : change,
    opened: (one) => {
      local = one;
    },
  };
  const core = createRestarting((damaged) => openCore(lasting, damaged), log);
  return {
    core,
    backUp: async () => {
      const backups = local?.backups;
      backups?.make('update');
      if (backups?.status().failed !== false) throw new Error('the disk took no backup');
      await Promise.race([backups.keepSecond(), delay(patience, undefined, { ref: false })]);
    },
  };
};
