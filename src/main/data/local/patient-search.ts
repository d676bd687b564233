import { type RawBuilder, sql } from 'kysely';
import { words } from '#shared/domain/patients/fold.ts';
import { callingCodes } from '#shared/domain/patients/phone.ts';
import type { PatientSearch } from '#shared/domain/patients/search.ts';
import { localDb } from './query.ts';
import type { LocalReader, LocalRowOf } from './store.ts';

interface Candidate {
  readonly id: string;
  readonly family: string;
  readonly given: string;
  readonly birth_date: string | null;
}

/** How many candidates are looked at for one answer: what is ranked never grows with the number of matches. */
const poolOf = (limit: number): number => Math.max(60, limit * 3);
/** Patients that may share the digits of one phone search before names or dates narrow them. */
const phonePool = 1000;

const read = <C extends Candidate>(reader: LocalReader, query: RawBuilder<C>): readonly C[] =>
  reader.all<C>({ compile: () => query.compile(localDb) });

/** What may stand before the digits somebody types of a number. */
const prefixes = JSON.stringify(['', '0', '+', ...callingCodes().map((code) => `+${code}`)]);

/**
 * The rowids of patients with these digits: from the start of the number, with or without country code, or at its end.
 * Of further numbers, from their start.
 */
export const byPhone = (digits: string) => {
  const end = `${digits}:`; // ':' follows '9'
  return sql`SELECT row FROM (SELECT row FROM patient_phone_digits
      WHERE phone IS NOT NULL AND start >= ${digits} AND start < ${end} LIMIT ${phonePool})
    UNION ALL SELECT row FROM (SELECT row FROM patient_phone_digits
      WHERE phone IS NOT NULL AND substr(phone, 1, 1) = '+' AND national >= ${digits} AND national < ${end}
      LIMIT ${phonePool})
    UNION ALL SELECT row FROM (SELECT row, digits FROM patient_phone_digits
      WHERE phone IS NOT NULL AND last_four = ${digits.slice(-4)} LIMIT ${phonePool})
      WHERE substr(digits, ${-digits.length}) = ${digits}
    UNION ALL SELECT row FROM (SELECT p.rowid AS row
      FROM json_each(${prefixes}) w CROSS JOIN patient_telecom t CROSS JOIN patient p ON p.id = t.patient_id
      WHERE t.value >= w.value || ${digits} AND t.value < w.value || ${end} AND t.voided_at IS NULL LIMIT ${phonePool})`;
};

/** Patients whose identifier begins like this; the capital letters and digits it is made of come before U+FFFF. */
const byIdentifier = (plain: string, limit: number) =>
  sql<Candidate & { readonly whole: 0 | 1 }>`SELECT ${columns}, i.value = ${plain} AS whole
    FROM patient_identifier i CROSS JOIN patient p ON p.id = i.patient_id
    WHERE i.value >= ${plain} AND i.value < ${`${plain}\uffff`} AND i.voided_at IS NULL AND p.voided_at IS NULL
    ORDER BY i.value LIMIT ${limit}`;

const columns = sql`p.id, p.family, p.given, p.birth_date`;

/**
 * By name. The full-text index walks its lists and stops at the limit; the other conditions are sets of rowids it
 * looks into. The unary plus keeps SQLite from asking the index once for each member of the set.
 */
const byName = (match: string, search: PatientSearch, limit: number) => {
  const { birthDate, phoneDigits } = search;
  const born = birthDate
    ? sql`AND +f.rowid IN (SELECT rowid FROM patient WHERE birth_date BETWEEN ${birthDate.from} AND ${birthDate.to})`
    : sql``;
  const phone = phoneDigits ? sql`AND +f.rowid IN (${byPhone(phoneDigits)})` : sql``;
  return sql<Candidate>`SELECT ${columns} FROM patient_fts f CROSS JOIN patient p ON p.rowid = f.rowid
    WHERE patient_fts MATCH ${match} ${born} ${phone} AND p.voided_at IS NULL LIMIT ${limit}`;
};

const byDate = ({ from, to }: NonNullable<PatientSearch['birthDate']>, limit: number) =>
  sql<Candidate>`SELECT ${columns} FROM patient p
    WHERE p.birth_date BETWEEN ${from} AND ${to} AND p.voided_at IS NULL ORDER BY p.birth_date LIMIT ${limit}`;

