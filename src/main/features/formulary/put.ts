import { v5 } from 'uuid';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { MedicineColumns } from '#shared/domain/formulary/medicine.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { findByCode, findMedicine, type MedicineRow } from './repository.ts';

/** The namespace of ids made from a code or a name: two workstations that import the same file write the same rows. */
const namespace = 'a3f2b1d4-6f0e-4f0f-9d55-0c1f6b8e2a77';

/** A medicine that is to be in the formulary. */
export interface Incoming {
  readonly columns: MedicineColumns;
  readonly codeSystem: string | null;
  readonly code: string | null;
  readonly source: string;
}

export interface Stamp {
  readonly at: string;
  readonly user: string | null;
}

/** What became of a medicine, the id of its row, and whether it is offered. */
export interface PutResult {
  readonly id: string;
  readonly became: 'added' | 'changed' | 'unchanged';
  readonly active: boolean;
}

/** The id of a medicine that has a code. */
export const medicineIdOfCode = (codeSystem: string, code: string): string =>
  v5(`${codeSystem}|${code}`, namespace);

export const medicineId = ({ codeSystem, code, columns }: Incoming): string =>
  code === null
    ? v5(`name|${columns.name.toLowerCase()}`, namespace)
    : medicineIdOfCode(String(codeSystem), code);

const existing = (writer: LocalWriter, incoming: Incoming): MedicineRow | undefined =>
  findMedicine(writer, medicineId(incoming)) ??
  (incoming.codeSystem === null || incoming.code === null
    ? undefined
    : findByCode(writer, incoming.codeSystem, incoming.code));

/** Another system's prescriptions brought its name only: such a medicine becomes one that is offered. */
const isOnlyName = (row: MedicineRow): boolean => row.ingredients === '[]';

/** Adds a medicine or brings its row up to date; what is no longer offered stays so until somebody says otherwise. */
export const putMedicine = (writer: LocalWriter, incoming: Incoming, { at, user }: Stamp): PutResult => {
  const { columns, codeSystem, code, source } = incoming;
  const row = existing(writer, incoming);
  if (row === undefined) {
    const id = medicineId(incoming);
    writer.insert('medicine', {
      ...blank('medicine'),
      id,
      ...columns,
      code_system: codeSystem,
      code,
      source,
      active: 1,
      created_at: at,
      created_by: user,
    });
    return { id, became: 'added', active: true };
  }
  const wanted = { ...columns, source, active: isOnlyName(row) ? 1 : row.active } as const;
  const keys = Object.keys(wanted) as (keyof typeof wanted)[];
  const isSame = keys.every((key) => wanted[key] === row[key]);
  if (!isSame) writer.update('medicine', row.id, wanted);
  return { id: row.id, became: isSame ? 'unchanged' : 'changed', active: wanted.active === 1 };
};
