import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import { saidOfSites } from '#main/data/local/sites-of.ts';
import { furtherSpecialties } from '#main/data/local/specialties.ts';
import type { ExceptionDetails, HoursDetails, VisitTypeDetails } from '#shared/contract/scheduling.ts';
import { clash } from '#shared/domain/appointments/schedule.ts';
import { allSpecialties, worksAt } from '#shared/domain/clinic/practice.ts';
import { exceptionProblems, hoursProblems } from '#shared/domain/scheduling/problems.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { LocationId, PractitionerId, ScheduleId, VisitTypeId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import {
  activePlaces,
  activePractitioners,
  exceptionsFrom,
  findException,
  findHours,
  findVisitType,
  hoursFrom,
  hoursOf,
  visitTypes,
} from './repository.ts';
import { exceptionView, hoursViews, nameOf, visitTypeView, weeklyOf } from './view.ts';

const bit = (value: boolean): 0 | 1 => (value ? 1 : 0);

const visitTypeColumns = (details: VisitTypeDetails): Omit<RowOf<'visit_type'>, 'id' | 'colour'> => ({
  name: details.name,
  minutes: details.minutes,
  buffer_before: details.bufferBefore,
  buffer_after: details.bufferAfter,
  daily_cap: details.dailyCap,
  staff_only: bit(details.staffOnly),
  needs_room: bit(details.needsRoom),
  active: bit(details.active),
  lead_minutes: details.leadMinutes,
  horizon_days: details.horizonDays,
});

const visitTypeHandlers = (
  deps: FeatureDeps,
): Handlers<'scheduling.visitTypes' | 'scheduling.createVisitType' | 'scheduling.updateVisitType'> => {
  const shown = (id: string) => {
    const row = findVisitType(deps.store, id);
    return row === undefined ? fail('not-found') : ok(visitTypeView(row));
  };
  const isNamed = ({ name, id }: VisitTypeDetails & { id?: VisitTypeId }) =>
    visitTypes(deps.store).some(
      (row) => row.id !== id && row.name.toLocaleLowerCase() === name.toLocaleLowerCase(),
    );
  return {
    'scheduling.visitTypes': () => ok(visitTypes(deps.store).map(visitTypeView)),
    'scheduling.createVisitType': (details, connection) => {
      if (isNamed(details)) return fail('invalid-input', { fields: { name: 'duplicate' } });
      const id = deps.newId();
      write(deps, 'visit-type.create', connection, (writer) =>
        writer.insert('visit_type', { id, colour: null, ...visitTypeColumns(details) }),
      );
      return shown(id);
    },
    'scheduling.updateVisitType': ({ id, ...details }, connection) => {
      if (findVisitType(deps.store, id) === undefined) return fail('not-found');
      if (isNamed({ ...details, id })) return fail('invalid-input', { fields: { name: 'duplicate' } });
      write(deps, 'visit-type.update', connection, (writer) =>
        writer.update('visit_type', id, visitTypeColumns(details)),
      );
      return shown(id);
    },
  };
};

const hoursColumns = (details: HoursDetails): Omit<RowOf<'schedule'>, 'id' | 'active'> => ({
  practitioner_id: details.practitionerId,
  location_id: details.locationId,
  room_id: details.roomId,
  weekday: details.weekday,
  start_time: details.startTime,
  end_time: details.endTime,
  valid_from: details.validFrom,
  valid_to: details.validTo,
  interval_weeks: details.intervalWeeks,
});

/** What is wrong with hours by field: what they say of themselves, whether what they name is there, and what is worked already. */
const checkHours = (deps: FeatureDeps, details: HoursDetails, id: string | null): Result<null> => {
  const places = activePlaces(deps.store);
  const isSite = places.some((row) => row.id === details.locationId && row.part_of === null);
  const isRoom = places.some((row) => row.id === details.roomId && row.part_of === details.locationId);
  const isTheirs = worksAt(saidOfSites(deps.store).get(details.practitionerId), details.locationId);
  const isPerson = activePractitioners(deps.store).some((row) => row.id === details.practitionerId);
  const isTaken = hoursOf(deps.store, details.practitionerId).some(
    (row) => row.id !== id && clash(weeklyOf(row), details),
  );
  const fields = {
    ...(isTaken ? { startTime: 'own-hours' } : {}),
    ...hoursProblems(details),
    ...(isPerson ? {} : { practitionerId: 'invalid' }),
    ...(isTheirs ? {} : { locationId: 'not-their-site' }),
    ...(isSite ? {} : { locationId: 'invalid' }),
    ...(details.roomId === null || isRoom ? {} : { roomId: 'invalid' }),
  };
  return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : ok(null);
};

