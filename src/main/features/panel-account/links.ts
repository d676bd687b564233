import { auditRow } from '#main/core/audit-event.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { linkCodeHash } from '#main/core/link-code.ts';
import { type OwnPatient, ownPatient, ownPatients } from '#main/core/own-patient.ts';
import { goingOn } from '#main/data/local/merged.ts';
import { localDb } from '#main/data/local/query.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { PatientAccount } from '#main/session/accounts.ts';
import { tryKeys } from '#main/session/session.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { OwnPerson } from '#shared/contract/panel.ts';
import type { OwnLink } from '#shared/contract/panel-people.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { type BirthDateProblem, parseBirthDate } from '#shared/domain/patients/birth-date.ts';
import { fold } from '#shared/domain/patients/fold.ts';
import { PatientDetails } from '#shared/domain/patients/patient.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type LocalRowOf, type RowOf } from '#shared/sync/catalogue.ts';
import type { AccountDeps } from './deps.ts';
import { ownAccount } from './password.ts';
import { personOf } from './person.ts';

type Relationship = OwnPerson['relationship'];

/** Requests that wait at once, in a day, and everybody an account looks after: nobody floods the desk. */
export const mostWaiting = 5;
const mostADay = 10;
const mostPeople = 20;
const day = 86_400_000;
const shownAtMost = 50;

const links = () => localDb.selectFrom('patient_account_link');

const newLink = (
  deps: AccountDeps,
  { id, display_name, email }: PatientAccount,
  more: Pick<RowOf<'patient_account_link'>, 'patient_id' | 'relationship' | 'status'> &
    Partial<RowOf<'patient_account_link'>>,
): RowOf<'patient_account_link'> => ({
  ...blank('patient_account_link'),
  id: deps.newId(),
  account_id: id,
  account_name: display_name,
  account_email: email,
  requested_at: instant(deps.clock.now()),
  ...more,
});

const note = (
  deps: AccountDeps,
  writer: LocalWriter,
  event: 'account-link-asked' | 'account-link-opened' | 'account-link-left' | 'account-link-withdrawn',
  accountId: string,
  patientId: string,
) =>
  writer.insert(
    'audit_event',
    auditRow(deps, { action: 'U', event, accountId, entity: { table: 'patient', id: patientId } }),
  );

/** The person behind a link that was just written. */
const shown = (deps: AccountDeps, connection: Connection, patientId: string): Result<OwnPerson> => {
  const own = ownPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const [person] = personOf(deps, own.value);
  return person === undefined ? fail('not-found') : ok(person);
};

const isOwnSelf = ({ link, approved }: OwnPatient): boolean => link.relationship === 'self' && approved;

/** The code `typed`, while it counts. */
const findCode = (deps: AccountDeps, typed: string): Result<LocalRowOf<'patient_link_code'>> => {
  const hash = linkCodeHash(typed);
  const row =
    hash === null
      ? undefined
      : deps.store.get(
          localDb
            .selectFrom('patient_link_code')
            .selectAll()
            .where('code_hash', '=', hash)
            .orderBy('created_at', 'desc')
            .limit(1),
        );
  if (row === undefined) return fail('wrong-code');
  if (row.used_at !== null || row.voided_at !== null) return fail('code-used');
  return row.until_at <= instant(deps.clock.now()) ? fail('code-expired') : ok(row);
};

/** The account gives up what it asked for or saw. */
const end = (deps: AccountDeps, writer: LocalWriter, linkId: string) =>
  writer.update('patient_account_link', linkId, {
    status: 'ended',
    decided_at: instant(deps.clock.now()),
    decided_by: null,
    decision_reason: null,
  });

const personIn = (deps: AccountDeps, patientId: string) =>
  deps.store.get(
    localDb.selectFrom('patient').select(['family', 'given', 'birth_date']).where('id', '=', patientId),
  );

/**
 * What an account asked for that a code answers: itself, where the code opens its own record, and whoever was born on the same day
 * and has the same name. `same`: the record it wrote and the chart are one person's, so what was booked under it comes along.
 */
