import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { ownPatient } from '#main/core/own-patient.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { calendarFile } from '#shared/domain/calendar/calendar-file.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { entry, wordsOf } from './entries.ts';
import { newToken } from './feed.ts';
import { closedFeed, openFeeds } from './repository.ts';

const languageOf = ({ store }: FeatureDeps, accountId: string): string =>
  store.get(localDb.selectFrom('patient_account').select('language').where('id', '=', accountId))?.language ??
  'en';

const one = (
  deps: FeatureDeps,
  { patientId, appointmentId }: Parsed<'panelCalendar.entry'>,
  connection: Connection,
): Result<Output<'panelCalendar.entry'>> => {
  const own = ownPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const language = languageOf(deps, connection.user?.id ?? '');
  const event = entry(deps, own.value, appointmentId, language);
  if (event === null) return fail('not-found');
  const text = calendarFile({ name: null, events: [event], at: deps.clock.now() });
  const day = dayAt(event.start, event.timeZone);
  return ok({
    status: event.status,
    summary: event.summary,
    location: event.location,
    startAt: instant(event.start),
    endAt: instant(event.end),
    file: { name: `${wordsOf(language).file}-${day}.ics`, text },
  });
};

const feed = ({ store }: FeatureDeps, accountId: string): Output<'panelCalendar.feed'> => {
  const [newest] = openFeeds(store, accountId);
  return newest === undefined
    ? null
    : { createdAt: newest.created_at, certainty: store.certainty('calendar_feed', newest.id) };
};

/** Puts a new secret in the place of whatever was there: an account has one row, however often it makes one. */
const create = (
  { store, clock, newId, engine }: FeatureDeps,
  accountId: string,
): { readonly path: string } => {
  const { token, hash } = newToken();
  const now = instant(clock.now());
  store.mutate({ kind: 'calendar-feed.create', user: accountId }, (writer) => {
    const [kept, ...others] = openFeeds(writer, accountId);
    for (const { id } of others) writer.update('calendar_feed', id, { revoked_at: now });
    const row = kept ?? closedFeed(writer, accountId);
    const counts = { token_hash: hash, created_at: now, revoked_at: null };
    if (row === undefined) writer.insert('calendar_feed', { id: newId(), account_id: accountId, ...counts });
    else writer.update('calendar_feed', row.id, counts);
  });
  engine.wake();
  return { path: `/calendar/${token}.ics` };
};

const revoke = ({ store, clock, engine }: FeatureDeps, accountId: string): void => {
  const now = instant(clock.now());
  store.mutate({ kind: 'calendar-feed.revoke', user: accountId }, (writer) => {
    for (const { id } of openFeeds(writer, accountId))
      writer.update('calendar_feed', id, { revoked_at: now });
  });
  engine.wake();
};

/** A call about the account that is signed in. */
const asAccount = <T>({ user }: Connection, answer: (accountId: string) => T): Result<T> =>
  user === null ? fail('not-signed-in') : ok(answer(user.id));

/** A patient's appointments in the calendar of their own: one as a file, all at a secret address. */
export const panelCalendarHandlers = (
  deps: FeatureDeps,
): Handlers<
  'panelCalendar.entry' | 'panelCalendar.feed' | 'panelCalendar.create' | 'panelCalendar.revoke'
> => ({
  'panelCalendar.entry': (input, connection) => one(deps, input, connection),
  'panelCalendar.feed': (_input, connection) => asAccount(connection, (id) => feed(deps, id)),
  'panelCalendar.create': (_input, connection) => asAccount(connection, (id) => create(deps, id)),
  'panelCalendar.revoke': (_input, connection) =>
    asAccount(connection, (id) => {
      revoke(deps, id);
      return null;
    }),
});