const hoursHandlers = (
  deps: FeatureDeps,
): Handlers<
  'scheduling.hours' | 'scheduling.addHours' | 'scheduling.changeHours' | 'scheduling.removeHours'
> => ({
  'scheduling.hours': ({ from }) => ok(hoursViews(hoursFrom(deps.store, from))),
  'scheduling.addHours': (details, connection) => {
    const checked = checkHours(deps, details, null);
    if (!checked.ok) return checked;
    const id = deps.newId();
    write(deps, 'schedule.add', connection, (writer) =>
      writer.insert('schedule', { id, ...hoursColumns(details), active: 1 }),
    );
    return ok({ id: id as ScheduleId });
  },
  'scheduling.changeHours': ({ id, ...details }, connection) => {
    if (findHours(deps.store, id) === undefined) return fail('not-found');
    const checked = checkHours(deps, details, id);
    if (!checked.ok) return checked;
    write(deps, 'schedule.change', connection, (writer) =>
      writer.update('schedule', id, hoursColumns(details)),
    );
    return ok({ id });
  },
  'scheduling.removeHours': ({ id, removed }, connection) => {
    if (findHours(deps.store, id) === undefined) return fail('not-found');
    write(deps, 'schedule.remove', connection, (writer) =>
      writer.update('schedule', id, { active: bit(!removed) }),
    );
    return ok(null);
  },
});

const exceptionColumns = (details: ExceptionDetails) => ({
  kind: details.kind,
  practitioner_id: details.practitionerId,
  location_id: details.locationId,
  start_date: details.startDate,
  end_date: details.endDate,
  start_time: details.startTime,
  end_time: details.endTime,
  name: details.name,
});

const checkException = (deps: FeatureDeps, details: ExceptionDetails): Result<null> => {
  const isPerson = activePractitioners(deps.store).some((row) => row.id === details.practitionerId);
  const isSite = activePlaces(deps.store).some(
    (row) => row.id === details.locationId && row.part_of === null,
  );
  const fields = {
    ...exceptionProblems(details),
    ...(details.practitionerId === null || isPerson ? {} : { practitionerId: 'invalid' }),
    ...(details.locationId === null || isSite ? {} : { locationId: 'invalid' }),
  };
  return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : ok(null);
};

const exceptionHandlers = (
  deps: FeatureDeps,
): Handlers<'scheduling.exceptions' | 'scheduling.addException' | 'scheduling.voidException'> => ({
  'scheduling.exceptions': ({ from }) => ok(exceptionsFrom(deps.store, from).map(exceptionView)),
  'scheduling.addException': (details, connection) => {
    const checked = checkException(deps, details);
    if (!checked.ok) return checked;
    const id = deps.newId();
    write(deps, 'schedule-exception.add', connection, (writer) =>
      writer.insert('schedule_exception', {
        id,
        ...exceptionColumns(details),
        created_at: instant(deps.clock.now()),
        created_by: connection.user?.id ?? null,
        voided_at: null,
        voided_by: null,
        void_reason: null,
      }),
    );
    const row = findException(deps.store, id);
    return row === undefined ? fail('not-found') : ok(exceptionView(row));
  },
  'scheduling.voidException': ({ id }, connection) => {
    if (findException(deps.store, id) === undefined) return fail('not-found');
    write(deps, 'schedule-exception.void', connection, (writer) =>
      writer.update('schedule_exception', id, {
        voided_at: instant(deps.clock.now()),
        voided_by: connection.user?.id ?? null,
        void_reason: 'taken back',
      }),
    );
    return ok(null);
  },
});

/** When practitioners work, what is different on some days, and which kinds of visits there are. */
export const schedulingHandlers = (deps: FeatureDeps) => ({
  ...visitTypeHandlers(deps),
  ...hoursHandlers(deps),
  ...exceptionHandlers(deps),
  'scheduling.places': () =>
    ok(
      activePlaces(deps.store).map((row) => ({
        id: row.id as LocationId,
        name: row.name,
        siteId: row.part_of as LocationId | null,
      })),
    ),
  'scheduling.people': () => {
    const further = furtherSpecialties(deps.store);
    const said = saidOfSites(deps.store);
    const sites = activePlaces(deps.store).filter((row) => row.part_of === null);
    return ok(
      activePractitioners(deps.store).map((row) => ({
        id: row.id as PractitionerId,
        name: nameOf(row),
        specialities: allSpecialties(row.speciality, further.get(row.id) ?? []),
        siteIds: sites.filter(({ id }) => worksAt(said.get(row.id), id)).map(({ id }) => id as LocationId),
      })),
    );
  },
});
