import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { MedicineColumns, StoredIngredient } from '#shared/domain/formulary/medicine.ts';
import { parseUnit } from '#shared/domain/prescribing/units.ts';
import { keyOfName, type Matcher } from '#shared/domain/safety/matching.ts';

/**
 * RxNorm's files, as the RxNorm Technical Documentation (NLM) describes them: UTF-8, one row a line, columns ended by `|`.
 * The Current Prescribable Content has the same files with less in them. Of a drug (SCD, SBD) the components (SCDC) say how
 * much there is of which ingredient (IN); a drug of a brand (SBD) has those of the drug it is a trade name of.
 */
export const rxNormSystem = 'http://www.nlm.nih.gov/research/umls/rxnorm';

export const rxNormFiles = ['RXNCONSO.RRF', 'RXNREL.RRF', 'RXNSAT.RRF'] as const;
type File = (typeof rxNormFiles)[number];

/** Columns by their place in a row. */
const conso = { rxcui: 0, sab: 11, tty: 12, str: 14, suppress: 16 } as const;
const rel = { one: 0, two: 4, rela: 7, sab: 10 } as const;
const sat = { rxcui: 0, atn: 8, sab: 9, atv: 10 } as const;

const kinds = ['IN', 'SCDC', 'SCD', 'SBD', 'DF'] as const;
type Kind = (typeof kinds)[number];

interface Concept {
  readonly kind: Kind;
  readonly name: string;
  readonly line: number;
}

export interface RxDrug {
  readonly rxcui: string;
  readonly name: string;
  /** Where its name stands in RXNCONSO.RRF. */
  readonly line: number;
  /** Null where the release does not say what is in it. */
  readonly columns: MedicineColumns | null;
}

export interface Reading {
  readonly signal: AbortSignal;
  /** A row was read. */
  readonly onRow: () => void | Promise<void>;
}

const rows = async function* (folder: string, file: File, { signal, onRow }: Reading) {
  const stream = createReadStream(join(folder, file), { encoding: 'utf8', signal });
  let line = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    await onRow();
    yield { line, cells: text.split('|') };
  }
};

/** What is kept in memory: names and relations of the drugs themselves, some tens of thousands; other rows are passed by. */
interface Release {
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly components: ReadonlyMap<string, readonly string[]>;
  readonly ingredients: ReadonlyMap<string, readonly string[]>;
  readonly forms: ReadonlyMap<string, string>;
  readonly generics: ReadonlyMap<string, string>;
  readonly strengths: ReadonlyMap<string, string>;
}

const readConcepts = async (folder: string, reading: Reading): Promise<Map<string, Concept>> => {
  const concepts = new Map<string, Concept>();
  for await (const { line, cells } of rows(folder, 'RXNCONSO.RRF', reading)) {
    if (cells[conso.sab] !== 'RXNORM' || cells[conso.suppress] !== 'N') continue;
    const kind = kinds.find((known) => known === cells[conso.tty]);
    const [rxcui, name] = [cells[conso.rxcui], cells[conso.str]];
    if (kind !== undefined && rxcui && name) concepts.set(rxcui, { kind, name, line });
  }
  return concepts;
};

/** The pair of a relation in the order of these kinds, whichever way round its row is written. */
const ordered = (
  concepts: ReadonlyMap<string, Concept>,
  pair: readonly [string, string],
  first: readonly Kind[],
  second: Kind,
): readonly [string, string] | null => {
  const isOf = (id: string, of: readonly Kind[]) => of.some((kind) => kind === concepts.get(id)?.kind);
  const [a, b] = pair;
  if (isOf(a, first) && isOf(b, [second])) return [a, b];
  return isOf(b, first) && isOf(a, [second]) ? [b, a] : null;
};

const readRelations = async (folder: string, concepts: ReadonlyMap<string, Concept>, reading: Reading) => {
  const lists = { components: new Map<string, string[]>(), ingredients: new Map<string, string[]>() };
  const forms = new Map<string, string>();
  const generics = new Map<string, string>();
  const add = (to: Map<string, string[]>, pair: readonly [string, string] | null) => {
    if (pair === null) return;
    const list = to.get(pair[0]) ?? [];
    if (!list.includes(pair[1])) list.push(pair[1]);
    to.set(pair[0], list);
  };
  for await (const { cells } of rows(folder, 'RXNREL.RRF', reading)) {
    const pair = [cells[rel.one] ?? '', cells[rel.two] ?? ''] as const;
    if (cells[rel.sab] !== 'RXNORM' || !concepts.has(pair[0]) || !concepts.has(pair[1])) continue;
    const relation = cells[rel.rela];
    if (relation === 'consists_of' || relation === 'constitutes')
      add(lists.components, ordered(concepts, pair, ['SCD', 'SBD'], 'SCDC'));
    else if (relation === 'has_ingredient' || relation === 'ingredient_of')
      add(lists.ingredients, ordered(concepts, pair, ['SCDC'], 'IN'));
    else if (relation === 'has_dose_form' || relation === 'dose_form_of') {
      const form = ordered(concepts, pair, ['SCD', 'SBD'], 'DF');
      if (form) forms.set(...form);
    } else if (relation === 'tradename_of' || relation === 'has_tradename') {
      const generic = ordered(concepts, pair, ['SBD'], 'SCD');
      if (generic) generics.set(...generic);
    }
  }
  return { ...lists, forms, generics };
};

