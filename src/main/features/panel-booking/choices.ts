import type { Connection } from '#main/core/dispatch.ts';
import { type OwnPatient, ownPatient } from '#main/core/own-patient.ts';
import type { Fitting } from '#main/core/patient-booking.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { BookableDoctor, BookableSite } from '#shared/contract/panel-booking.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import type { DayPart } from '#shared/domain/panel-booking/day-part.ts';
import type { LocationId, VisitTypeId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { isLive, type PanelBookingDeps } from './deps.ts';
import { lengthOf, ownAppointment, selfBooked, sitesOpen } from './repository.ts';

/** Where the clinic has no kinds of visits. */
const plainMinutes = 30;
/** Times on a doctor's card. */
const onCard = 3;

const addressOf = (row: { readonly address_line: string | null; readonly city: string | null }) =>
  [row.address_line, row.city].filter(Boolean).join(', ') || null;

/** The sites where patients book. */
export const openSites = (deps: PanelBookingDeps): readonly BookableSite[] =>
  sitesOpen(deps.store)
    .map((row) => ({ row, booking: deps.settings.of('panel.booking', row.id) }))
    .filter(({ booking }) => booking !== 'off')
    .map(({ row, booking }) => ({
      id: row.id as LocationId,
      name: row.name,
      address: addressOf(row),
      phone: row.phone,
      timeZone: row.time_zone,
      asks: booking !== 'direct',
    }));

const doctorsAt = (deps: PanelBookingDeps, sites: readonly BookableSite[]): readonly BookableDoctor[] => {
  const open = new Set<string>(sites.map(({ id }) => id));
  return deps.practitioners().flatMap(({ id, name, specialities, locationIds }) => {
    const here = locationIds.filter((site) => open.has(site));
    return here.length === 0 ? [] : [{ id, name, specialities, locationIds: here }];
  });
};

/** What a kind of visit costs on a day, at one site; null where no price is set. */
export const feeAt = (
  { fees }: Pick<PanelBookingDeps, 'fees'>,
  visitTypeId: string | null,
  { locationId, day }: { readonly locationId: string; readonly day: string },
): { amount: number; currency: string } | null => {
  if (visitTypeId === null) return null;
  const fee = fees({ locationId: locationId as LocationId, day }).find(
    (one) => one.visitTypeId === visitTypeId,
  );
  return fee === undefined ? null : { amount: fee.amount, currency: fee.currency };
};

/** The fee that is the same at every site, or none: which it is depends on what is chosen next. */
const feeEverywhere = (deps: PanelBookingDeps, visitTypeId: string, sites: readonly BookableSite[]) => {
  const [first, ...others] = sites.map(({ id, timeZone }) =>
    feeAt(deps, visitTypeId, { locationId: id, day: dayAt(deps.clock.now(), timeZone) }),
  );
  const isSame = others.every((fee) => fee?.amount === first?.amount && fee?.currency === first?.currency);
  return (isSame && first) || null;
};

/** See the contract. */
export const bookable = (deps: PanelBookingDeps): Result<Output<'panel.bookable'>> => {
  const sites = openSites(deps);
  return ok({
    sites: [...sites],
    doctors: [...doctorsAt(deps, sites)],
    visitTypes: selfBooked(deps.store).map(({ id, name, minutes }) => ({
      id: id as VisitTypeId,
      name,
      minutes,
      fee: feeEverywhere(deps, id, sites.slice(0, 20)),
    })),
    live: isLive(deps),
  });
};

/**
 * How long such a visit is; `not-found` for what patients do not choose. Of no particular kind only where there are no kinds, or where
 * an appointment is moved that is of none.
 */
export const minutesOf = (
  { store }: Pick<PanelBookingDeps, 'store'>,
  visitTypeId: string | null,
): Result<number> => {
  const kinds = selfBooked(store);
  if (visitTypeId === null) return kinds.length === 0 ? ok(plainMinutes) : fail('not-found');
  const kind = kinds.find(({ id }) => id === visitTypeId);
  return kind === undefined ? fail('not-found') : ok(kind.minutes);
};

const parts: Readonly<Record<DayPart, (time: string) => boolean>> = {
  morning: (time) => time < '12:00',
  afternoon: (time) => time >= '12:00' && time < '17:00',
  evening: (time) => time >= '17:00',
};

/** ISO 8601: 1 is Monday. */
const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

const fittingOf = ({ part, weekdays }: Pick<Parsed<'panel.times'>, 'part' | 'weekdays'>): Fitting => ({
  isDay: (day) => weekdays.length === 0 || weekdays.includes(weekdayOf(day)),
  isTime: part === null ? () => true : parts[part],
});

/** Whom the wanted speciality, site and name leave; `not-found` where one of them does not exist here. */
const candidates = (
  deps: PanelBookingDeps,
  wanted: Pick<Parsed<'panel.doctors'>, 'speciality' | 'locationId' | 'practitionerId'>,
): Result<{ readonly sites: ReadonlySet<string>; readonly isAnybody: boolean }> => {
  const sites = openSites(deps);
  const doctors = doctorsAt(deps, sites);
  const { speciality, locationId, practitionerId } = wanted;
  if (locationId !== null && !sites.some(({ id }) => id === locationId)) return fail('not-found');
  const doctor = doctors.find(({ id }) => id === practitionerId);
  if (practitionerId !== null && doctor === undefined) return fail('not-found');
  return ok({
    sites: new Set<string>(sites.map(({ id }) => id)),
    isAnybody: doctor === undefined || speciality === null || doctor.specialities.includes(speciality),
  });
};

/** See the contract. */
export const doctors = (
  deps: PanelBookingDeps,
  input: Parsed<'panel.doctors'>,
  connection: Connection,
): Result<Output<'panel.doctors'>> => {
  const minutes = minutesOf(deps, input.visitTypeId);
  if (!minutes.ok) return minutes;
  const among = candidates(deps, input);
  if (!among.ok) return among;
  if (!among.value.isAnybody) return ok({ doctors: [], next: null });
  const { limit, after } = input;
  const found = deps.appointments.doctors(
    { ...input, minutes: minutes.value, isOpen: (id) => among.value.sites.has(id) },
    fittingOf(input),
    { after, most: limit, each: onCard },
    connection,
  );
  const page = found.slice(0, limit) as Output<'panel.doctors'>['doctors'];
  const last = page.at(-1);
  const at = last?.slots[0]?.startAt;
  return ok({
    doctors: page.map(({ id, slots }) => ({ id, slots: [...slots] })),
    next: found.length > limit && last && at ? { startAt: at, id: last.id } : null,
  });
};

interface Visit {
  readonly visitTypeId: string | null;
  readonly minutes: number;
}

/** What times are wanted for: a new visit of a kind, or what is to be moved. */
export const visitOf = (
  deps: PanelBookingDeps,
  own: OwnPatient | null,
  { moving, visitTypeId }: { readonly moving: string | null; readonly visitTypeId: string | null },
): Result<Visit> => {
  if (moving === null || own === null) {
    const minutes = minutesOf(deps, visitTypeId);
    return minutes.ok ? ok({ visitTypeId, minutes: minutes.value }) : minutes;
  }
  const row = ownAppointment(deps.store, own, moving);
  return row === undefined
    ? fail('not-found')
    : ok({ visitTypeId: row.visit_type_id, minutes: lengthOf(row) });
};

/** See the contract. */
export const times = (
  deps: PanelBookingDeps,
  input: Parsed<'panel.times'>,
  connection: Connection,
): Result<Output<'panel.times'>> => {
  const own = input.moving && ownPatient(deps, connection, input.moving.patientId);
  if (own !== null && !own.ok) return own;
  const visit = visitOf(deps, own?.value ?? null, { ...input, moving: input.moving?.id ?? null });
  if (!visit.ok) return visit;
  const among = candidates(deps, { ...input, speciality: null });
  if (!among.ok) return among;
  const { slots, next } = deps.appointments.times(
    { ...input, ...visit.value, speciality: null, isOpen: (id) => among.value.sites.has(id) },
    fittingOf(input),
    connection,
  );
  return ok({ slots: [...slots], next });
};
