import { idsIn, patientNames } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { OutboxEntry } from '#shared/contract/sync.ts';
import type { MutationChange } from '#shared/sync/wire.ts';
import { appointmentSubjects } from './repository.ts';
import { type Subject, subjectOf } from './subject.ts';

export type About = Pick<OutboxEntry, 'subject' | 'startLocal' | 'money'>;

/** What each mutation is about, from its first change; names come from two questions for the whole list. */
export const subjects = (
  store: LocalReader,
  rows: readonly { readonly first_change: string | null }[],
): readonly About[] => {
  const found = rows.map(
    ({ first_change }): Subject =>
      subjectOf(first_change === null ? null : (JSON.parse(first_change) as MutationChange)),
  );
  const appointments = appointmentSubjects(store, idsIn(found.map((subject) => subject.appointmentId)));
  const patientOf = (subject: Subject) =>
    subject.patientId ?? appointments.get(subject.appointmentId ?? '')?.patient_id ?? null;
  const names = patientNames(store, idsIn(found.map(patientOf)));
  return found.map((subject) => {
    const known = appointments.get(subject.appointmentId ?? '')?.start_local ?? null;
    return {
      subject: names.get(patientOf(subject) ?? '') ?? subject.words,
      startLocal: subject.startLocal ?? known,
      money: subject.money,
    };
  });
};
