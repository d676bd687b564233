import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import type { TillSessionView } from '#shared/contract/till.ts';
import { type CountedPiece, piecesOf, sumOfPieces } from '#shared/domain/billing/pieces.ts';
import { checkTillEvent, type TillEvent, type TillProblem } from '#shared/domain/billing/till.ts';
import { tillEventId } from '#shared/domain/billing/till-id.ts';
import { mostAmount, readAmount } from '#shared/domain/prices/money.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { TillSessionId } from '#shared/kernel/ids.ts';
import { type ErrorCode, fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { findSession, findTill, openSessions } from './repository.ts';
import { sitesHere } from './tills.ts';
import { type Session, sessionFrom, sessionsFrom, sessionViews } from './view.ts';

const codes: Readonly<Partial<Record<TillProblem, ErrorCode>>> = {
  'not-open': 'till-not-open',
  closed: 'till-closed',
  'not-closed': 'till-not-closed',
  'not-counted': 'till-not-counted',
  counted: 'till-counted',
  'variance-open': 'till-variance',
  'handed-over': 'till-closed',
  'same-person': 'same-person',
  'wrong-turn': 'changed-meanwhile',
  changed: 'changed-meanwhile',
};
const fields: Readonly<Partial<Record<TillProblem, string>>> = {
  amount: 'number',
  negative: 'negative',
  zero: 'required',
  'reason-required': 'required',
};

/** Whether something may happen in a session now, in the words of the house. */
export const allowed = ({ events, money }: Session, event: TillEvent): Result<null> => {
  const checked = checkTillEvent(events, money, event);
  if (checked.ok) return ok(null);
  const wrong = fields[checked.error];
  if (wrong !== undefined) return fail('invalid-input', { fields: { amount: wrong } });
  return fail(codes[checked.error] ?? 'changed-meanwhile');
};

export const mayAccept = (user: SignedInUser): boolean => user.permissions.includes('till.approve');

/** A session for who works in it; `own`: its cashier alone, else also who accepts variances, for a till somebody left. */
export const sessionFor = (
  { store }: FeatureDeps,
  id: string,
  { user }: Connection,
  own: 'own' | 'any',
): Result<{ readonly session: Session; readonly user: SignedInUser }> => {
  if (user === null) return fail('not-signed-in');
  const session = sessionFrom(store, findSession(store, id));
  if (session === null) return fail('not-found');
  const isOwn = session.row.cashier_id === user.id;
  if (!isOwn && !(own === 'any' && mayAccept(user))) return fail('till-not-yours');
  return ok({ session, user });
};

/** A row of what happened, now. */
export const eventRow = (
  { clock }: FeatureDeps,
  row: Pick<RowOf<'till_event'>, 'id' | 'session_id' | 'kind' | 'account_id'> & Partial<RowOf<'till_event'>>,
): RowOf<'till_event'> => ({
  ...blank('till_event'),
  happened_at: instant(clock.now()),
  ...row,
});

/** Why a session cannot be opened at a till by a cashier; what another desk does meanwhile is not known. `but`: one that ends with it. */
export const openProblem = (
  deps: FeatureDeps,
  tillId: string,
  cashierId: string,
  but: string | null = null,
): Result<null> => {
  const sites = sitesHere(deps).map(({ id }) => id);
  const open = sessionsFrom(deps.store, openSessions(deps.store, sites, deps.clock.now())).filter(
    ({ row }) => row.id !== but,
  );
  const here = open.find(({ row }) => row.till_id === tillId);
  if (here !== undefined) return fail('till-open', { params: { name: here.row.cashier_name } });
  const own = open.find(({ row }) => row.cashier_id === cashierId);
  return own === undefined ? ok(null) : fail('till-yours-open', { params: { till: own.row.till_name } });
};

export const open = (
  deps: FeatureDeps,
  { tillId, float }: Parsed<'till.open'>,
  connection: Connection,
): Result<{ id: TillSessionId }> => {
  const { store, settings, clock } = deps;
  const { user } = connection;
  if (user === null) return fail('not-signed-in');
  const currency = settings.of('clinic.currency', null);
  if (currency === null) return fail('no-currency');
  const till = findTill(store, tillId);
  if (till?.active !== 1 || !sitesHere(deps).some(({ id }) => id === till.location_id))
    return fail('not-found');
  const read = readAmount(float, currency);
  if (!read.ok) return fail('invalid-input', { fields: { float: read.error } });
  const free = openProblem(deps, tillId, user.id);
  if (!free.ok) return free;
  const id = deps.newId();
  write(deps, 'till.open', connection, (writer) =>
    writer.insert('till_session', {
      id,
      till_id: tillId,
      cashier_id: user.id,
      currency,
      opening_float: read.value,
      opened_at: instant(clock.now()),
      opened_by: user.id,
    }),
  );
  return ok({ id: id as TillSessionId });
};

export const cash = (
  deps: FeatureDeps,
  { sessionId, kind, amount: typed, reason }: Parsed<'till.cash'>,
  connection: Connection,
): Result<null> => {
  const found = sessionFor(deps, sessionId, connection, 'own');
  if (!found.ok) return found;
  const { session, user } = found.value;
  const read = readAmount(typed, session.row.currency);
  if (!read.ok) return fail('invalid-input', { fields: { amount: read.error } });
  const amount = read.value;
  const may = allowed(session, { kind, by: user.id, amount, reason });
  if (!may.ok) return may;
  write(deps, `till.${kind}`, connection, (writer) =>
    writer.insert(
      'till_event',
      eventRow(deps, {
        id: deps.newId(),
        session_id: sessionId,
        kind,
        amount,
        reason,
        account_id: user.id,
      }),
    ),
  );
  return ok(null);
};

type Counted = Parsed<'till.count'>['counted'];

const sumOf = (counted: Counted, currency: string): Result<number> => {
  if (counted.by === 'sum') {
    const read = readAmount(counted.amount, currency);
    return read.ok ? read : fail('invalid-input', { fields: { amount: read.error } });
  }
  const known = piecesOf(currency);
  const values = counted.pieces.map(({ value }) => value);
  if (!values.every((value) => known.includes(value)) || new Set(values).size < values.length)
    return fail('invalid-input', { fields: { pieces: 'invalid' } });
  const sum = sumOfPieces(counted.pieces);
  return sum > mostAmount ? fail('invalid-input', { fields: { pieces: 'too-much' } }) : ok(sum);
};

const piecesText = (counted: Counted): string | null => {
  if (counted.by === 'sum') return null;
  const pieces: readonly CountedPiece[] = counted.pieces.filter(({ count }) => count > 0);
  return JSON.stringify(pieces.map(({ value, count }) => [value, count]));
};

export const count = (
  deps: FeatureDeps,
  { sessionId, turn, counted }: Parsed<'till.count'>,
  connection: Connection,
): Result<TillSessionView> => {
  const { store } = deps;
  const found = sessionFor(deps, sessionId, connection, 'any');
  if (!found.ok) return found;
  const { session, user } = found.value;
  const amount = sumOf(counted, session.row.currency);
  if (!amount.ok) return amount;
  const may = allowed(session, { kind: 'counted', by: user.id, turn, amount: amount.value });
  if (!may.ok) return may;
  write(deps, 'till.count', connection, (writer) =>
    writer.insert(
      'till_event',
      eventRow(deps, {
        id: tillEventId(sessionId, 'counted', turn),
        session_id: sessionId,
        kind: 'counted',
        turn,
        amount: amount.value,
        expected: session.summary.expected,
        details: piecesText(counted),
        account_id: user.id,
      }),
    ),
  );
  const [view] = sessionViews(store, sessionsFrom(store, [session.row]));
  return view === undefined ? fail('not-found') : ok(view);
};

export const close = (
  deps: FeatureDeps,
  { sessionId }: Parsed<'till.close'>,
  connection: Connection,
): Result<null> => {
  const found = sessionFor(deps, sessionId, connection, 'any');
  if (!found.ok) return found;
  const { session, user } = found.value;
  const may = allowed(session, { kind: 'closed', by: user.id });
  if (!may.ok) return may;
  write(deps, 'till.close', connection, (writer) =>
    writer.insert('till_event', closedRow(deps, sessionId, user.id)),
  );
  return ok(null);
};

export const closedRow = (deps: FeatureDeps, sessionId: string, by: string): RowOf<'till_event'> =>
  eventRow(deps, {
    id: tillEventId(sessionId, 'closed'),
    session_id: sessionId,
    kind: 'closed',
    account_id: by,
  });
