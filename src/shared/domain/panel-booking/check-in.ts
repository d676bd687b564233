import { dayAt, wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import type { PanelState } from './state.ts';

interface Visit {
  readonly state: PanelState;
  /** Instants. */
  readonly startAt: string;
  readonly endAt: string;
  /** IANA zone of the place. */
  readonly timeZone: string;
}

/** Whether the clinic waits for the patient today: it has confirmed the appointment, which is of this day at the place and not over. `now` in milliseconds. */
export const isExpectedToday = ({ state, startAt, endAt, timeZone }: Visit, now: number): boolean =>
  state === 'confirmed' &&
  now < Date.parse(endAt) &&
  dayAt(Date.parse(startAt), timeZone) === dayAt(now, timeZone);

/** From when a kiosk takes who is expected today, `HH:MM` at the place; null once it does. `early` in minutes, `now` in milliseconds. */
export const kioskOpens = (
  { startAt, timeZone }: Pick<Visit, 'startAt' | 'timeZone'>,
  { early, now }: { readonly early: number; readonly now: number },
): string | null => {
  const opens = Date.parse(startAt) - early * 60_000;
  return now < opens ? wallTimeAt(opens, timeZone).slice(11) : null;
};
