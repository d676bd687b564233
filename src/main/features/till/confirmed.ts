import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import { accountById } from '#main/session/accounts.ts';
import type { Pins } from '#main/session/pin.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { tillEventId } from '#shared/domain/billing/till-id.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { TillSessionId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findSession } from './repository.ts';
import { allowed, closedRow, eventRow, openProblem, sessionFor } from './session.ts';
import { isCashier } from './tills.ts';
import { type Session, sessionFrom } from './view.ts';

export interface TillDeps extends FeatureDeps {
  /** Whether it is this person who answers for it. */
  readonly checkPin: Pins['check'];
}

/** Looked at before the PIN is asked and after: another window may have done it meanwhile. */
const withPin = async <T>(
  deps: TillDeps,
  who: { readonly id: Parameters<Pins['check']>[0]['id']; readonly pin: string },
  look: () => Result<T>,
): Promise<Result<T>> => {
  const before = look();
  if (!before.ok) return before;
  const right = await deps.checkPin({ id: who.id }, who.pin);
  return right.ok ? look() : right;
};

type Said =
  | ({ readonly kind: 'approved' } & Parsed<'till.approve'>)
  | ({ readonly kind: 'rejected' } & Parsed<'till.reject'>);

/** What somebody else says to a count. */
export const say = async (deps: TillDeps, said: Said, connection: Connection): Promise<Result<null>> => {
  const { user } = connection;
  if (user === null) return fail('not-signed-in');
  const { sessionId, turn, kind } = said;
  const expected = said.kind === 'approved' ? said.expected : null;
  const look = (): Result<null> => {
    const session = sessionFrom(deps.store, findSession(deps.store, sessionId));
    if (session === null) return fail('not-found');
    const by = user.id;
    return allowed(
      session,
      said.kind === 'approved'
        ? { kind: 'approved', by, turn, expected: said.expected }
        : { kind: 'rejected', by, turn },
    );
  };
  const may = await withPin(deps, { id: user.id, pin: said.pin }, look);
  if (!may.ok) return may;
  write(deps, `till.${kind === 'approved' ? 'approve' : 'reject'}`, connection, (writer) =>
    writer.insert(
      'till_event',
      eventRow(deps, {
        id: tillEventId(sessionId, kind, turn, expected),
        session_id: sessionId,
        kind,
        turn,
        expected,
        reason: said.reason === '' ? null : said.reason,
        account_id: user.id,
      }),
    ),
  );
  return ok(null);
};

export const handOver = async (
  deps: TillDeps,
  { sessionId, toId, pin }: Parsed<'till.handOver'>,
  connection: Connection,
): Promise<Result<{ id: TillSessionId }>> => {
  const look = (): Result<{ readonly session: Session; readonly by: string; readonly float: number }> => {
    const found = sessionFor(deps, sessionId, connection, 'own');
    if (!found.ok) return found;
    const { session, user } = found.value;
    const may = allowed(session, { kind: 'handed-over', by: user.id, to: toId });
    if (!may.ok) return may;
    if (!isCashier(deps, toId)) return fail('invalid-input', { fields: { toId: 'invalid' } });
    const free = openProblem(deps, session.row.till_id, toId, sessionId);
    const { counted } = session.summary;
    if (!free.ok) return free;
    return counted === null ? fail('till-not-counted') : ok({ session, by: user.id, float: counted });
  };
  const found = await withPin(deps, { id: toId, pin }, look);
  if (!found.ok)
    return found.error.code === 'no-pin'
      ? fail('colleague-no-pin', { params: { name: accountById(deps.store, toId)?.display_name ?? '' } })
      : found;
  const { session, by, float } = found.value;
  const id = deps.newId();
  write(deps, 'till.hand-over', connection, (writer) => {
    writer.insert(
      'till_event',
      eventRow(deps, {
        id: tillEventId(sessionId, 'handed-over'),
        session_id: sessionId,
        kind: 'handed-over',
        account_id: by,
        other_account_id: toId,
      }),
    );
    writer.insert('till_event', closedRow(deps, sessionId, by));
    writer.insert('till_session', {
      id,
      till_id: session.row.till_id,
      cashier_id: toId,
      currency: session.row.currency,
      opening_float: float,
      opened_at: instant(deps.clock.now()),
      opened_by: by,
    });
  });
  return ok({ id: id as TillSessionId });
};
