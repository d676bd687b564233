import type { MutationChange } from '#shared/sync/wire.ts';

/** What a mutation is about: ids to look names up by, and what its own text says. */
export interface Subject {
  readonly patientId: string | null;
  readonly appointmentId: string | null;
  readonly words: string;
  /** The wall time it gives an appointment, `YYYY-MM-DDTHH:MM`. */
  readonly startLocal: string | null;
  /** The money it moves, in minor units. */
  readonly money: { readonly amount: number; readonly currency: string } | null;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads what a mutation is about out of its first change. */
export const subjectOf = (change: MutationChange | null): Subject => {
  const nothing = { patientId: null, appointmentId: null, words: '', startLocal: null, money: null };
  if (change === null) return nothing;
  const { tbl, pk, values } = change;
  switch (tbl) {
    case 'patient':
      return { ...nothing, patientId: pk, words: `${text(values.family)} ${text(values.given)}`.trim() };
    case 'appointment':
      return {
        ...nothing,
        patientId: text(values.patient_id) || null,
        appointmentId: pk,
        startLocal: text(values.start_local) || null,
      };
    case 'task':
      return {
        ...nothing,
        patientId: text(values.patient_id) || null,
        appointmentId: text(values.appointment_id) || null,
      };
    case 'payment':
      return {
        ...nothing,
        patientId: text(values.patient_id) || null,
        money: { amount: Number(values.amount ?? 0), currency: text(values.currency) },
      };
    case 'waitlist_entry':
    case 'appointment_series':
    case 'invoice':
    case 'invoice_line':
    case 'charge_item':
      return { ...nothing, patientId: text(values.patient_id) || null };
    case 'audit_event':
      return {
        ...nothing,
        patientId: values.entity_table === 'patient' ? text(values.entity_id) || null : null,
      };
    default:
      return { ...nothing, words: text(values.name) || text(values.family) || text(values.display_name) };
  }
};
