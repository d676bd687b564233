import type { RowOf } from '#shared/sync/catalogue.ts';
import { makeAppointments } from './appointments.ts';
import { makeMedicines } from './medicines.ts';
import { makePatients } from './patients.ts';
import { makeCoverages, makeEntries, makePayers, makePrices, makeTills, settings } from './prices.ts';
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
  readonly settings: readonly RowOf<'setting'>[];
  readonly payers: readonly RowOf<'organization'>[];
  readonly coverages: readonly RowOf<'coverage'>[];
  readonly priceList: readonly RowOf<'charge_item_definition'>[];
  readonly prices: readonly RowOf<'charge_item_price'>[];
  readonly tills: readonly RowOf<'till'>[];
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
    settings,
    payers: makePayers(today),
    coverages: makeCoverages(today, patients),
    priceList: makeEntries(medicines),
    prices: makePrices(today),
    tills: makeTills(),
  };
};
