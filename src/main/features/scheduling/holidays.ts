import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { HolidayDetails, HolidayProposal } from '#shared/contract/holidays.ts';
import { changedFields, isChangedElsewhere } from '#shared/domain/records/changes.ts';
import { type BadLine, type HolidayLine, readCalendar } from '#shared/domain/scheduling/holiday-file.ts';
import { nextHolidays } from '#shared/domain/scheduling/holidays.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { LocationId, ScheduleExceptionId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type LocalRowOf } from '#shared/sync/catalogue.ts';
import { readHolidayCsv } from './holiday-csv.ts';
import { activePlaces, findHoliday, holidaysOf } from './repository.ts';
import { exceptionView } from './view.ts';

const detailsOf = (row: LocalRowOf<'schedule_exception'>): HolidayDetails => ({
  startDate: row.start_date,
  endDate: row.end_date,
  name: row.name,
  locationId: row.location_id as LocationId | null,
});

const columns = ({ startDate, endDate, name, locationId }: HolidayDetails) => ({
  start_date: startDate,
  end_date: endDate,
  name,
  location_id: locationId,
});

const sitesOf = ({ store }: FeatureDeps) => activePlaces(store).filter(({ part_of }) => part_of === null);

type Days = Pick<HolidayDetails, 'startDate' | 'endDate' | 'locationId'>;

/** Whether a holiday of those days and that place stands, besides the row `itself`. */
const isKnown = ({ store }: FeatureDeps, holiday: Days, itself: string | null = null): boolean =>
  holidaysOf(store, holiday.startDate.slice(0, 4)).some(
    (row) =>
      row.id !== itself &&
      row.start_date === holiday.startDate &&
      row.end_date === holiday.endDate &&
      row.location_id === holiday.locationId,
  );

/** What is wrong with one by field. `kept` is a site it already has, which may be closed by now. */
const check = (
  deps: FeatureDeps,
  { startDate, endDate, locationId }: HolidayDetails,
  kept: string | null = null,
): Result<null> => {
  const isSite =
    locationId === null || locationId === kept || sitesOf(deps).some(({ id }) => id === locationId);
  const fields = {
    ...(endDate < startDate ? { endDate: 'order' } : {}),
    ...(isSite ? {} : { locationId: 'invalid' }),
  };
  return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : ok(null);
};

const copy = (deps: FeatureDeps, year: number): readonly HolidayProposal[] => {
  const of = (which: number) => holidaysOf(deps.store, String(which));
  const rows = of(year);
  const next = nextHolidays(rows.map(detailsOf), of(year - 1).map(detailsOf));
  return next.map(({ name, rule, days }, at) => {
    const row = rows[at];
    const locationId = (row?.location_id ?? null) as LocationId | null;
    return {
      startDate: days?.startDate ?? null,
      endDate: days?.endDate ?? null,
      name,
      locationId,
      locationName: row?.location_name ?? null,
      rule,
      line: null,
      known: days !== null && isKnown(deps, { ...days, locationId }),
    };
  });
};

/** What a file has to offer: the site of each line found by its name, and what is there twice told. */
const read = (deps: FeatureDeps, { format, text }: Parsed<'holidays.read'>): Output<'holidays.read'> => {
  const sites = sitesOf(deps);
  const problems: BadLine[] = [];
  const proposals: HolidayProposal[] = [];
  const seen = new Set<string>();
  const take = (found: HolidayLine) => {
    const { line, startDate, endDate, name } = found;
    const site = sites.find((one) => one.name.toLocaleLowerCase() === found.site.trim().toLocaleLowerCase());
    if (found.site.trim() !== '' && site === undefined) return problems.push({ line, code: 'site' });
    const locationId = (site?.id ?? null) as LocationId | null;
    const key = `${startDate} ${endDate} ${locationId}`;
    if (seen.has(key)) return problems.push({ line, code: 'twice' });
    seen.add(key);
    const known = isKnown(deps, { startDate, endDate, locationId });
    const more = { locationId, locationName: site?.name ?? null, rule: null, line, known };
    return proposals.push({ startDate, endDate, name: name.trim(), ...more });
  };
  for (const found of format === 'csv' ? readHolidayCsv(text) : readCalendar(text)) {
    if ('code' in found) problems.push(found);
    else take(found);
  }
  proposals.sort((a, b) => (a.startDate ?? '').localeCompare(b.startDate ?? ''));
  return {
    proposals: proposals.slice(0, 400),
    problems: problems.toSorted((a, b) => a.line - b.line).slice(0, 200),
    problemCount: problems.length,
  };
};

const reading = (deps: FeatureDeps): Handlers<'holidays.list' | 'holidays.copy' | 'holidays.read'> => ({
  'holidays.list': ({ year }) => ok(holidaysOf(deps.store, String(year)).map(exceptionView)),
  'holidays.copy': ({ year }) => ok([...copy(deps, year)]),
  'holidays.read': (input) => ok(read(deps, input)),
});

/** The holidays of the clinic and its sites: exceptions to the schedule of everybody, kept as a list by year. */
export const holidayHandlers = (deps: FeatureDeps) => ({
  ...reading(deps),
  ...({
    'holidays.add': ({ holidays }, connection) => {
      const added = holidays.filter((holiday) => !isKnown(deps, holiday));
      if (added.length === 0) return fail('duplicate');
      for (const holiday of added) {
        const checked = check(deps, holiday);
        if (!checked.ok) return checked;
      }
      const rows = added.map((holiday) => ({
        ...blank('schedule_exception'),
        id: deps.newId(),
        kind: 'holiday',
        ...columns(holiday),
        created_at: instant(deps.clock.now()),
        created_by: connection.user?.id ?? null,
      }));
      write(deps, 'holiday.add', connection, (writer) => {
        for (const row of rows) writer.insert('schedule_exception', row);
      });
      return ok({ ids: rows.map(({ id }) => id as ScheduleExceptionId) });
    },
    'holidays.change': ({ id, was, ...details }, connection) => {
      const row = findHoliday(deps.store, id);
      if (row === undefined || row.voided_at !== null) return fail('not-found');
      const now = detailsOf(row);
      if (isChangedElsewhere(now, was, details)) return fail('changed-meanwhile');
      const changed = { ...now, ...changedFields(was, details) };
      const checked = check(deps, changed, row.location_id);
      if (!checked.ok) return checked;
      if (isKnown(deps, changed, id)) return fail('duplicate');
      write(deps, 'holiday.change', connection, (writer) =>
        writer.update('schedule_exception', id, columns(changed)),
      );
      return ok(null);
    },
    'holidays.remove': ({ ids, removed }, connection) => {
      const rows = ids.flatMap((id) => findHoliday(deps.store, id) ?? []);
      if (rows.length < ids.length) return fail('not-found');
      const voided = removed
        ? {
            voided_at: instant(deps.clock.now()),
            voided_by: connection.user?.id ?? null,
            void_reason: 'taken back',
          }
        : { voided_at: null, voided_by: null, void_reason: null };
      write(deps, 'holiday.remove', connection, (writer) => {
        for (const { id } of rows) writer.update('schedule_exception', id, voided);
      });
      return ok(null);
    },
  } satisfies Handlers<'holidays.add' | 'holidays.change' | 'holidays.remove'>),
});
