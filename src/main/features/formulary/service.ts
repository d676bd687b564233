import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { MedicineView } from '#shared/contract/formulary.ts';
import { readMedicine } from '#shared/domain/formulary/medicine.ts';
import { starterFormulary, starterSource } from '#shared/domain/formulary/starter.ts';
import { bundledDataset } from '#shared/domain/safety/data/bundled.ts';
import { type Knowledge, knowledgeOf } from '#shared/domain/safety/knowledge.ts';
import { ingredientMatcher } from '#shared/domain/safety/matching.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { createMedicineImporter } from './import.ts';
import { putMedicine } from './put.ts';
import {
  countMedicines,
  findMedicine,
  type MedicineRow,
  medicinesAfter,
  medicinesById,
} from './repository.ts';
import { findMedicines, ingredientsOf } from './search.ts';

export interface FormularyDeps extends FeatureDeps {
  /** The names of the data set in use; null where there is none that is whole. */
  readonly knowledge: () => Knowledge | null;
}

const pageSize = 100;

const medicineViews = (reader: LocalReader, rows: readonly MedicineRow[]): MedicineView[] => {
  const uncertain = reader.uncertain(
    'medicine',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    ingredients: [...ingredientsOf(row.ingredients)],
    form: row.form,
    strength: row.strength,
    route: row.route,
    unitOfDose: row.unit_of_dose,
    codeSystem: row.code_system,
    code: row.code,
    source: row.source,
    active: row.active === 1,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

const list = (
  { store, knowledge }: FormularyDeps,
  { text, after }: Parsed<'formulary.list'>,
): Output<'formulary.list'> => {
  const total = countMedicines(store);
  if (text !== '') {
    const rows = findMedicines(store, knowledge(), text, { limit: pageSize, offeredOnly: false });
    return { medicines: medicineViews(store, rows), more: false, total };
  }
  const rows = medicinesAfter(store, after, pageSize + 1);
  return { medicines: medicineViews(store, rows.slice(0, pageSize)), more: rows.length > pageSize, total };
};

const save = (
  deps: FormularyDeps,
  { id, medicine, active }: Parsed<'formulary.save'>,
  { user }: Connection,
): Result<MedicineView> => {
  const { store, engine, clock, newId } = deps;
  const read = readMedicine(medicine, matcherOf(deps));
  if (!read.ok) return fail('invalid-input', { fields: read.fields });
  const by = user?.id ?? null;
  const known = id === null ? undefined : findMedicine(store, id);
  if (id !== null && known === undefined) return fail('not-found');
  const to = { ...read.columns, active: active ? 1 : 0 } as const;
  const rowId = id ?? newId();
  store.mutate({ kind: 'formulary.save', user: by }, (writer) => {
    if (known !== undefined) return writer.update('medicine', rowId, to);
    writer.insert('medicine', {
      ...blank('medicine'),
      ...to,
      id: rowId,
      created_at: instant(clock.now()),
      created_by: by,
    });
  });
  engine.wake();
  const [view] = medicineViews(store, medicinesById(store, [rowId]));
  return view === undefined ? fail('not-found') : ok(view);
};

/** Names are read with the data set in use; without one, with that of the product. */
const matcherOf = ({ knowledge }: FormularyDeps) =>
  ingredientMatcher(knowledge() ?? knowledgeOf(bundledDataset, bundledDataset.facts));

const loadStarter = (deps: FormularyDeps, { user }: Connection): Output<'formulary.loadStarter'> => {
  const { store, engine, clock } = deps;
  const stamp = { at: instant(clock.now()), user: user?.id ?? null };
  const { value } = store.mutate({ kind: 'formulary.starter', user: stamp.user }, (writer) =>
    starterFormulary(matcherOf(deps)).map((columns) =>
      putMedicine(writer, { columns, codeSystem: null, code: null, source: starterSource }, stamp),
    ),
  );
  engine.wake();
  const added = value.filter(({ became }) => became === 'added').length;
  return { added, unchanged: value.length - added };
};

/** The medicines of the clinic: found while prescribing, kept by the administrator. */
export const formularyHandlers = (
  deps: FormularyDeps,
): Handlers<
  | 'formulary.search'
  | 'formulary.list'
  | 'formulary.save'
  | 'formulary.loadStarter'
  | 'formulary.import'
  | 'formulary.retire'
  | 'formulary.offer'
  | 'formulary.cancelImport'
  | 'formulary.importStatus'
> => {
  const { store } = deps;
  const importer = createMedicineImporter({ ...deps, match: () => matcherOf(deps) });
  return {
    'formulary.search': ({ text, limit }) =>
      ok(medicineViews(store, findMedicines(store, deps.knowledge(), text, { limit, offeredOnly: true }))),
    'formulary.list': (input) => ok(list(deps, input)),
    'formulary.save': (input, connection) => save(deps, input, connection),
    'formulary.loadStarter': (_, connection) => ok(loadStarter(deps, connection)),
    'formulary.import': ({ format, path }, { user }) => importer.start(format, path, user?.id ?? null),
    'formulary.retire': (_, { user }) => importer.retire(user?.id ?? null),
    'formulary.offer': (_, { user }) => importer.offer(user?.id ?? null),
    'formulary.cancelImport': () => ok(importer.cancel()),
    'formulary.importStatus': () => ok(importer.status()),
  };
};
