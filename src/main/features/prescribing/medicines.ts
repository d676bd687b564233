import type { LocalReader } from '#main/data/local/store.ts';
import type { PrescribedMedicineView } from '#shared/contract/prescriptions.ts';
import { ingredientsOf } from './lines.ts';
import { findMedicine } from './repository.ts';

/** Medicines of prescriptions that were kept, in their order; those that are not here are left out. */
export const medicinesById = (reader: LocalReader, ids: readonly string[]): PrescribedMedicineView[] =>
  ids.flatMap((id) => {
    const row = findMedicine(reader, id);
    if (row === undefined) return [];
    const { name, form, strength, route, unit_of_dose } = row;
    const ingredients = [...ingredientsOf(row.ingredients)];
    return [{ id, name, form, strength, route, unitOfDose: unit_of_dose, ingredients }];
  });
