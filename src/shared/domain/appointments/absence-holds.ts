import { dayKey } from './slots.ts';
import { type Span, type Timeline, timeline } from './spans.ts';
import { practitionerSpan, type VisitNeeds } from './visit-type.ts';

/** A place that a plan gives to a visit and nobody else is to be given. */
export interface Hold {
  readonly practitionerId: string;
  readonly roomId: string | null;
  /** All records of the patient. */
  readonly patientIds: ReadonlySet<string>;
  readonly visit: Span;
  readonly needs: Pick<VisitNeeds, 'bufferBefore' | 'bufferAfter'>;
  readonly visitTypeId: string | null;
  /** `YYYY-MM-DD` at the place of the visit. */
  readonly day: string;
}

/** Taken time by practitioner and room with what is held on top of it. */
export const busyWith = (
  busy: ReadonlyMap<string, Timeline>,
  holds: readonly Hold[],
): ReadonlyMap<string, Timeline> => {
  const added = new Map<string, Span[]>();
  const add = (id: string, span: Span) => added.set(id, [...(added.get(id) ?? []), span]);
  for (const hold of holds) {
    add(hold.practitionerId, practitionerSpan(hold.visit, hold.needs));
    if (hold.roomId !== null) add(hold.roomId, hold.visit);
  }
  return new Map([
    ...busy,
    ...[...added].map(([id, spans]) => [id, timeline([...(busy.get(id) ?? []), ...spans])] as const),
  ]);
};

/** When a plan has a patient elsewhere. */
export const heldForPatient = (holds: readonly Hold[], patientId: string): readonly Span[] =>
  holds.filter(({ patientIds }) => patientIds.has(patientId)).map(({ visit }) => visit);

/** Days that are full of a kind of visit, those a plan fills among them. `counts` are the visits there are, by `dayKey`. */
export const fullWith = (
  counts: ReadonlyMap<string, number>,
  kind: { readonly visitTypeId: string | null; readonly dailyCap: number | null },
  holds: readonly Hold[],
): ReadonlySet<string> => {
  const { visitTypeId, dailyCap } = kind;
  if (visitTypeId === null || dailyCap === null) return new Set();
  const all = new Map(counts);
  for (const hold of holds.filter((one) => one.visitTypeId === visitTypeId)) {
    const key = dayKey(hold.practitionerId, hold.day);
    all.set(key, (all.get(key) ?? 0) + 1);
  }
  return new Set([...all].filter(([, visits]) => visits >= dailyCap).map(([key]) => key));
};
