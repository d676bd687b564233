import type { PatientId } from '#shared/kernel/ids.ts';

/** Whose record a part of it is shown of. */
export interface PartProps {
  readonly patientId: PatientId;
}
