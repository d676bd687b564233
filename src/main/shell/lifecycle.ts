import { setTimeout as delay } from 'node:timers/promises';
import { app, BrowserWindow } from 'electron';
import type { Log } from '#main/core/log.ts';

/** Longest time an end may take. What was saved is durable before: only a last push to the centre is given up. */
const patience = 5_000;

const within = async (milliseconds: number, work: Promise<void>): Promise<void> => {
  const limit = Promise.withResolvers<void>();
  const timer = setTimeout(limit.resolve, milliseconds);
  await Promise.race([work, limit.promise]).finally(() => clearTimeout(timer));
};

/** Longer than a page keeps what was typed to itself: a draft is saved with the first pause of 400 ms, and when it is hidden. */
const lastWords = 600;

/** Ends the product in order, and calls `last` in the place of quitting. Nothing happens when it is ending already. */
export type End = (last: () => void) => void;

/** However the product is asked to end, `stop` runs first, once, and the windows are gone from sight meanwhile. */
export const quitOrderly = (log: Log, stop: () => Promise<void>): End => {
  let state: 'running' | 'stopping' | 'stopped' = 'running';
  const end: End = (last) => {
    if (state !== 'running') return;
    state = 'stopping';
    const windows = BrowserWindow.getAllWindows();
    for (const window of windows) window.hide();
    within(patience, delay(windows.length > 0 ? lastWords : 0).then(stop))
      .catch((reason: unknown) => log.error('did not end in order', reason))
      .finally(() => {
        state = 'stopped';
        last();
      });
  };
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    end(() => app.quit());
  });
  return end;
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/**
 * A desktop started by another program (`npm start`) ends when that one does, however it ends: its end of the pipe or
 * of the channel closes. On Windows Electron's standard input says it has ended before it has begun, so there the
 * parent is looked for.
 */
export const quitWithParent = (): void => {
  const quit = () => app.quit();
  process.once('disconnect', quit);
  if (process.platform === 'win32') {
    const parent = process.ppid;
    setInterval(() => {
      if (!isRunning(parent)) quit();
    }, 1_000).unref();
  } else {
    process.stdin.once('end', quit).once('error', quit).resume();
  }
};

/** A second start shows the first window that is there instead of opening the same data twice. */
export const showOnSecondStart = (): void => {
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows().toSorted((a, b) => a.id - b.id);
    if (window === undefined) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
};
