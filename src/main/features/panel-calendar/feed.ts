import { createHash, randomBytes } from 'node:crypto';
import type { CalendarFeeds } from '#main/core/calendar-feeds.ts';
import { ownPatients } from '#main/core/own-patient.ts';
import { calendarFile } from '#shared/domain/calendar/calendar-file.ts';
import { calendarEntries, type EntryDeps, wordsOf } from './entries.ts';
import { accountOfFeed } from './repository.ts';

/** 256 bits: nobody guesses an address. */
const tokenBytes = 32;

/** A new secret, and what is kept of it: its digest cannot be turned into an address. */
export const newToken = (): { readonly token: string; readonly hash: string } => {
  const token = randomBytes(tokenBytes).toString('base64url');
  return { token, hash: hashOf(token) };
};

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** What calendar programs ask for by a secret address alone, without a session. */
export const calendarFeeds = (deps: EntryDeps & { readonly clinic: () => string }): CalendarFeeds => ({
  read: (token) => {
    const account = accountOfFeed(deps.store, hashOf(token));
    if (account === undefined) return null;
    const events = calendarEntries(deps, ownPatients(deps.store, account.id), account.language);
    const name = wordsOf(account.language).name.replace('{{clinic}}', deps.clinic);
    const made = (at: number) => calendarFile({ name, events, at });
    return {
      // Without the time it was made at: the same entries are the same answer.
      version: createHash('sha256').update(made(0)).digest('base64url').slice(0, 27),
      text: () => made(deps.clock.now()),
    };
  },
});
