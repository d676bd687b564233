import type { Log } from './log.ts';

/** How a process ends that met a bug nobody caught (EX_SOFTWARE of sysexits.h): whoever started it may start it again. */
export const failedExit = 70;

/**
 * Notes what nobody caught, as codes and places: a message may quote a row, and would be printed without this. After an
 * exception nothing is known of the state the program is in: `end` is called, once. A rejection has broken one piece of
 * work, not the program, which goes on.
 */
export const watchFailures = (log: Log, end: () => void): void => {
  // Whoever read our output may be gone; that is no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  let failed = false;
  process.on('uncaughtException', (error) => {
    log.error('uncaught', error);
    if (failed) return;
    failed = true;
    end();
  });
  process.on('unhandledRejection', (reason) => log.error('unhandled-rejection', reason));
};
