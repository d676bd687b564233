import type { LocalReader } from '#main/data/local/store.ts';
import type { DatasetInUse } from '#shared/contract/safety.ts';
import { bundledDataset } from '#shared/domain/safety/data/bundled.ts';
import { Fact } from '#shared/domain/safety/facts.ts';
import { type Knowledge, knowledgeOf } from '#shared/domain/safety/knowledge.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import { activeDataset, factCount, factsOf } from './repository.ts';

/** The data set in use; without knowledge where an active one is not whole here, and then nothing is checked with another. */
export interface InUse {
  readonly info: DatasetInUse;
  readonly knowledge: Knowledge | null;
}

/** The fact that says how many others a data set has: rows come one by one, and some may be missing. */
export const manifestKind = 'manifest';

export const bundledInfo: DatasetInUse = {
  name: bundledDataset.name,
  version: bundledDataset.version,
  releasedOn: bundledDataset.releasedOn,
  publisher: bundledDataset.publisher,
  note: bundledDataset.note,
  bundled: true,
};

/** Made when somebody first prescribes. */
let bundledKnowledge: Knowledge | null = null;
const bundled = (): InUse => {
  bundledKnowledge ??= knowledgeOf(bundledInfo, bundledDataset.facts);
  return { info: bundledInfo, knowledge: bundledKnowledge };
};

export const infoOf = (row: LocalRowOf<'safety_dataset'>): DatasetInUse => ({
  name: row.name,
  version: row.version,
  releasedOn: row.released_on,
  publisher: row.publisher,
  note: row.note,
  bundled: false,
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** How many facts a manifest states; null where it says nothing. */
export const statedFacts = (manifest: string | undefined): number | null => {
  const said = manifest === undefined ? null : (parsed(manifest) as { readonly facts?: unknown } | null);
  return typeof said?.facts === 'number' ? said.facts : null;
};

/** The facts of a data set; null where one is missing or not to be read by this version. */
const wholeFacts = (reader: LocalReader, datasetId: string): readonly Fact[] | null => {
  const rows = factsOf(reader, datasetId);
  const manifest = rows.find(({ kind }) => kind === manifestKind);
  const facts = rows
    .filter(({ kind }) => kind !== manifestKind)
    .map(({ data }) => Fact.safeParse(parsed(data)));
  if (statedFacts(manifest?.data) !== facts.length) return null;
  const good = facts.flatMap((fact) => (fact.success ? [fact.data] : []));
  return good.length === facts.length ? good : null;
};

/** Reads the data set in use and keeps it until another is, or more of it has arrived. */
export const createDatasets = (store: LocalReader): (() => InUse) => {
  let kept: { readonly key: string; readonly inUse: InUse } | null = null;
  return () => {
    const row = activeDataset(store);
    if (row === undefined) return bundled();
    const key = `${row.id} ${row.row_version} ${factCount(store, row.id)}`;
    if (kept?.key === key) return kept.inUse;
    const facts = wholeFacts(store, row.id);
    const info = infoOf(row);
    const inUse = { info, knowledge: facts === null ? null : knowledgeOf(info, facts) };
    kept = { key, inUse };
    return inUse;
  };
};
