import { parse } from 'csv-parse/sync';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { PriceFileLine, priceFileProblems } from '#shared/contract/prices.ts';
import { readAmount } from '#shared/domain/prices/money.ts';
import { priceId } from '#shared/domain/prices/price.ts';
import { isCalendarDate } from '#shared/kernel/calendar.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { putPrice, today } from './put.ts';
import { items, prices, sites, visitTypes } from './repository.ts';

const required = ['CODE', 'TITLE', 'PRICE'] as const;
const mostShown = 200;

interface Problem {
  readonly line: number;
  readonly code: (typeof priceFileProblems)[number];
  readonly column: string | null;
}

/** A line that can be taken. */
interface Good extends PriceFileLine {
  readonly definitionId: string | null;
  readonly visitTypeId: string | null;
  readonly locationId: LocationId | null;
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

/** Reads lines against what there is here. */
const createReading = ({ store, clock, home }: FeatureDeps, currency: string) => {
  const byName = <Id extends string>(all: readonly { readonly id: Id; readonly name: string }[]) =>
    new Map(all.map(({ id, name }) => [fold(name), id]));
  const [places, kinds] = [byName(sites(store)), byName(visitTypes(store))];
  const known = new Map(items(store).map((row) => [fold(row.code), row]));
  const standing = new Map(prices(store).map((row) => [row.id, row]));
  const from = today({ clock, home });
  const seen = new Set<string>();
  const stateOf = (one: Omit<Good, 'state'>): Good['state'] => {
    const row = known.get(fold(one.code));
    if (row === undefined) return 'new';
    const price = standing.get(priceId(row.id, one.locationId, one.validFrom));
    const isSame =
      row.title === one.title &&
      (one.visitTypeId === null || row.visit_type_id === one.visitTypeId) &&
      price?.amount === one.amount &&
      price.currency === currency;
    return isSame ? 'same' : 'changed';
  };
  return ({ line, get }: Line): Good | Problem => {
    const wrong = (code: Problem['code'], column: string): Problem => ({ line, code, column });
    const [code, title, siteName] = [get('CODE'), get('TITLE'), get('SITE')];
    const [kind, validFrom] = [get('VISIT TYPE'), get('FROM') || from];
    const amount = readAmount(get('PRICE'), currency);
    const locationId = siteName === '' ? null : places.get(fold(siteName));
    const visitTypeId = kind === '' ? null : kinds.get(fold(kind));
    if (code === '' || title === '') return wrong('required', code === '' ? 'CODE' : 'TITLE');
    if (code.length > 64 || title.length > 200) return wrong('too-long', code.length > 64 ? 'CODE' : 'TITLE');
    if (locationId === undefined) return wrong('site', 'SITE');
    if (visitTypeId === undefined) return wrong('visit-type', 'VISIT TYPE');
    if (!isCalendarDate(validFrom)) return wrong('date', 'FROM');
    if (!amount.ok) return wrong('amount', 'PRICE');
    const key = `${fold(code)} ${locationId ?? ''} ${validFrom}`;
    if (seen.has(key)) return wrong('twice', 'CODE');
    seen.add(key);
    const definitionId = known.get(fold(code))?.id ?? null;
    const good = { line, code, title, siteName: siteName || null, validFrom, amount: amount.value };
    const one = { ...good, definitionId, visitTypeId, locationId };
    return { ...one, state: stateOf(one) };
  };
};

/** Writes what the lines say. Lines of one code are of one thing, which the first of them makes where there is none. */
const writeAll = (deps: FeatureDeps, good: readonly Good[], currency: string, connection: Connection) =>
  write(deps, 'price.import', connection, (writer) => {
    const ids = new Map<string, string>();
    for (const { code, title, visitTypeId, definitionId, locationId, validFrom, amount, state } of good) {
      if (state === 'same') continue;
      const known = ids.get(fold(code)) ?? definitionId;
      const id = known ?? deps.newId();
      ids.set(fold(code), id);
      if (known === null)
        writer.insert('charge_item_definition', {
          ...blank('charge_item_definition'),
          id,
          code,
          title,
          visit_type_id: visitTypeId,
          active: 1,
        });
      else
        writer.update('charge_item_definition', id, {
          title,
          ...(visitTypeId === null ? {} : { visit_type_id: visitTypeId }),
        });
      putPrice(writer, { definitionId: id, locationId, validFrom, amount, currency });
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
    lines: good.slice(0, mostShown).map(({ definitionId, visitTypeId, locationId, ...line }) => line),
    currency,
    more: Math.max(0, good.length - mostShown),
    problems: problems.toSorted((a, b) => a.line - b.line).slice(0, mostShown),
    counts: { new: count('new'), changed: count('changed'), same: count('same') },
  });
};
