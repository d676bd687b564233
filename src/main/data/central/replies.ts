import { z } from 'zod';
import { schemaVersion, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import {
  BlobState,
  centreErrors,
  FoundPatient,
  HelloReply,
  KnownWorkstation,
  PulledChange,
  PullReply,
  Verdict,
} from '#shared/sync/wire.ts';
import { CentreError } from './centre.ts';

const malformed = (what: string, cause?: unknown): CentreError =>
  new CentreError(`the centre's reply to ${what} has an unexpected shape`, null, false, cause);

/** Checks a small reply against its shape. A reply that does not fit is no passing trouble: it is not retryable. */
export const checked = <T>(shape: z.ZodType<T>, reply: unknown, what: string): T => {
  const parsed = shape.safeParse(reply);
  if (!parsed.success) throw malformed(what, parsed.error);
  return parsed.data;
};

/** A centre that was not migrated yet answers as its version does: that is told apart before its reply is read. */
export const checkedHello = (reply: unknown): HelloReply => {
  const { schema } = checked(z.object({ schema: z.number() }), reply, 'hello');
  if (schema < schemaVersion)
    throw new CentreError('the centre is of an earlier version', centreErrors.centreOutdated, false);
  return checked(HelloReply, reply, 'hello');
};

export const Verdicts = z.array(Verdict);
export const FoundPatients = z.array(FoundPatient);
export const KnownWorkstations = z.array(KnownWorkstation);
export const BlobStates = z.array(BlobState);

const Envelope = PullReply.extend({ changes: z.array(z.unknown()) });
const operations = new Set<unknown>(PulledChange.shape.op.options);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCell = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'number';

const isChange = (value: unknown): value is PulledChange => {
  if (!isRecord(value) || !isRecord(value.values)) return false;
  if (!Number.isSafeInteger(value.seq) || !Number.isSafeInteger(value.v)) return false;
  if (typeof value.tbl !== 'string' || typeof value.pk !== 'string' || !operations.has(value.op))
    return false;
  for (const key in value.values) if (!isCell(value.values[key])) return false;
  return true;
};

/** The same check as `PullReply`, by hand for the changes: there may be thousands, several times a second. */
export const checkedPull = (reply: unknown): PullReply => {
  const envelope = checked(Envelope, reply, 'pull');
  const changes = envelope.changes;
  if (!changes.every(isChange))
    throw malformed('pull', PulledChange.safeParse(changes.find((change) => !isChange(change))).error);
  return { ...envelope, changes };
};

/** Row counts by table, of the tables this version knows. */
export const checkedEstimate = (reply: unknown): ReadonlyMap<TableName, number> => {
  const counts = checked(z.record(z.string(), z.number()), reply, 'estimate');
  return new Map(tableNames.map((table) => [table, counts[table] ?? 0]));
};
