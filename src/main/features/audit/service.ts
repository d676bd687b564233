import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { type AuditQuestion, CentreError } from '#main/data/central/centre.ts';
import { everybody, idsIn, patientAccountNames } from '#main/data/local/names.ts';
import type { AuditFilter } from '#shared/contract/audit.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayRange } from '#shared/domain/appointments/wall-time.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { AuditPlace, centreErrors } from '#shared/sync/wire.ts';
import { eventsHere, type Period } from './here.ts';
import { linesOf } from './lines.ts';
import { namesIn } from './names.ts';

const shown = 50;
const exported = 1000;

/** The days of a filter as instants, by the clinic's clock. */
const periodOf = (deps: FeatureDeps, { from, until }: AuditFilter): Period => {
  const { timeZone } = deps.home();
  return {
    since: from === null ? null : instant(dayRange(from, timeZone).from),
    until: until === null ? null : instant(dayRange(until, timeZone).to),
  };
};

/** Where a page begins, as it was handed out; anything else begins at the newest. */
const placeOf = (before: string | null): AuditPlace | null => {
  const [tx, ord] = (before ?? '').split(':').map(Number);
  const read = AuditPlace.safeParse({ tx, ord });
  return read.success ? read.data : null;
};

const textOf = (next: AuditPlace | null): string | null => (next === null ? null : `${next.tx}:${next.ord}`);

const questionOf = (
  deps: FeatureDeps,
  input: Parsed<'audit.list'>,
  user: string,
  page: Pick<AuditQuestion, 'limit' | 'export'>,
): AuditQuestion => ({
  user,
  person: input.personId,
  patient: input.patientId,
  kinds: input.kinds,
  device: input.workstation,
  ...periodOf(deps, input),
  before: placeOf(input.before),
  ...page,
});

/** What this workstation holds of the trail, where the centre tells nothing. */
const listHere = (
  deps: FeatureDeps,
  input: Parsed<'audit.list'>,
  source: 'out-of-reach' | 'not-from-here',
): Result<Output<'audit.list'>> => {
  const { lines, next } = eventsHere(deps.store, input, periodOf(deps, input), input.before, shown);
  const people = everybody(deps.store);
  return ok({ source, lines, next, people, workstations: [], head: null, keepYears: null });
};

const isRefusal = (error: unknown): boolean =>
  error instanceof CentreError && error.sqlstate === centreErrors.notAllowed;

const list = async (
  deps: FeatureDeps,
  input: Parsed<'audit.list'>,
  { user }: Connection,
): Promise<Result<Output<'audit.list'>>> => {
  if (user === null) return fail('not-signed-in');
  try {
    const page = await deps.engine.audit(questionOf(deps, input, user.id, { limit: shown, export: false }));
    return ok({
      source: 'centre',
      lines: linesOf(deps.store, page),
      next: textOf(page.next),
      people: everybody(deps.store),
      workstations: page.devices.map(({ no, name }) => ({ no, name })),
      head: `${page.head.seq}:${page.head.chain}`,
      keepYears: page.keep_years,
    });
  } catch (error) {
    return listHere(deps, input, isRefusal(error) ? 'not-from-here' : 'out-of-reach');
  }
};

const exportPage = async (
  deps: FeatureDeps,
  input: Parsed<'audit.export'>,
  { user }: Connection,
): Promise<Result<Output<'audit.export'>>> => {
  if (user === null) return fail('not-signed-in');
  try {
    const page = await deps.engine.audit(questionOf(deps, input, user.id, { limit: exported, export: true }));
    return ok({ lines: linesOf(deps.store, page), next: textOf(page.next) });
  } catch {
    return fail('centre-unavailable');
  }
};

const record = async (
  deps: FeatureDeps,
  { table, rowId }: Parsed<'audit.record'>,
  { user }: Connection,
): Promise<Result<Output<'audit.record'>>> => {
  if (user === null) return fail('not-signed-in');
  try {
    const { versions } = await deps.engine.auditRecord({ user: user.id, tbl: table, pk: rowId });
    const values = versions.flatMap((version) => [version.user, ...Object.values(version.values)]);
    const names = namesIn(deps.store, values);
    const ofPatients = patientAccountNames(deps.store, idsIn(versions.map(({ user: by }) => by)));
    return ok({
      versions: versions.map((version) => ({
        key: `${version.seq} ${version.v}`,
        at: version.at,
        who: version.user === null ? null : (names[version.user] ?? null),
        byPatient: ofPatients.has(version.user ?? ''),
        workstation: version.device_name,
        login: version.device === 0 ? version.login : null,
        kind: version.kind,
        operation: version.op,
        version: version.v,
        values: version.values,
      })),
      names,
    });
  } catch {
    return fail('centre-unavailable');
  }
};

/** What leaves the program on paper or as a file. */
const note = (
  deps: FeatureDeps,
  { event, what, patientId }: Parsed<'audit.note'>,
  { user }: Connection,
): Result<null> => {
  if (user === null) return fail('not-signed-in');
  const kind = event === 'print' ? 'audit.print' : 'audit.exported';
  const entity = patientId === null ? null : ({ table: 'patient', id: patientId } as const);
  deps.store.mutate({ kind, user: user.id }, (writer) =>
    writer.insert(
      'audit_event',
      auditRow(deps, { action: 'R', event, accountId: user.id, entity, detail: { what } }),
    ),
  );
  deps.engine.wake();
  return ok(null);
};

/** The audit trail for an administrator's screen. It is at the centre; a workstation holds the events only. */
export const auditHandlers = (
  deps: FeatureDeps,
): Handlers<'audit.list' | 'audit.record' | 'audit.export' | 'audit.note'> => ({
  'audit.list': (input, connection) => list(deps, input, connection),
  'audit.record': (input, connection) => record(deps, input, connection),
  'audit.export': (input, connection) => exportPage(deps, input, connection),
  'audit.note': (input, connection) => note(deps, input, connection),
});
