import type { LocalReader } from '#main/data/local/store.ts';
import type { MedicineView } from '#shared/contract/prescriptions.ts';
import { words } from '#shared/domain/patients/fold.ts';
import type { MedicineId } from '#shared/kernel/ids.ts';
import { ingredientsOf } from './lines.ts';
import { findMedicine, type MedicineRow, medicinesNamed } from './repository.ts';

/** So many that begin alike are looked through for the other words. */
const lookedAt = 500;
const most = 20;

const viewOf = (row: MedicineRow): MedicineView => ({
  id: row.id as MedicineId,
  name: row.name,
  form: row.form,
  strength: row.strength,
  route: row.route,
  unitOfDose: row.unit_of_dose,
  ingredients: [...ingredientsOf(row.ingredients)],
});

/** Finds medicines while their name is typed; nothing typed finds nothing. */
export const medicinesLike = (reader: LocalReader, text: string): MedicineView[] => {
  const [start = '', ...rest] = text.toLowerCase().split(/\s+/u).filter(Boolean);
  if (start === '') return [];
  const wanted = rest.flatMap((word) => words(word));
  return medicinesNamed(reader, start, lookedAt)
    .filter(({ name }) => {
      const inName = words(name);
      return wanted.every((word) => inName.some((one) => one.startsWith(word)));
    })
    .slice(0, most)
    .map(viewOf);
};

/** Medicines of prescriptions that were kept, in their order; those that are not here are left out. */
export const medicinesById = (reader: LocalReader, ids: readonly string[]): MedicineView[] =>
  ids.flatMap((id) => {
    const row = findMedicine(reader, id);
    return row === undefined ? [] : [viewOf(row)];
  });