const answeredBy = (
  deps: AccountDeps,
  people: readonly OwnPatient[],
  chartId: string,
  relationship: Relationship,
): readonly { readonly link: OwnPatient['link']; readonly same: boolean }[] => {
  const chart = personIn(deps, chartId);
  return people
    .filter(({ approved }) => !approved)
    .flatMap(({ link, patientId }) => {
      const asked = personIn(deps, patientId);
      if (asked === undefined || chart === undefined) return [];
      const same = asked.birth_date !== null && asked.birth_date === chart.birth_date;
      const isNamesake = fold(asked.family) === fold(chart.family) && fold(asked.given) === fold(chart.given);
      const isSelf = relationship === 'self' && link.relationship === 'self';
      return isSelf || (same && isNamesake) ? [{ link, same }] : [];
    });
};

/** Opens a record with a code that reception printed. The code is used up with it, or neither happens. */
export const openWithCode = (
  deps: AccountDeps,
  { code: typed, relationship }: Parsed<'panel.openWithCode'>,
  connection: Connection,
): Result<OwnPerson> => {
  const own = ownAccount(deps, connection);
  if (!own.ok) return own;
  const account = own.value;
  const keys = tryKeys(`link-code ${account.id}`, connection);
  const seconds = deps.throttle.wait(keys);
  if (seconds > 0) return fail('too-many-tries', { params: { seconds } });
  deps.throttle.tried(keys);
  const code = findCode(deps, typed);
  if (!code.ok) return code;
  const patientId =
    goingOn(deps.store, [code.value.patient_id]).get(code.value.patient_id) ?? code.value.patient_id;
  const people = ownPatients(deps.store, account.id);
  const records = recordsOf(deps.store, patientId);
  const has = people.some((one) => one.approved && records.has(one.patientId));
  if (has || (relationship === 'self' && people.some(isOwnSelf))) return fail('already-linked');
  const answered = answeredBy(deps, people, patientId, relationship);
  if (people.length - answered.length >= mostPeople) return fail('too-many-links');
  const at = instant(deps.clock.now());
  deps.store.mutate({ kind: 'account-link.opened', user: account.id }, (writer) => {
    for (const { link, same } of answered) {
      end(deps, writer, link.id);
      if (same) deps.joinRecords(writer, patientId, link.patient_id, account.id);
    }
    writer.update('patient_link_code', code.value.id, { used_at: at, used_by: account.id });
    const decided = { status: 'approved', decided_at: at, code_id: code.value.id } as const;
    writer.insert(
      'patient_account_link',
      newLink(deps, account, { patient_id: patientId, relationship, ...decided }),
    );
    note(deps, writer, 'account-link-opened', account.id, patientId);
  });
  deps.throttle.cleared(keys);
  deps.engine.wake();
  return shown(deps, connection, patientId);
};

const birthProblems: Readonly<Record<BirthDateProblem, string>> = {
  empty: 'required',
  unreadable: 'date',
  impossible: 'birth-impossible',
  future: 'birth-future',
  'too-old': 'birth-too-old',
};

/** Whether an account asks for too much, or for somebody it looks after already. */
const refusedRequest = (
  deps: AccountDeps,
  accountId: string,
  relationship: Relationship,
): Result<never> | null => {
  const people = ownPatients(deps.store, accountId);
  if (relationship === 'self' && people.some(({ link }) => link.relationship === 'self'))
    return fail('already-linked');
  const since = instant(deps.clock.now() - day);
  const lately = deps.store.all(
    links()
      .select('id')
      .where('account_id', '=', accountId)
      .where('requested_at', '>', since)
      .limit(mostADay),
  );
  const isMuch =
    people.length >= mostPeople ||
    people.filter(({ approved }) => !approved).length >= mostWaiting ||
    lately.length >= mostADay;
  return isMuch ? fail('too-many-links') : null;
};

const isSame = (deps: AccountDeps, own: OwnPatient, wanted: PatientDetails): boolean => {
  const row = personIn(deps, own.patientId);
  return (
    row?.birth_date === wanted.birthDate &&
    fold(row.family) === fold(wanted.family) &&
    fold(row.given) === fold(wanted.given)
  );
};

