import type { FeatureDeps } from '#main/core/deps.ts';
import type { PlannedOccurrence } from '#shared/contract/series.ts';
import { rebookingSlots } from '#shared/domain/appointments/rebooking.ts';
import { overlaps, type Span } from '#shared/domain/appointments/spans.ts';
import { dayAt, resolveWallTime, wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import { isSameWeek } from '#shared/domain/series/rule.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { type AppError, type ErrorCode, fail, ok, type Result } from '#shared/kernel/result.ts';
import { groundOf, ofPractitioner } from './ground.ts';
import { heldByPatient } from './occupancy.ts';
import { findPlace, type Place, type Wanted } from './placing.ts';

/** A time an occurrence is to have, and the appointment that is to go there when there is one already. */
export interface Occurrence extends Wanted {
  /** The time the rule says. */
  readonly of: string;
}

const spanOf = ({ start_at, end_at }: Place): Span => ({
  from: Date.parse(start_at),
  to: Date.parse(end_at),
});

/** The place of each occurrence, or why it has none: what is there already, or another of them. */
export const placesOf = (deps: FeatureDeps, occurrences: readonly Occurrence[]): readonly Result<Place>[] => {
  const spans: Span[] = [];
  return occurrences.map((wanted) => {
    const place = findPlace(deps, wanted);
    if (!place.ok) return place;
    const span = spanOf(place.value);
    if (spans.some((other) => overlaps(other, span))) return fail('patient-busy');
    spans.push(span);
    return ok(place.value);
  });
};

/** Somebody or something else is there then; anything else means that nobody can be seen then. */
const takenCodes: readonly ErrorCode[] = ['slot-taken', 'slot-held', 'patient-busy', 'visit-type-full'];

const stepMinutes = 15;
const searchedDays = 6;

/** The nearest free time of that day, else of that week, that none of the others has; null when there is none. */
const alternativeTo = (deps: FeatureDeps, wanted: Occurrence, others: readonly Span[]): string | null => {
  const ground = groundOf(deps, ofPractitioner(deps, wanted.practitionerId, wanted.locationId), {
    firstDay: addDays(wanted.startLocal.slice(0, 10), -searchedDays - 2),
    days: 2 * searchedDays + 5,
    visitTypeId: wanted.visitTypeId,
    itself: wanted.itself,
    ownHold: wanted.ownHold,
  });
  const zone = ground.lines[0]?.timeZone;
  if (zone === undefined) return null;
  const day = wanted.startLocal.slice(0, 10);
  // A time the clocks jump over is looked for round the noon of its day.
  const asked = resolveWallTime(wanted.startLocal, zone);
  const noon = resolveWallTime(`${day}T12:00`, zone);
  const at = asked.ok ? asked.value : noon.ok ? noon.value : deps.clock.now();
  const reach = (searchedDays + 2) * 86_400_000;
  const patientBusy = heldByPatient(deps.store, wanted.patientId, at - reach, at + reach)
    .filter(({ id }) => id !== wanted.itself && !wanted.alongside?.has(id))
    .map(({ start_at, end_at }) => ({ from: Date.parse(start_at), to: Date.parse(end_at) }));
  const slots = rebookingSlots({
    ...ground,
    practitionerId: wanted.practitionerId,
    patientBusy: [...patientBusy, ...others],
    wanted: at,
    now: deps.clock.now(),
    horizonDays: searchedDays,
    minutes: wanted.minutes,
    step: stepMinutes,
    limit: 10,
  }).filter(({ startAt }) => isSameWeek(dayAt(startAt, zone), day));
  const slot = slots.find(({ startLocal }) => startLocal.startsWith(day)) ?? slots[0];
  return slot === undefined ? null : wallTimeAt(slot.startAt, zone);
};

const reasonOf = ({ code, params, fields }: AppError): NonNullable<PlannedOccurrence['reason']> => ({
  // A time that is over or that the clocks jump over is told by what is wrong with the field.
  code: fields?.startLocal === 'clock-change' ? 'clock-change' : fields?.startLocal ? 'in-the-past' : code,
  params: { ...params },
});

/** What would become of each occurrence, with the way out where it cannot be as the rule says. */
export const planOf = (deps: FeatureDeps, occurrences: readonly Occurrence[]): PlannedOccurrence[] => {
  const places = placesOf(deps, occurrences);
  const spans = places.flatMap((place) => (place.ok ? [spanOf(place.value)] : []));
  return occurrences.map((wanted, index) => {
    const place = places[index];
    const { of, startLocal } = wanted;
    if (place === undefined || place.ok)
      return { of, startLocal, state: 'free', reason: null, alternative: null };
    const alternative = alternativeTo(deps, wanted, spans);
    if (alternative !== null) {
      const found = findPlace(deps, { ...wanted, startLocal: alternative });
      // Offered to this one, it is nobody else's.
      if (found.ok) spans.push(spanOf(found.value));
    }
    return {
      of,
      startLocal,
      state: takenCodes.includes(place.error.code) ? 'taken' : 'closed',
      reason: reasonOf(place.error),
      alternative,
    };
  });
};
