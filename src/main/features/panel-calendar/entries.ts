import type { FeatureDeps } from '#main/core/deps.ts';
import { letterheadOf } from '#main/core/letterhead.ts';
import type { OwnPatient } from '#main/core/own-patient.ts';
import { entryOf } from '#shared/domain/calendar/appointment-event.ts';
import type { CalendarEvent } from '#shared/domain/calendar/calendar-file.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';
import type { Catalogue } from '#shared/i18n/english.ts';
import type { Language } from '#shared/i18n/languages.ts';
import { instant } from '#shared/kernel/clock.ts';
import { type EntryRow, entriesOf, entryById } from './repository.ts';

export type EntryDeps = Pick<FeatureDeps, 'store' | 'settings' | 'clock'>;

const day = 86_400_000;
/** How far back and ahead a calendar goes. */
const reach = { back: 90 * day, ahead: 400 * day } as const;

/** The words of an account's own calendar; English where its language is one of a later version. */
export const wordsOf = (language: string): Catalogue['calendarEntry'] =>
  catalogues[Object.hasOwn(catalogues, language) ? (language as Language) : 'en'].calendarEntry;

const eventsOf = (
  { store, settings }: EntryDeps,
  rows: readonly EntryRow[],
  language: string,
): readonly CalendarEvent[] => {
  const uncertain = store.uncertain(
    'appointment',
    rows.map(({ id }) => id),
  );
  const heads = new Map(
    [...new Set(rows.map((row) => row.location_id))].map((id) => [id, letterheadOf(store, settings, id)]),
  );
  return rows.map((row) =>
    entryOf(
      {
        id: row.id,
        status: row.status,
        participantStatus: row.participant_status,
        needsRebooking: row.needs_rebooking === 1,
        isVoided: row.voided_at !== null,
        startAt: row.start_at,
        endAt: row.end_at,
        timeZone: row.time_zone,
        createdAt: row.created_at,
        rowVersion: row.row_version,
        isConfirmed: !uncertain.has(row.id),
        clinic: heads.get(row.location_id)?.name ?? row.site_name,
        place: [row.site_name, row.site_address, row.site_city].filter(Boolean).join(', '),
      },
      wordsOf(language),
    ),
  );
};

/** One appointment of a person as an entry; null when it is not theirs. */
export const entry = (
  deps: EntryDeps,
  own: OwnPatient,
  id: string,
  language: string,
): CalendarEvent | null => {
  const row = entryById(deps.store, own, id);
  return row === undefined ? null : (eventsOf(deps, [row], language)[0] ?? null);
};

/** All entries of a calendar, by time. What was cancelled stays in it: a program that is not told would keep it. */
export const calendarEntries = (
  deps: EntryDeps,
  people: readonly OwnPatient[],
  language: string,
): readonly CalendarEvent[] => {
  const now = deps.clock.now();
  const [from, to] = [instant(now - reach.back), instant(now + reach.ahead)];
  const rows = new Map(
    people.flatMap((own) => entriesOf(deps.store, own, from, to)).map((row) => [row.id, row] as const),
  );
  return eventsOf(deps, [...rows.values()], language).toSorted(
    (a, b) => a.start - b.start || a.uid.localeCompare(b.uid),
  );
};
