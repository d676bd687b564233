import { failedExit, watchFailures } from './failures.ts';
import type { Log } from './log.ts';

/** Longest time an end may take after a bug. What was saved is durable before: only a last push to the centre is given up. */
const patience = 5_000;

/**
 * Has a process without windows end in order, once: at a signal, with the standard input of who started it when that is
 * asked for, and after an exception nobody caught, then with {@link failedExit}.
 */
export const endInOrder = (
  log: Log,
  { untilStdinCloses }: { readonly untilStdinCloses: boolean },
  stop: () => Promise<void>,
): void => {
  let ending = false;
  const end = async (code: number) => {
    if (ending) return;
    ending = true;
    if (code !== 0) setTimeout(() => process.exit(code), patience).unref();
    try {
      await stop();
      process.exit(code);
    } catch (error) {
      log.error('did not end in order', error);
      process.exit(1);
    }
  };
  const inOrder = () => void end(0);
  watchFailures(log, () => void end(failedExit));
  process.on('SIGINT', inOrder).on('SIGTERM', inOrder);
  if (untilStdinCloses) process.stdin.on('end', inOrder).on('error', inOrder).resume();
};
