import type { RowOf } from '#shared/sync/catalogue.ts';
import { makeAppointments } from './appointments.ts';
import { makeMedicines } from './medicines.ts';
import { makePatients } from './patients.ts';
import { createRandom } from './random.ts';
import { makeExceptions, visitTypes } from './scheduling.ts';
import { locations, practitioners, type StaffMember, schedules, staff } from './staff.ts';

/** The demonstration clinic: everything it knows on its first day. */
export interface DemoClinic {
  readonly locations: readonly RowOf<'location'>[];
  readonly practitioners: readonly RowOf<'practitioner'>[];
  readonly staff: readonly StaffMember[];
  readonly patients: readonly RowOf<'patient'>[];
  readonly schedules: readonly RowOf<'schedule'>[];
  readonly visitTypes: readonly RowOf<'visit_type'>[];
  readonly exceptions: readonly RowOf<'schedule_exception'>[];
  readonly appointments: readonly RowOf<'appointment'>[];
  readonly medicines: readonly RowOf<'medicine'>[];
}

/** The clinic as it is on the day `today` (`YYYY-MM-DD`). The same seed and day give the same clinic. */
export const makeDemoClinic = (seed: number, today: string, patientCount = 500): DemoClinic => {
  const random = createRandom(seed);
  const patients = makePatients(random, today, patientCount);
  const appointments = makeAppointments(random, today, patients);
  const exceptions = makeExceptions(today);
  const medicines = makeMedicines(today);
  return {
    locations,
    practitioners,
    staff,
    patients,
    schedules,
    visitTypes,
    exceptions,
    appointments,
    medicines,
  };
};
