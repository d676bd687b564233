import { parse } from 'csv-parse/sync';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { remittanceProblems } from '#shared/contract/claims.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { claimOutcome, claimResponseId, paidOfClaim } from '#shared/domain/billing/claims.ts';
import { readAmount } from '#shared/domain/prices/money.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Answer, putAnswer } from './answer.ts';
import { type Claimed, linesOf } from './claim-view.ts';
import { claimNumbered, findClaim } from './repository.ts';

type Code = (typeof remittanceProblems)[number];

interface Problem {
  readonly line: number;
  readonly code: Code;
  readonly value: string;
}

interface FileLine {
  readonly line: number;
  readonly get: (column: string) => string;
}

const required = ['CLAIM', 'LINE', 'AMOUNT'] as const;

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const rowsOf = (csv: string): readonly Row[] | null => {
  try {
    // With `info`, rows come so; the types do not say it.
    return parse(csv, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly Row[];
  } catch {
    return null;
  }
};

const readFile = (
  csv: string,
): { readonly lines: readonly FileLine[]; readonly problems: readonly Problem[] } => {
  const rows = rowsOf(csv);
  const columns = (rows?.[0]?.record ?? []).map((name) => name.toUpperCase());
  const missing = required.find((column) => !columns.includes(column));
  if (rows === null || rows.length < 2)
    return { lines: [], problems: [{ line: 1, code: 'malformed-row', value: '' }] };
  if (missing !== undefined)
    return { lines: [], problems: [{ line: 1, code: 'missing-column', value: missing }] };
  const body = rows.slice(1);
  return {
    lines: body.map(({ record, info }) => ({
      line: info.lines,
      get: (column) => record[columns.indexOf(column)] ?? '',
    })),
    problems: body
      .filter(({ record }) => record.length !== columns.length)
      .map(({ info }) => ({ line: info.lines, code: 'malformed-row', value: '' })),
  };
};

type Read = { readonly answer: Answer } | { readonly problem: Problem } | 'known';

/** Reads lines against the claims there are; a claim is looked up once. */
const createReading = (reader: LocalReader, remittance: string) => {
  const claims = new Map<string, readonly Claimed[] | null>();
  const seen = new Set<string>();
  const claimOf = (number: string): readonly Claimed[] | null => {
    const known = claims.get(number);
    if (known !== undefined) return known;
    const id = claimNumbered(reader, number);
    const isActive = id !== null && findClaim(reader, id)?.status === 'active';
    const lines = isActive ? linesOf(reader, id) : null;
    claims.set(number, lines);
    return lines;
  };
  return ({ line, get }: FileLine): Read => {
    const wrong = (code: Code, value: string): Read => ({ problem: { line, code, value } });
    const [number, typed] = [get('CLAIM'), get('AMOUNT')];
    const lines = claimOf(number);
    if (lines === null) return wrong('claim', number);
    const claimed = lines.find((one) => String(one.line) === get('LINE'));
    if (claimed === undefined) return wrong('line', get('LINE'));
    const { row: item, answers } = claimed;
    if (seen.has(item.id)) return wrong('twice', get('LINE'));
    seen.add(item.id);
    if (answers.some(({ id }) => id === claimResponseId(item.id, remittance))) return 'known';
    const read = readAmount(typed, item.currency);
    if (!read.ok) return wrong('amount', typed);
    const left = item.amount - paidOfClaim(answers);
    const [reasonCode, reason] = [get('CODE').slice(0, 100), get('REASON').slice(0, 1000)];
    if (read.value > left) return wrong('too-much', typed);
    if (read.value < left && reasonCode === '' && reason === '') return wrong('reason', typed);
    return { answer: { item, left, amount: read.value, reasonCode, reason, remittance } };
  };
};

export const importRemittance = (
  deps: FeatureDeps,
  { csv, remittance, apply }: Parsed<'claims.import'>,
  connection: Connection,
): Result<Output<'claims.import'>> => {
  const file = readFile(csv);
  const reads = file.problems.length > 0 ? [] : file.lines.map(createReading(deps.store, remittance));
  const answers = reads.flatMap((read) => (read !== 'known' && 'answer' in read ? [read.answer] : []));
  const problems = [
    ...file.problems,
    ...reads.flatMap((read) => (read !== 'known' && 'problem' in read ? [read.problem] : [])),
  ];
  const applied = apply && problems.length === 0 && answers.length > 0;
  if (applied)
    write(deps, 'claim.import', connection, (writer) => {
      for (const answer of answers) putAnswer(deps, writer, answer, connection.user?.id ?? null);
    });
  const count = (outcome: ReturnType<typeof claimOutcome>) =>
    answers.filter(({ left, amount }) => claimOutcome(left, amount) === outcome).length;
  const sums = [...Map.groupBy(answers, ({ item }) => item.currency)].map(([currency, all]) => ({
    currency,
    amount: paidOfClaim(all),
  }));
  const counts = {
    paid: count('paid'),
    partial: count('partial'),
    rejected: count('rejected'),
    known: reads.filter((read) => read === 'known').length,
  };
  return ok({ problems: problems.slice(0, 200), counts, sums, applied });
};
