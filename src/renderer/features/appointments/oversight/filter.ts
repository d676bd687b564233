import type { OversightName } from '#renderer/ui/oversight-path.ts';
import { longestSpan, type OversightFilter, standings } from '#shared/contract/oversight.ts';
import { outcomeGroups } from '#shared/domain/overview/figures.ts';
import { addDays, daysBetween, isCalendarDate } from '#shared/kernel/calendar.ts';
import { LocationId, PatientId, PractitionerId, StaffAccountId, VisitTypeId } from '#shared/kernel/ids.ts';

/** What is looked at and in which order, as an address says it. */
export interface Oversight {
  readonly filter: OversightFilter;
  readonly order: 'asc' | 'desc';
  /** What is wrong with the days. */
  readonly problem: 'date' | 'order' | 'too-long' | null;
}

/** Days ahead that are shown where the address says nothing. */
const ahead = 30;

interface Parser<T> {
  readonly safeParse: (value: unknown) => { readonly success: boolean; readonly data?: T };
}

const among = <T extends string>(values: readonly T[], value: string | null): T | null =>
  values.find((one) => one === value) ?? null;

/** What an address says for every site, whichever is chosen for the window. */
export const everySite = 'all';

/** Reads an address; what it says wrongly is as if it were not said. `site` is the one chosen for the window. */
export const readOversight = (search: URLSearchParams, today: string, site: LocationId | null): Oversight => {
  const id = <T>(parser: Parser<T>, name: OversightName): T | null =>
    parser.safeParse(search.get(name)).data ?? null;
  const day = (name: 'from' | 'until', otherwise: string): string => search.get(name) ?? otherwise;
  const outcomes = (search.get('is')?.split(',') ?? []).flatMap((one) => among(outcomeGroups, one) ?? []);
  const from = day('from', today);
  const until = day('until', isCalendarDate(from) ? addDays(from, ahead) : '');
  const isRead = isCalendarDate(from) && isCalendarDate(until);
  const days = isRead ? daysBetween(from, until) : 0;
  return {
    filter: {
      from,
      until,
      locationId: search.has('site') ? id(LocationId, 'site') : site,
      practitionerId: id(PractitionerId, 'doctor'),
      visitTypeId: id(VisitTypeId, 'type'),
      personId: id(StaffAccountId, 'by'),
      patientId: id(PatientId, 'patient'),
      outcomes: outcomes.length === 0 ? null : outcomes,
      standing: among(standings, search.get('standing')),
      overbooked: search.get('overbooked') === '1' ? true : null,
      unanswered: search.get('unanswered') === '1' ? true : null,
    },
    order: among(['asc', 'desc'], search.get('order')) ?? 'asc',
    problem: !isRead ? 'date' : days < 0 ? 'order' : days >= longestSpan ? 'too-long' : null,
  };
};

/** Whether anything but the days is asked for. */
export const isNarrowed = ({ from: _, until: __, ...rest }: OversightFilter): boolean =>
  Object.values(rest).some((value) => value !== null);
