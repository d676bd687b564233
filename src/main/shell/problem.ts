import { app, dialog } from 'electron';
import { EnrolmentError } from '#main/core/enrolment.ts';
import { NoCentreError } from '#main/core/settings-file.ts';
import { WipedError } from '#main/core/wipe.ts';
import { NoSafePlaceError } from '#main/security/no-safe-place.ts';
import type { Catalogue } from '#shared/i18n/english.ts';
import { reasonOf } from './reason.ts';
import { KeyMissingError } from './vault.ts';

/** Somebody asked for a door into the pages of an installed product. */
class DebuggingError extends Error {
  override readonly name = 'DebuggingError';
}

/** Another program on the PC could read patients' data through Chromium's debugging port; a checkout may have it. */
export const refuseDebugging = (): void => {
  const doors = ['remote-debugging-port', 'remote-debugging-pipe'];
  if (app.isPackaged && doors.some((door) => app.commandLine.hasSwitch(door))) throw new DebuggingError();
};

/**
 * How a start ended that could not be: `npm start` reads it. 3: no safe place for secrets on this system, so the
 * headless host may be tried; 1: anything else.
 */
const exitCodes = { noSafePlace: 3, failed: 1 } as const;

type CannotStart = Catalogue['shell']['cannotStart'];

/** What to tell a person about why the start failed. */
const explain = (reason: unknown, words: CannotStart): string => {
  if (reason instanceof NoSafePlaceError) return words[reason.problem];
  if (reason instanceof EnrolmentError) return words.enrolment[reason.problem];
  if (reason instanceof WipedError) return words.wiped;
  if (reason instanceof NoCentreError) return words.noCentre;
  if (reason instanceof KeyMissingError) return words.keyMissing;
  if (reason instanceof DebuggingError) return words.debugging;
  return words.other.replace('{{reason}}', reasonOf(reason));
};

/** Says on the terminal and in a box why the product cannot start, and ends it. */
export const giveUp = (reason: unknown, words: CannotStart): void => {
  const text = explain(reason, words);
  console.error(`${words.title}: ${text}`);
  // Somebody who started it from a terminal has read it there; a box would wait for a click that may never come.
  if (!process.stderr.isTTY && process.env.CLINICHUB_CHILD !== '1') dialog.showErrorBox(words.title, text);
  app.exit(reason instanceof NoSafePlaceError ? exitCodes.noSafePlace : exitCodes.failed);
};