/** Says who a person is. A record of its own is written, and the desk is asked whether it is somebody the clinic knows. */
export const askFor = (
  deps: AccountDeps,
  { birthDate, relationship, note: words, ...said }: Parsed<'panel.askFor'>,
  connection: Connection,
): Result<OwnPerson> => {
  const own = ownAccount(deps, connection);
  if (!own.ok) return own;
  const account = own.value;
  const today = dayAt(deps.clock.now(), deps.home().timeZone);
  const birth = parseBirthDate(birthDate, { today });
  if (!birth.ok) return fail('invalid-input', { fields: { birthDate: birthProblems[birth.error] } });
  const details = PatientDetails.parse({
    ...said,
    birthDate: birth.value.date,
    birthDateEstimated: birth.value.estimated !== 'nothing',
    email: relationship === 'self' ? account.email : null,
    language: relationship === 'self' ? account.language : null,
  });
  const refused = refusedRequest(deps, account.id, relationship);
  if (refused !== null) return refused;
  if (ownPatients(deps.store, account.id).some((one) => isSame(deps, one, details)))
    return fail('already-linked');
  const made = deps.registerPatient(details, account.id, (writer, id) => {
    const request = { patient_id: id, relationship, status: 'requested', note: words } as const;
    writer.insert('patient_account_link', newLink(deps, account, request));
    note(deps, writer, 'account-link-asked', account.id, id);
  });
  return made.ok ? shown(deps, connection, made.value.id) : made;
};

/** What the account has asked for and what became of it. The name of a record is told only while the account may see it. */
export const ownLinks = (deps: AccountDeps, { user }: Connection): Output<'panel.links'> => {
  const rows = deps.store.all(
    links()
      .selectAll()
      .where('account_id', '=', user?.id ?? '')
      .orderBy('requested_at', 'desc')
      .orderBy('id', 'desc')
      .limit(shownAtMost),
  );
  const uncertain = deps.store.uncertain(
    'patient_account_link',
    rows.map(({ id }) => id),
  );
  const names = new Map(
    ownPatients(deps.store, user?.id ?? '')
      .flatMap((own) => personOf(deps, own))
      .map(({ patientId, name }) => [String(patientId), name]),
  );
  return rows.map((row) => ({
    id: row.id,
    patientId: row.patient_id as OwnLink['patientId'],
    name: names.get(row.patient_id) ?? '',
    relationship: row.relationship as Relationship,
    status: row.status as OwnLink['status'],
    requestedAt: row.requested_at,
    decidedAt: row.decided_at,
    reason: row.decision_reason,
    byCode: row.code_id !== null,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

/** The account looks after this person no more; whatever was asked of them twice, or opened under another record of theirs, ends with it. */
export const leave = (
  deps: AccountDeps,
  { patientId }: Parsed<'panel.leave'>,
  connection: Connection,
): Result<null> => {
  const own = ownPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const accountId = own.value.link.account_id;
  const records = own.value.approved ? recordsOf(deps.store, patientId) : new Set<string>([patientId]);
  const open = ownPatients(deps.store, accountId).filter((one) => records.has(one.patientId));
  deps.store.mutate({ kind: 'account-link.left', user: accountId }, (writer) => {
    for (const { link } of open) end(deps, writer, link.id);
    note(deps, writer, 'account-link-left', accountId, patientId);
  });
  deps.engine.wake();
  return ok(null);
};

/** Takes back what nobody has decided yet. `changed-meanwhile` once somebody has. */
export const withdraw = (
  deps: AccountDeps,
  { linkId }: Parsed<'panel.withdrawLink'>,
  { user }: Connection,
): Result<null> => {
  const accountId = user?.id ?? '';
  const link = deps.store.get(
    links().selectAll().where('id', '=', linkId).where('account_id', '=', accountId),
  );
  if (link === undefined) return fail('not-found');
  if (link.status !== 'requested') return fail('changed-meanwhile');
  deps.store.mutate({ kind: 'account-link.withdrawn', user: accountId }, (writer) => {
    end(deps, writer, link.id);
    note(deps, writer, 'account-link-withdrawn', accountId, link.patient_id);
  });
  deps.engine.wake();
  return ok(null);
};