const readStrengths = async (folder: string, concepts: ReadonlyMap<string, Concept>, reading: Reading) => {
  const strengths = new Map<string, string>();
  for await (const { cells } of rows(folder, 'RXNSAT.RRF', reading)) {
    if (cells[sat.sab] !== 'RXNORM' || cells[sat.atn] !== 'RXN_STRENGTH') continue;
    const rxcui = cells[sat.rxcui] ?? '';
    if (concepts.get(rxcui)?.kind === 'SCDC') strengths.set(rxcui, cells[sat.atv] ?? '');
  }
  return strengths;
};

const strengthForm = /([\d.]+) (MG|MCG|UG|G|UNT|MEQ|MMOL|%)(?:\/(ML|ACTUAT|HR|MG|DOSE|DAY))?$/;

const strengthOf = (text: string) => {
  const [, value = null, unit = null, per = null] = strengthForm.exec(text.trim()) ?? [];
  const known = unit === 'UNT' ? 'IU' : (unit?.toLowerCase() ?? null);
  return {
    value,
    unit: known,
    per: per === 'ACTUAT' || per === 'DOSE' ? 'puff' : (per?.toLowerCase() ?? null),
  };
};

const routeWords: readonly (readonly [RegExp, string])[] = [
  [/oral|chewable|disintegrating/i, 'oral'],
  [/sublingual/i, 'sublingual'],
  [/buccal/i, 'buccal'],
  [/inhal/i, 'inhaled'],
  [/nasal/i, 'intranasal'],
  [/ophthalmic/i, 'ocular'],
  [/otic/i, 'otic'],
  [/rectal/i, 'rectal'],
  [/vaginal/i, 'vaginal'],
  [/transdermal/i, 'transdermal'],
  [/topical/i, 'topical'],
  [/mucosal/i, 'oromucosal'],
];

const unitOfForm = (form: string | null): string | null =>
  form
    ?.split(/\s+/)
    .map(parseUnit)
    .findLast((unit) => unit !== null) ?? null;

const columnsOf = (release: Release, rxcui: string, name: string, match: Matcher): MedicineColumns | null => {
  const { components, ingredients, concepts, generics } = release;
  const own = components.get(rxcui) ?? components.get(generics.get(rxcui) ?? '') ?? [];
  const parts = own.map((component) => {
    const base = concepts.get(ingredients.get(component)?.[0] ?? '')?.name ?? null;
    const text = release.strengths.get(component) ?? concepts.get(component)?.name ?? '';
    return { base, text, ...strengthOf(text) };
  });
  if (parts.length === 0 || parts.some(({ base }) => base === null)) return null;
  const form =
    concepts.get(release.forms.get(rxcui) ?? release.forms.get(generics.get(rxcui) ?? '') ?? '')?.name ??
    null;
  const per = parts.find((part) => part.per !== null)?.per ?? null;
  const stored = parts.map(({ base, value, unit }): StoredIngredient => {
    const [found] = match(base ?? '').ingredients;
    return { key: found?.key ?? keyOfName(base ?? ''), name: found?.name ?? base ?? '', value, unit };
  });
  const strength = parts.map(({ value, unit, per: of }) => `${value} ${unit}${of === null ? '' : `/${of}`}`);
  const isKnown = parts.every(({ value }) => value !== null);
  return {
    name,
    ingredients: JSON.stringify(stored),
    form: form?.slice(0, 100) ?? null,
    strength: isKnown ? strength.join(' + ').slice(0, 200) : null,
    route: routeWords.find(([words]) => words.test(form ?? ''))?.[1] ?? null,
    unit_of_dose: per === 'ml' || per === 'puff' ? per : per === null ? unitOfForm(form) : null,
  };
};

/** The drugs of a release. Streams each file once; a name, a form and a few ids of each drug stay in memory. */
export const readRxNorm = async function* (
  folder: string,
  match: Matcher,
  reading: Reading,
): AsyncGenerator<RxDrug> {
  const concepts = await readConcepts(folder, reading);
  const relations = await readRelations(folder, concepts, reading);
  const strengths = await readStrengths(folder, concepts, reading);
  const release: Release = { concepts, ...relations, strengths };
  for (const [rxcui, { kind, name, line }] of concepts)
    if (kind === 'SCD' || kind === 'SBD')
      yield { rxcui, name, line, columns: columnsOf(release, rxcui, name, match) };
};
