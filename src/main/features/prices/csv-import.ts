import { parse } from 'csv-parse/sync';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { PriceFileLine, priceFileProblems } from '#shared/contract/prices.ts';
import { type ChargeCategory, chargeCategories } from '#shared/domain/billing/charge.ts';
import { readTaxRate } from '#shared/domain/billing/rate.ts';
import { orderTests } from '#shared/domain/orders/catalogue.ts';
import { readAmount } from '#shared/domain/prices/money.ts';
import { priceId } from '#shared/domain/prices/price.ts';
import { changedFields } from '#shared/domain/records/changes.ts';
import { isCalendarDate } from '#shared/kernel/calendar.ts';
import type { LocationId, OrganizationId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { putPrice, today } from './put.ts';
import { items, medicinesOf, payers, prices, sites, visitTypes } from './repository.ts';

const required = ['CODE', 'TITLE', 'PRICE'] as const;
const mostShown = 200;

interface Problem {
  readonly line: number;
  readonly code: (typeof priceFileProblems)[number];
  readonly column: string | null;
}

/** What a line says of the entry besides its name; what it leaves out stays as it is. */
type Columns = Partial<
  Pick<
    RowOf<'charge_item_definition'>,
    'category' | 'tax_rate' | 'visit_type_id' | 'service_code' | 'medicine_id'
  >
>;

/** A line that can be taken. */
interface Good extends PriceFileLine {
  readonly definitionId: string | null;
  readonly locationId: LocationId | null;
  readonly payerId: OrganizationId | null;
  readonly columns: Columns;
}

const isGood = (one: Good | Problem): one is Good => 'state' in one;
const isProblem = (one: Good | Problem): one is Problem => !isGood(one);

interface Line {
  readonly line: number;
  readonly get: (column: string) => string;
}

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const linesOf = (csv: string): { readonly lines: readonly Line[]; readonly problems: readonly Problem[] } => {
  let rows: readonly Row[];
  try {
    // With `info`, rows come so; the types do not say it.
    rows = parse(csv, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly Row[];
  } catch {
    return { lines: [], problems: [{ line: 1, code: 'malformed-row', column: null }] };
  }
  const columns = (rows[0]?.record ?? []).map((name) => name.toUpperCase());
  const missing = required.find((column) => !columns.includes(column));
  if (missing !== undefined)
    return { lines: [], problems: [{ line: 1, code: 'missing-column', column: missing }] };
  const [sound, broken] = [true, false].map((whole) =>
    rows.slice(1).filter(({ record }) => (record.length === columns.length) === whole),
  );
  return {
    lines: (sound ?? []).map(({ record, info }) => ({
      line: info.lines,
      get: (column) => record[columns.indexOf(column)] ?? '',
    })),
    problems: (broken ?? []).map(({ info }) => ({ line: info.lines, code: 'malformed-row', column: null })),
  };
};

const fold = (text: string) => text.toLocaleLowerCase();

/** What stands here that lines name. */
const createKnown = ({ store }: FeatureDeps) => {
  const byName = <Id extends string>(all: readonly { readonly id: Id; readonly name: string }[]) =>
    new Map(all.map(({ id, name }) => [fold(name), id]));
  return {
    places: byName(sites(store)),
    kinds: byName(visitTypes(store)),
    payers: byName(payers(store).filter(({ active }) => active === 1)),
    items: new Map(items(store).map((row) => [fold(row.code), row])),
    prices: new Map(prices(store).map((row) => [row.id, row])),
    /** Of several of a name none is meant for sure. */
    medicine: (name: string): string | undefined => {
      const found = medicinesOf(store, { name });
      return found.length === 1 ? found[0]?.id : undefined;
    },
  };
};
type Known = ReturnType<typeof createKnown>;

/** Empty is null; undefined: nothing has that name. */
const named = <T>(text: string, find: (text: string) => T | undefined): T | null | undefined =>
  text === '' ? null : find(text);

const testCode = (text: string): string | undefined =>
  orderTests.find(({ key, code, name }) => [key, code, fold(name)].includes(fold(text)))?.code;

const isCategory = (text: string): text is ChargeCategory =>
  (chargeCategories as readonly string[]).includes(text);

const categoryOf = (text: string, about: Pick<Columns, 'visit_type_id' | 'service_code' | 'medicine_id'>) => {
  if (isCategory(text)) return text;
  if (about.visit_type_id) return 'visit';
  if (about.service_code) return 'procedure';
  return about.medicine_id ? 'medicine' : null;
};

type Wrong = readonly [code: Problem['code'], column: string];

/** What raises an entry of the price list, its category and its tax, as far as a line says it. */
const columnsOf = ({ get }: Line, known: Known): Columns | Wrong => {
  const visitTypeId = named(get('VISIT TYPE'), (name) => known.kinds.get(fold(name)));
  const serviceCode = named(get('SERVICE'), testCode);
  const medicineId = named(get('MEDICINE'), known.medicine);
  const category = get('CATEGORY').toLowerCase();
  const tax = get('TAX') === '' ? null : readTaxRate(get('TAX'));
  if (visitTypeId === undefined) return ['visit-type', 'VISIT TYPE'];
  if (serviceCode === undefined) return ['service', 'SERVICE'];
  if (medicineId === undefined) return ['medicine', 'MEDICINE'];
  if (category !== '' && !isCategory(category)) return ['category', 'CATEGORY'];
  if (tax !== null && !tax.ok) return ['tax', 'TAX'];
  const about = {
    ...(visitTypeId === null ? {} : { visit_type_id: visitTypeId }),
    ...(serviceCode === null ? {} : { service_code: serviceCode }),
    ...(medicineId === null ? {} : { medicine_id: medicineId }),
  };
  const kind = categoryOf(category, about);
  return {
    ...about,
    ...(kind === null ? {} : { category: kind }),
    ...(tax === null ? {} : { tax_rate: tax.value }),
  };
};

const isWrong = (read: Columns | Wrong): read is Wrong => Array.isArray(read);

const tooLong = (get: Line['get']): Wrong | null => {
  const [code, title] = [get('CODE'), get('TITLE')];
  if (code === '' || title === '') return ['required', code === '' ? 'CODE' : 'TITLE'];
  if (code.length > 64 || title.length > 200) return ['too-long', code.length > 64 ? 'CODE' : 'TITLE'];
  return null;
};

type Where = Pick<Good, 'locationId' | 'payerId' | 'validFrom'>;

const whereOf = ({ get }: Line, known: Known, today: string): Where | Wrong => {
  const locationId = named(get('SITE'), (name) => known.places.get(fold(name)));
  const payerId = named(get('PAYER'), (name) => known.payers.get(fold(name)));
  const validFrom = get('FROM') || today;
  if (locationId === undefined) return ['site', 'SITE'];
  if (payerId === undefined) return ['payer', 'PAYER'];
  return isCalendarDate(validFrom) ? { locationId, payerId, validFrom } : ['date', 'FROM'];
};

/** Reads lines against what there is here. */
const createReading = (deps: FeatureDeps, currency: string) => {
  const known = createKnown(deps);
  const from = today(deps);
  const seen = new Set<string>();
  const stateOf = (one: Omit<Good, 'state'>): Good['state'] => {
    const row = known.items.get(fold(one.code));
    if (row === undefined) return 'new';
    const place = { siteId: one.locationId, payerId: one.payerId };
    const price = known.prices.get(priceId(row.id, place, one.validFrom));
    const isSame =
      row.title === one.title &&
      Object.keys(changedFields(row, one.columns)).length === 0 &&
      price?.amount === one.amount &&
      price.currency === currency;
    return isSame ? 'same' : 'changed';
  };
  return (whole: Line): Good | Problem => {
    const { line, get } = whole;
    const wrong = ([code, column]: Wrong): Problem => ({ line, code, column });
    const [code, title] = [get('CODE'), get('TITLE')];
    const bad = tooLong(get);
    if (bad !== null) return wrong(bad);
    const where = whereOf(whole, known, from);
    if (!('validFrom' in where)) return wrong(where);
    const columns = columnsOf(whole, known);
    if (isWrong(columns)) return wrong(columns);
    const amount = readAmount(get('PRICE'), currency);
    if (!amount.ok) return wrong(['amount', 'PRICE']);
    const key = [fold(code), where.locationId, where.payerId, where.validFrom].join(' ');
    if (seen.has(key)) return wrong(['twice', 'CODE']);
    seen.add(key);
    const one = {
      ...where,
      line,
      code,
      title,
      siteName: get('SITE') || null,
      payerName: get('PAYER') || null,
      amount: amount.value,
      definitionId: known.items.get(fold(code))?.id ?? null,
      columns,
    };
    return { ...one, state: stateOf(one) };
  };
};

/** Writes what the lines say. Lines of one code are of one thing, which the first of them makes where there is none. */
const writeAll = (deps: FeatureDeps, good: readonly Good[], currency: string, connection: Connection) =>
  write(deps, 'price.import', connection, (writer) => {
    const ids = new Map<string, string>();
    for (const { code, title, columns, definitionId, state, ...price } of good) {
      if (state === 'same') continue;
      const known = ids.get(fold(code)) ?? definitionId;
      const id = known ?? deps.newId();
      ids.set(fold(code), id);
      if (known === null)
        writer.insert('charge_item_definition', {
          ...blank('charge_item_definition'),
          ...columns,
          id,
          code,
          title,
          active: 1,
        });
      else writer.update('charge_item_definition', id, { title, ...columns });
      putPrice(writer, { ...price, definitionId: id, currency });
    }
  });

/** See the contract. */
export const importPrices = (
  deps: FeatureDeps,
  { csv, apply }: Parsed<'prices.import'>,
  connection: Connection,
): Result<Output<'prices.import'>> => {
  const currency = deps.settings.of('clinic.currency', null);
  if (currency === null) return fail('no-currency');
  const { lines, problems: broken } = linesOf(csv);
  const read = lines.map(createReading(deps, currency));
  const good = read.filter(isGood);
  const problems = [...broken, ...read.filter(isProblem)];
  if (apply && good.some(({ state }) => state !== 'same')) writeAll(deps, good, currency, connection);
  const count = (state: Good['state']) => good.filter((one) => one.state === state).length;
  return ok({
    lines: good.slice(0, mostShown).map(({ definitionId, columns, locationId, payerId, ...line }) => line),
    currency,
    more: Math.max(0, good.length - mostShown),
    problems: problems.toSorted((a, b) => a.line - b.line).slice(0, mostShown),
    counts: { new: count('new'), changed: count('changed'), same: count('same') },
  });
};
