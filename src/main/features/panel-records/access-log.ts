import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { approvedPatient } from '#main/core/own-patient.ts';
import { pageOf } from '#main/core/paged.ts';
import { isRestricted } from '#main/core/released.ts';
import { idsIn } from '#main/data/local/names.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { AccessLine } from '#shared/contract/panel-records.ts';
import { type Role, roles } from '#shared/contract/permissions.ts';
import { instant } from '#shared/kernel/clock.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { RecordsDeps } from './deps.ts';
import { accountsOf, type EventRow, eventsAbout, glassBetween, staffNamed } from './repository.ts';

const kinds: Readonly<Record<string, AccessLine['what']>> = {
  'patient-open': 'record',
  'chart-open': 'chart',
  'document-open': 'document',
  print: 'print',
  'patient-merge': 'merge',
  'patient-unmerge': 'merge',
  'panel-read': 'panel',
};

const kindOf = ({ event, outcome }: EventRow): AccessLine['what'] =>
  outcome === 'refused' ? 'refused' : ((Object.hasOwn(kinds, event) ? kinds[event] : undefined) ?? 'other');

const roleOf = (role: string | undefined): Role | null => roles.find((known) => known === role) ?? null;

/** Until when the copy of the trail here is whole: nothing older is on its way any more, and the centre was asked then. */
const completeUntil = ({ store }: RecordsDeps): string | null =>
  store.complete('audit_event') ? instant(store.contact().at) : null;

const lines = (
  deps: RecordsDeps,
  asked: Parsed<'panel.accessLog'>,
  { user }: Connection,
): { readonly items: AccessLine[]; readonly next: string | null } => {
  const { store } = deps;
  const found = eventsAbout(store, asked.patientId, asked);
  const { rows, next } = pageOf(found, asked.limit, (row) => ({ at: row.recorded_at, id: row.id }));
  const staff = staffNamed(store, idsIn(rows.map(({ account_id }) => account_id)));
  const accounts = accountsOf(store, asked.patientId);
  const oldest = rows.at(-1)?.recorded_at ?? '';
  const glass = rows.length === 0 ? [] : glassBetween(store, asked.patientId, oldest);
  const withReason = (row: EventRow): boolean =>
    glass.some(
      (one) =>
        one.account_id === row.account_id &&
        one.started_at <= row.recorded_at &&
        row.recorded_at < one.until_at,
    );
  const items = rows.map((row): AccessLine => {
    const what = kindOf(row);
    const by = row.account_id ?? '';
    const person = staff.get(by);
    const account = accounts.get(by);
    return {
      id: row.id,
      at: row.recorded_at,
      who: person?.display_name ?? account ?? null,
      role: account === undefined ? roleOf(person?.role) : 'patient',
      what: what === 'chart' && withReason(row) ? 'closed-chart' : what,
      self: by !== '' && by === user?.id,
    };
  });
  return { items, next };
};

/**
 * Who looked at a record and how. Names and roles, and nothing of what was noted inside the clinic: not the reason for opening a
 * closed chart, nor which document it was. Of a restricted chart nothing: who treats it is what it hides.
 */
const accessLog = (
  deps: RecordsDeps,
  asked: Parsed<'panel.accessLog'>,
  connection: Connection,
): Result<Output<'panel.accessLog'>> => {
  const own = approvedPatient(deps, connection, asked.patientId);
  if (!own.ok) return own;
  if (isRestricted(deps, asked.patientId))
    return ok({ shown: false, items: [], next: null, completeUntil: null });
  deps.noteRead(connection, asked.patientId, 'access-log');
  return ok({ shown: true, ...lines(deps, asked, connection), completeUntil: completeUntil(deps) });
};

export const accessLogHandlers = (deps: RecordsDeps): Handlers<'panel.accessLog'> => ({
  'panel.accessLog': (input, connection) => accessLog(deps, input, connection),
});
