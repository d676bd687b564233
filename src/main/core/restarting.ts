import { setTimeout as delay } from 'node:timers/promises';
import type { HostEvent } from '#shared/contract/host-event.ts';
import type { Connection, Core } from './dispatch.ts';
import type { Log } from './log.ts';

/** Between two tries to start again, when the first failed: the disk may be full for a while. */
const patience = 5_000;

/** A core in whose place another can be put. */
export interface RestartingCore extends Core {
  /**
   * Does `work` while no database is open, and puts another core in the place of this one, whatever came of it. Open
   * sessions go on, locked ones end, and calls made meanwhile wait. Rejects as `work` does, and when another restart is under way.
   */
  renew(work: () => Promise<void>): Promise<void>;
}

/**
 * A core that starts again in place when `open`'s database turns out to be damaged: opening puts the old file aside.
 * Windows and browser sessions keep their connections; who was signed in signs in again. `open` gets what to call then.
 */
export const createRestarting = (
  open: (damaged: () => void) => Core,
  log: Log,
  wait = patience,
): RestartingCore => {
  const connections = new Set<Connection>();
  const listeners = new Set<(event: HostEvent, to: Connection | null) => void>();
  let stopped = false;
  let restarting: Promise<void> | null = null;
  let renewing: Promise<void> | null = null;

  const emit = (event: HostEvent, to: Connection | null) => {
    for (const listener of listeners) listener(event, to);
  };

  const start = (): Core => {
    // Told in the middle of what met the damage, so that comes to its end first.
    const begun = open(() => queueMicrotask(restart));
    begun.onEvent(emit);
    return begun;
  };

  const replace = async (between: () => Promise<void>): Promise<void> => {
    await core.stop().catch((error: unknown) => log.error('core did not end in order', error));
    await between();
    for (let open = false; !open && !stopped; ) {
      try {
        core = start();
        open = true;
      } catch (error) {
        log.error('core did not start again', error);
        await delay(wait);
      }
    }
  };

  const startAgain = async (): Promise<void> => {
    log.info('database-damaged');
    await replace(async () => undefined);
    if (stopped) return;
    for (const connection of connections) {
      connection.user = null;
      connection.locked = false;
      core.connect(connection);
      emit({ type: 'session-ended' }, connection);
    }
  };

  const renew = async (work: () => Promise<void>): Promise<void> => {
    if (stopped || restarting !== null) throw new Error('another restart is under way');
    const done = Promise.withResolvers<void>();
    restarting = replace(() => work().then(done.resolve, done.reject)).finally(() => {
      restarting = null;
    });
    renewing = restarting;
    await restarting;
    renewing = null;
    for (const connection of stopped ? [] : connections) {
      const wasLocked = connection.locked === true;
      core.connect(connection);
      // What waited behind a lock was known to the core of before.
      if (wasLocked) emit({ type: 'session-ended' }, connection);
    }
    await done.promise;
  };

  const restart = () => {
    if (stopped || restarting !== null) return;
    restarting = startAgain().finally(() => {
      restarting = null;
    });
  };

  let core = start();
  return {
    dispatch: async (name, input, connection) => {
      await renewing;
      return core.dispatch(name, input, connection);
    },
    renew,
    connect: (known) => {
      const connection = core.connect(known);
      connections.add(connection);
      return connection;
    },
    disconnect: (connection) => {
      connections.delete(connection);
      core.disconnect(connection);
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lock: () => core.lock(),
    programs: async (use) => {
      await renewing;
      return core.programs(use);
    },
    stop: async () => {
      stopped = true;
      if (restarting === null) await core.stop();
      else await restarting;
    },
  };
};
