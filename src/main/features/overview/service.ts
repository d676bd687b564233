import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import type { Output } from '#shared/contract/contract.ts';
import { longestSpan } from '#shared/contract/oversight.ts';
import { type WaitView, waitStages } from '#shared/contract/overview.ts';
import { type AppointmentStatus, holdingStatuses } from '#shared/domain/appointments/status.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { type Counted, outcomesOf, percentile } from '#shared/domain/overview/figures.ts';
import type { VisitStage } from '#shared/domain/visits/course.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import {
  counted,
  countedByDoctor,
  doctorsNamed,
  type Period,
  sitesNamed,
  unanswered,
  waited,
} from './repository.ts';

export interface OverviewDeps extends FeatureDeps {
  /** Minutes each practitioner works on a day, at one site or at all. */
  readonly workMinutes: (date: string, locationId: string | null) => ReadonlyMap<string, number>;
}

/** Nobody asks for a time further ahead than a list of them can show. */
const requestDays = longestSpan - 1;

const waitsOf = ({ store }: FeatureDeps, period: Period): WaitView[] =>
  waitStages.map((stage) => {
    const each = waited(store, period, stage);
    return {
      stage,
      visits: each.reduce((sum, { count }) => sum + count, 0),
      median: percentile(each, 0.5),
      ninetieth: percentile(each, 0.9),
    };
  });

/** Rows as the rules read them: the columns are text to the database. */
const course = <T extends { readonly status: string; readonly stage: string | null; readonly count: number }>(
  rows: readonly T[],
) =>
  rows as readonly (T &
    Counted & { readonly status: AppointmentStatus; readonly stage: VisitStage | null })[];

/** What takes a doctor's time: who is still to come, who is here, and who was. */
const takesTime = (status: AppointmentStatus): boolean =>
  status === 'fulfilled' || holdingStatuses.some((one) => one === status);

const today = (deps: OverviewDeps, locationId: LocationId | null): Output<'overview.today'> => {
  const { store, clock } = deps;
  const date = dayAt(clock.now(), deps.home().timeZone);
  const period = { from: date, to: date, locationId };
  const rows = course(countedByDoctor(store, period));
  const work = deps.workMinutes(date, locationId);
  const byDoctor = Map.groupBy(rows, ({ practitioner_id }) => practitioner_id);
  const bySite = Map.groupBy(rows, ({ location_id }) => location_id);
  return {
    asOf: instant(clock.now()),
    date,
    all: outcomesOf(rows),
    doctors: doctorsNamed(store, [...new Set([...byDoctor.keys(), ...work.keys()])]).map((doctor) => {
      const own = byDoctor.get(doctor.id) ?? [];
      const workMinutes = work.get(doctor.id) ?? 0;
      const taken = own
        .filter(({ status }) => takesTime(status))
        .reduce((sum, { minutes }) => sum + minutes, 0);
      return {
        practitionerId: doctor.id as PractitionerId,
        name: [doctor.prefix, doctor.given, doctor.family].filter(Boolean).join(' '),
        ...outcomesOf(own),
        workMinutes,
        freeMinutes: Math.max(0, workMinutes - taken),
      };
    }),
    sites: sitesNamed(store, [...bySite.keys()]).map((site) => ({
      locationId: site.id as LocationId,
      name: site.name,
      ...outcomesOf(bySite.get(site.id) ?? []),
    })),
    waits: waitsOf(deps, period),
    requests: unanswered(store, { ...period, to: addDays(date, requestDays) }),
  };
};

const trend = (deps: OverviewDeps, locationId: LocationId | null): Output<'overview.trend'> => {
  const { store, clock } = deps;
  const date = dayAt(clock.now(), deps.home().timeZone);
  const recent = { from: addDays(date, -30), to: addDays(date, -1), locationId };
  const before = { from: addDays(date, -60), to: addDays(date, -31), locationId };
  return {
    complete: store.complete('appointment'),
    recent: outcomesOf(course(counted(store, recent))),
    before: outcomesOf(course(counted(store, before))),
    waits: waitsOf(deps, recent),
  };
};

/** How the clinic stands, as this workstation knows it. */
export const overviewHandlers = (deps: OverviewDeps): Handlers<'overview.today' | 'overview.trend'> => ({
  'overview.today': ({ locationId }) => ok(today(deps, locationId)),
  'overview.trend': ({ locationId }) => ok(trend(deps, locationId)),
});
