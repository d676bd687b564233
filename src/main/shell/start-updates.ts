import type { Core } from '#main/core/dispatch.ts';
import type { Log } from '#main/core/log.ts';
import type { IpcRouter } from '#main/transport/ipc/router.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import type { Activity } from '#shared/domain/updates/plan.ts';
import { openUpdater } from './electron-updater.ts';
import { startAgain } from './failures.ts';
import type { End } from './lifecycle.ts';
import type { DesktopOptions } from './options.ts';
import type { DesktopPrinting } from './printing.ts';
import { openUpdateSettings } from './update-settings.ts';
import type { Updates } from './updates.ts';

/** How often to see whether there is something to do, milliseconds. */
const every = 60_000;

/** What the desktop has that its updates depend on. */
export interface UpdateSurroundings {
  readonly updates: Updates;
  readonly options: Pick<DesktopOptions, 'updates'>;
  /** Keeps what the centre has not got; throws when the disk does not take it. */
  readonly backUp: () => Promise<void>;
  readonly core: Core;
  readonly router: Pick<IpcRouter, 'anyoneSignedIn'>;
  readonly printing: Pick<DesktopPrinting, 'busy'>;
  readonly end: End;
  readonly log: Log;
}

/** What goes on at this workstation. A core that does not answer counts as work that is not safe. */
const activityOf = async ({ core, router, printing }: UpdateSurroundings): Promise<Activity> => {
  const connection = core.connect();
  try {
    const reply = await core.dispatch('sync.status', {}, connection);
    const status = reply.ok ? (reply.value as SyncStatus) : null;
    return {
      signedIn: router.anyoneSignedIn(),
      printing: printing.busy(),
      copying: status?.connection === 'preparing',
      waiting: status?.waiting ?? 1,
      mirrorBehind: status?.mirrorBehind ?? true,
    };
  } finally {
    core.disconnect(connection);
  }
};

/** Looks for updates where the clinic says they are; nowhere while it does not say so. */
export const startUpdates = (around: UpdateSurroundings): void => {
  const { updates, options, end, log } = around;
  const settings = openUpdateSettings();
  if (options.updates !== null && !settings.tell(options.updates)) log.info('update-address-refused');
  const address = settings.address();
  if (address === null) return;
  const updater = openUpdater(address, startAgain);
  if (updater === null) {
    log.info('updates-not-possible-here');
    return;
  }
  const { tick } = updates.start({
    updater,
    settings,
    activity: () => activityOf(around),
    beforeUpdate: around.backUp,
    end,
    log,
    now: Date.now,
  });
  setInterval(() => void tick(), every).unref();
  void tick();
};