const byPhoneAndDate = (digits: string, birthDate: PatientSearch['birthDate'], limit: number) => {
  const born = birthDate ? sql`AND p.birth_date BETWEEN ${birthDate.from} AND ${birthDate.to}` : sql``;
  return sql<Candidate>`SELECT ${columns} FROM patient p
    WHERE p.rowid IN (${byPhone(digits)}) AND p.voided_at IS NULL ${born} LIMIT ${limit}`;
};

/** Tokens are letters and digits only, so quoting them is enough. */
const matches = (tokens: readonly string[]): readonly string[] => {
  const whole = tokens.map((token) => `"${token.replaceAll('"', '')}"`);
  const begun = whole.map((token) => `${token} *`);
  const typing = [...whole.slice(0, -1), ...begun.slice(-1)];
  return [...new Set([whole, typing, begun].map((parts) => parts.join(' AND ')))];
};

/** More for each token that is a whole word of the name, and a little when the family name begins with what was typed first. */
const score = ({ family, given }: Candidate, tokens: readonly string[]): number => {
  const own = new Set([...words(family), ...words(given)]);
  const exact = tokens.filter((token) => own.has(token)).length;
  const first = tokens[0];
  return exact * 2 + (first !== undefined && words(family)[0]?.startsWith(first) ? 1 : 0);
};

const ranked = (found: readonly Candidate[], tokens: readonly string[]): readonly string[] =>
  found
    .map((candidate) => ({ candidate, score: score(candidate, tokens) }))
    .sort(
      (a, b) =>
        b.score - a.score ||
        a.candidate.family.localeCompare(b.candidate.family) ||
        a.candidate.given.localeCompare(b.candidate.given) ||
        (a.candidate.birth_date ?? '').localeCompare(b.candidate.birth_date ?? ''),
    )
    .map(({ candidate }) => candidate.id);

const byTokens = (reader: LocalReader, search: PatientSearch, limit: number): readonly string[] => {
  const pool = poolOf(limit);
  const found = new Map<string, Candidate>();
  for (const match of matches(search.tokens)) {
    for (const candidate of read(reader, byName(match, search, pool))) found.set(candidate.id, candidate);
    if (found.size >= pool) break;
  }
  return ranked([...found.values()], search.tokens);
};

/** Who has that identifier comes first, whose identifier only begins so comes last. */
const withIdentified = (
  reader: LocalReader,
  search: PatientSearch,
  limit: number,
  others: readonly string[],
): readonly string[] => {
  if (search.identifier === null) return others;
  const found = read(reader, byIdentifier(search.identifier, limit));
  const ids = (whole: 0 | 1) => found.filter((one) => one.whole === whole).map(({ id }) => id);
  return [...new Set([...ids(1), ...others, ...ids(0)])].slice(0, limit);
};

/**
 * Ids of patients that fit everything given, or have the text as an identifier, best match first, at most `limit`;
 * voided patients are left out. An empty search finds nobody. The work is bounded: no query sorts or ranks more than a fixed number of candidates, so one
 * letter in a register of a million costs no more than a whole name.
 */
export const searchPatients = (
  reader: LocalReader,
  search: PatientSearch,
  limit: number,
): readonly string[] => {
  if (search.mrn !== null) {
    const found = read(
      reader,
      sql<Candidate>`SELECT ${columns} FROM patient p
        WHERE p.mrn = ${search.mrn} COLLATE NOCASE AND p.voided_at IS NULL LIMIT ${limit}`,
    );
    if (found.length > 0) return found.map(({ id }) => id);
  }
  return withIdentified(reader, search, limit, described(reader, search, limit));
};

const described = (reader: LocalReader, search: PatientSearch, limit: number): readonly string[] => {
  if (search.tokens.length > 0) return byTokens(reader, search, limit).slice(0, limit);
  if (search.phoneDigits !== null) {
    const found = read(reader, byPhoneAndDate(search.phoneDigits, search.birthDate, poolOf(limit)));
    return ranked(found, []).slice(0, limit);
  }
  if (search.birthDate !== null) {
    return ranked(read(reader, byDate(search.birthDate, poolOf(limit))), []).slice(0, limit);
  }
  return [];
};

/** The rows of {@link searchPatients}, in the same order. */
export const findPatients = (
  reader: LocalReader,
  search: PatientSearch,
  limit: number,
): readonly LocalRowOf<'patient'>[] => {
  const ids = searchPatients(reader, search, limit);
  const rows =
    ids.length === 0 ? [] : reader.all(localDb.selectFrom('patient').selectAll().where('id', 'in', ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};
