import { statusOfStage, type VisitStage } from '#shared/domain/visits/course.ts';
import type { VisitPriority } from '#shared/domain/visits/waiting.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';

type Appointment = RowOf<'appointment'>;

interface Scene {
  readonly stage: VisitStage;
  /** Minutes ago that the patient came, and went where they are. */
  readonly came: number;
  readonly since: number;
  readonly priority?: VisitPriority;
}

/** Who is in the clinic, the earliest appointment first: every stage, and waits of every colour. */
const scenes: readonly Scene[] = [
  { stage: 'checkout', came: 64, since: 2 },
  { stage: 'with-doctor', came: 55, since: 9 },
  { stage: 'waiting-doctor', came: 58, since: 38 },
  { stage: 'with-nurse', came: 31, since: 6 },
  { stage: 'waiting-doctor', came: 44, since: 19, priority: 'urgent' },
  { stage: 'checked-in', came: 24, since: 17 },
  { stage: 'checked-in', came: 11, since: 8, priority: 'asap' },
  { stage: 'arrived', came: 3, since: 3 },
];
/** So many of them came before their time; the others should have been seen by now. */
const early = 3;
/** So many should have come and have not. */
const missing = 2;

const playing = (appointment: Appointment, scene: Scene, now: number): Appointment => {
  const ago = (minutes: number) => instant(now - minutes * 60_000);
  return {
    ...appointment,
    status: statusOfStage[scene.stage],
    stage: scene.stage,
    stage_at: ago(scene.since),
    arrived_at: ago(scene.came),
    called_at: scene.stage === 'with-doctor' ? ago(scene.since) : null,
    priority: scene.priority ?? null,
  };
};

const over = (appointment: Appointment, at: number): Appointment =>
  at % 9 === 4
    ? { ...appointment, status: 'noshow' }
    : { ...appointment, status: 'fulfilled', stage: 'done' };

/**
 * The appointments with today as it is at `now`: who was before is done, some are in the clinic, and two who should have come have not.
 * At night it is the last or the first of the day who are.
 */
export const withVisits = (
  appointments: readonly Appointment[],
  today: string,
  now: number,
): readonly Appointment[] => {
  const booked = appointments
    .filter((one) => one.status === 'booked' && one.start_local.startsWith(today))
    .toSorted((a, b) => a.start_at.localeCompare(b.start_at) || a.id.localeCompare(b.id));
  const begun = booked.filter((one) => Date.parse(one.start_at) <= now).length;
  const first = Math.max(0, Math.min(begun - scenes.length + early, booked.length - scenes.length - missing));
  const late = new Set(booked.slice(Math.max(first, begun - missing), begun).map(({ id }) => id));
  const players = booked.slice(first).filter(({ id }) => !late.has(id));
  const played = new Map([
    ...booked.slice(0, first).map((one, at) => [one.id, over(one, at)] as const),
    ...players.slice(0, scenes.length).flatMap((one, at) => {
      const scene = scenes[at];
      return scene ? [[one.id, playing(one, scene, now)] as const] : [];
    }),
  ]);
  return appointments.map((one) => played.get(one.id) ?? one);
};
