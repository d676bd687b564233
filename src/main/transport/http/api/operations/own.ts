import type { OwnPerson } from '#shared/contract/panel.ts';
import type { PanelAppointment } from '#shared/contract/panel-booking.ts';
import type { AppointmentId, PatientId } from '#shared/kernel/ids.ts';
import { type ErrorCode, fail, ok, type Result } from '#shared/kernel/result.ts';
import type { CallAs } from '../operation.ts';

/** A patient's calls give so many rows at most. */
const mostOwn = 50;
export const ownLimit = (limit: number): number => Math.min(limit, mostOwn);

/** Everybody the account has to do with, itself first. */
export const ownPeople = async (call: CallAs<'panel.me'>): Promise<Result<readonly OwnPerson[]>> => {
  const me = await call('panel.me', {});
  return me.ok ? ok(me.value.people) : me;
};

/** Whom a list is about: who is named, or the account's own person; null where it has none yet. Whether it is theirs the call says. */
export const ownSubject = async (
  call: CallAs<'panel.me'>,
  named: PatientId | undefined,
): Promise<Result<PatientId | null>> => {
  if (named !== undefined) return ok(named);
  const people = await ownPeople(call);
  return people.ok ? ok(people.value[0]?.patientId ?? null) : people;
};

interface Released<T> {
  readonly shown: boolean;
  readonly items: readonly T[];
  readonly next: string | null;
}

/** A page of what the clinic releases of a kind; of what it does not, nothing is said, not even that there is none. */
export const released = <T>(
  page: Result<Released<T>>,
): Result<{ items: readonly T[]; after: string | null }> => {
  if (!page.ok) return page;
  const { shown, items, next } = page.value;
  return shown ? ok({ items, after: next }) : fail('not-released');
};

/** Why nothing of a kind is seen of one person, who may be another than whose the thing is. */
const withheld: readonly ErrorCode[] = ['not-approved', 'not-released'];

/**
 * A thing that is named by its id alone, of whoever of the account's people it is. What is nobody's of them is not found; where
 * nothing of the kind is to be seen of any of them, the answer is why, whatever id was named.
 */
export const ownOne = async <T>(
  call: CallAs<'panel.me'>,
  ask: (patientId: PatientId) => Promise<Result<T>>,
): Promise<Result<T>> => {
  const people = await ownPeople(call);
  if (!people.ok) return people;
  let refusal: Result<T> | null = null;
  let isLookedFor = people.value.length === 0;
  for (const { patientId } of people.value) {
    const found = await ask(patientId);
    if (found.ok) return found;
    if (found.error.code === 'not-found') isLookedFor = true;
    else if (withheld.includes(found.error.code)) refusal ??= found;
    else return found;
  }
  return isLookedFor || refusal === null ? fail('not-found') : refusal;
};

/** An appointment of anybody the account has to do with. */
export const ownAppointment = (
  call: CallAs<'panel.me' | 'panel.appointment'>,
  id: AppointmentId,
): Promise<Result<PanelAppointment>> =>
  ownOne(call, async (patientId) => {
    const found = await call('panel.appointment', { patientId, id });
    return found.ok ? ok(found.value.appointment) : found;
  });

type Seen = Pick<PanelAppointment, 'patientId' | 'id'> & {
  readonly was: Pick<PanelAppointment, 'practitionerId' | 'startLocal'>;
};

/** Which appointment is meant, and where it was seen. */
export const seenNow = ({ patientId, id, practitionerId, startLocal }: PanelAppointment): Seen => ({
  patientId,
  id,
  was: { practitionerId, startLocal },
});

/** What a patient's call made of an appointment, as the API answers it. */
export const ownBooking = (
  done: Result<PanelAppointment>,
): Result<{ readonly appointment: PanelAppointment }> => (done.ok ? ok({ appointment: done.value }) : done);
