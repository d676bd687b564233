import type { MutationChange } from '#shared/sync/wire.ts';

/** What a mutation is about: ids to look names up by, and what its own text says. */
export interface Subject {
  readonly patientId: string | null;
  readonly appointmentId: string | null;
  readonly words: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads what a mutation is about out of its first change. */
export const subjectOf = (change: MutationChange | null): Subject => {
  const nothing = { patientId: null, appointmentId: null, words: '' };
  if (change === null) return nothing;
  const { tbl, pk, values } = change;
  switch (tbl) {
    case 'patient':
      return { ...nothing, patientId: pk, words: `${text(values.family)} ${text(values.given)}`.trim() };
    case 'appointment':
      return {
        patientId: text(values.patient_id) || null,
        appointmentId: pk,
        words: text(values.start_local).replace('T', ' '),
      };
    case 'task':
      return {
        patientId: text(values.patient_id) || null,
        appointmentId: text(values.appointment_id) || null,
        words: '',
      };
    case 'audit_event':
      return {
        ...nothing,
        patientId: values.entity_table === 'patient' ? text(values.entity_id) || null : null,
      };
    default:
      return { ...nothing, words: text(values.name) || text(values.family) || text(values.display_name) };
  }
};
