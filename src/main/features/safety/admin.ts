import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { accountNames, idsIn } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { DatasetImport, DatasetView } from '#shared/contract/safety.ts';
import { bundledDataset } from '#shared/domain/safety/data/bundled.ts';
import { type Fact, SafetyDataset, subjectOf } from '#shared/domain/safety/facts.ts';
import { datasetProblems } from '#shared/domain/safety/knowledge.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type LocalRowOf } from '#shared/sync/catalogue.ts';
import { bundledInfo, infoOf, manifestKind, statedFacts } from './dataset.ts';
import { overrides } from './overrides.ts';
import { checkedCount, datasets, factKindsOf, findDataset, manifestOf } from './repository.ts';

type Problem = DatasetImport['problems'][number];

const mostProblems = 100;
/** A file of fifty thousand facts has some 15 MB. */
const mostBytes = 32 * 1024 * 1024;
/** One mutation has so many facts: small enough for the wire. */
const batchSize = 500;

const countKinds = (facts: readonly Fact[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(facts, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]));

const bundledFacts = countKinds(bundledDataset.facts);
const bundledChecked = bundledDataset.facts.filter(({ checked }) => checked !== undefined).length;

const viewsOf = (reader: LocalReader): DatasetView[] => {
  const rows = datasets(reader);
  const [active] = rows.filter(({ status }) => status === 'active');
  const names = accountNames(reader, idsIn(rows.map(({ imported_by }) => imported_by)));
  const view = (row: LocalRowOf<'safety_dataset'>): DatasetView => {
    const kinds = factKindsOf(reader, row.id).filter(({ kind }) => kind !== manifestKind);
    const count = kinds.reduce((sum, kind) => sum + kind.count, 0);
    return {
      ...infoOf(row),
      id: row.id,
      status: row.id === active?.id ? 'active' : row.status === 'importing' ? 'importing' : 'superseded',
      inUse: row.id === active?.id,
      whole: statedFacts(manifestOf(reader, row.id, manifestKind)) === count,
      facts: Object.fromEntries(kinds.map(({ kind, count: of }) => [kind, of])),
      checked: checkedCount(reader, row.id),
      importedAt: row.imported_at,
      importedBy: names.get(row.imported_by ?? '') ?? null,
    };
  };
  const own: DatasetView = {
    ...bundledInfo,
    id: null,
    status: active === undefined ? 'active' : 'superseded',
    inUse: active === undefined,
    whole: true,
    facts: bundledFacts,
    checked: bundledChecked,
    importedAt: null,
    importedBy: null,
  };
  return [...rows.map(view), own].toSorted((a, b) => Number(b.inUse) - Number(a.inUse));
};

const refused = (problems: readonly Problem[]): DatasetImport => ({
  dataset: null,
  problems: problems.slice(0, mostProblems),
  problemCount: problems.length,
});

const whole = (code: Problem['code'], subject = ''): DatasetImport =>
  refused([{ fact: null, code, subject }]);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
};

/** Where in the file the shape is not kept: of a fact its place, else the name of the field. */
const shapeProblems = (issues: readonly { readonly path: readonly PropertyKey[] }[]): readonly Problem[] =>
  issues.map(({ path }) => {
    const [list, at, ...field] = path;
    return list === 'facts' && typeof at === 'number'
      ? { fact: at + 1, code: 'shape', subject: field.join('.').slice(0, 100) }
      : { fact: null, code: 'shape', subject: path.join('.').slice(0, 100) };
  });

/** Puts one data set in the place of those in use. */
const use = (deps: FeatureDeps, id: string | null, user: string | null): void => {
  deps.store.mutate({ kind: 'safety.use', user }, (writer) => {
    for (const row of datasets(writer))
      if (row.status === 'active' && row.id !== id)
        writer.update('safety_dataset', row.id, { status: 'superseded' });
    if (id !== null) writer.update('safety_dataset', id, { status: 'active' });
  });
  deps.engine.wake();
};

const writeFacts = async (
  deps: FeatureDeps,
  datasetId: string,
  facts: readonly Fact[],
  user: string | null,
) => {
  const rows = [
    { kind: manifestKind, subject: 'facts', data: JSON.stringify({ facts: facts.length }) },
    ...facts.map((fact) => ({ kind: fact.kind, subject: subjectOf(fact), data: JSON.stringify(fact) })),
  ];
  for (let at = 0; at < rows.length; at += batchSize) {
    deps.store.mutate({ kind: 'safety.import', user }, (writer) => {
      for (const row of rows.slice(at, at + batchSize))
        writer.insert('safety_fact', { id: deps.newId(), dataset_id: datasetId, ...row });
    });
    deps.engine.wake();
    // Other calls have their turn between two batches.
    await new Promise((done) => setImmediate(done));
  }
};

const write = async (deps: FeatureDeps, { facts, ...header }: SafetyDataset, user: string | null) => {
  const id = deps.newId();
  deps.store.mutate({ kind: 'safety.import', user }, (writer) =>
    writer.insert('safety_dataset', {
      ...blank('safety_dataset'),
      id,
      name: header.name,
      version: header.version,
      released_on: header.releasedOn,
      publisher: header.publisher,
      note: header.note,
      status: 'importing',
      imported_at: instant(deps.clock.now()),
      imported_by: user,
    }),
  );
  await writeFacts(deps, id, facts, user);
  // Only now: a workstation that has this change has all the facts before it.
  use(deps, id, user);
  return id;
};

const importDataset = async (
  deps: FeatureDeps,
  typed: string,
  user: string | null,
): Promise<Result<DatasetImport>> => {
  const path = resolve(typed);
  const file = await stat(path).catch(() => null);
  if (!file?.isFile()) return fail('not-found', { fields: { path: 'not-found' } });
  if (file.size > mostBytes) return fail('too-large');
  const json = parseJson(await readFile(path, 'utf8'));
  if (json === undefined) return ok(whole('no-json'));
  const parsed = SafetyDataset.safeParse(json);
  if (!parsed.success) return ok(refused(shapeProblems(parsed.error.issues)));
  const problems = datasetProblems(parsed.data.facts);
  if (problems.length > 0) return ok(refused(problems));
  const id = await write(deps, parsed.data, user);
  const dataset = viewsOf(deps.store).find((view) => view.id === id) ?? null;
  return ok({ dataset, problems: [], problemCount: 0 });
};

/** What an administrator does with data sets, and what they see of overrides. */
export const safetyAdminHandlers = (
  deps: FeatureDeps,
): Handlers<'safety.datasets' | 'safety.importDataset' | 'safety.useDataset' | 'safety.overrides'> => {
  let isImporting = false;
  const by = ({ user }: Connection) => user?.id ?? null;
  return {
    'safety.datasets': () => ok(viewsOf(deps.store)),
    'safety.importDataset': async ({ path }, connection) => {
      if (isImporting) return fail('busy');
      isImporting = true;
      try {
        return await importDataset(deps, path, by(connection));
      } finally {
        isImporting = false;
      }
    },
    'safety.useDataset': ({ id }, connection) => {
      const view = viewsOf(deps.store).find((known) => known.id === id);
      if (view === undefined || (id !== null && findDataset(deps.store, id) === undefined))
        return fail('not-found');
      if (!view.whole) return fail('not-ready');
      use(deps, id, by(connection));
      return ok(viewsOf(deps.store));
    },
    'safety.overrides': (input) => ok(overrides(deps, input)),
  };
};
