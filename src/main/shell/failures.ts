import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { z } from 'zod';
import { failedExit, watchFailures } from '#main/core/failures.ts';
import type { Log } from '#main/core/log.ts';
import { logFolder } from '#main/core/log-file.ts';
import { afterFailure } from './crash-loop.ts';
import { wordsFor } from './language.ts';
import type { End } from './lifecycle.ts';
import { type DesktopOptions, electronFolder } from './options.ts';

const Instants = z.array(z.number());

/** Whether the product may start again by itself. Where that cannot be remembered it may not: it could go on for ever. */
const mayStartAgain = (folder: string): boolean => {
  const file = join(electronFolder(folder), 'failures.json');
  let before: readonly number[] = [];
  try {
    before = Instants.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // The first one, or a file that was cut short.
  }
  const { remembered, startAgain } = afterFailure(before, Date.now());
  try {
    writeFileSync(file, JSON.stringify(remembered), { mode: 0o600 });
    return startAgain;
  } catch {
    return false;
  }
};

/** Has the product start once this process has ended. */
export const startAgain = (): void =>
  // An AppImage runs from a place that is gone with this process.
  app.relaunch({ execPath: process.env.APPIMAGE ?? process.execPath, args: process.argv.slice(1) });

const sayItStopped = (folder: string): void => {
  const { title, text } = wordsFor(app.getLocale()).words.shell.stoppedAgain;
  const words = text.replace('{{folder}}', logFolder(folder));
  console.error(`${title}: ${words}`);
  if (!process.stderr.isTTY) dialog.showErrorBox(title, words);
};

/**
 * Notes every process of the product that stops. After an exception in main that nobody caught the product ends in order,
 * so that what was typed last is saved, and starts again; three times in ten minutes, and then it says so and stays away.
 * What `npm start` has started ends, and that one says so.
 */
export const surviveFailures = (
  log: Log,
  folder: string,
  { child }: Pick<DesktopOptions, 'child'>,
  end: End,
): void => {
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) =>
    log.info('page-stopped', { reason, exitCode }),
  );
  app.on('child-process-gone', (_event, { type, reason, exitCode }) =>
    log.info('process-stopped', { type, reason, exitCode }),
  );
  watchFailures(log, () =>
    end(() => {
      if (!child && mayStartAgain(folder)) startAgain();
      else if (!child) sayItStopped(folder);
      app.exit(failedExit);
    }),
  );
};
