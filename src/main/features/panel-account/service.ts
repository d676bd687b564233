import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { ownPatients } from '#main/core/own-patient.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { close } from './closing.ts';
import { createCodes } from './codes.ts';
import type { AccountDeps } from './deps.ts';
import { changeEmail, confirmEmail } from './email.ts';
import { languageOf } from './letters.ts';
import { askFor, leave, openWithCode, ownLinks, withdraw } from './links.ts';
import { askReset, changePassword, ownAccount, reset } from './password.ts';
import { personOf } from './person.ts';
import { changeRecord, history, record } from './record.ts';
import { mayAsk, register, verify } from './registration.ts';
import { writeChange } from './write.ts';

const me = (deps: AccountDeps, { user }: Connection): Result<Output<'panel.me'>> =>
  user === null
    ? fail('not-signed-in')
    : ok({
        email: user.username,
        displayName: user.displayName,
        people: ownPatients(deps.store, user.id).flatMap((own) => personOf(deps, own)),
      });

const account = (deps: AccountDeps, connection: Connection): Result<Output<'panel.account'>> => {
  const own = ownAccount(deps, connection);
  if (!own.ok) return own;
  const { id, email, display_name, language, created_at } = own.value;
  return ok({
    email,
    displayName: display_name,
    language: languageOf(language),
    createdAt: created_at,
    certainty: deps.store.certainty('patient_account', id),
  });
};

const changeAccount = (
  deps: AccountDeps,
  { displayName, language }: Parsed<'panel.changeAccount'>,
  connection: Connection,
): Result<null> => {
  const own = ownAccount(deps, connection);
  if (!own.ok) return own;
  const { id, display_name, language: before } = own.value;
  if (displayName !== display_name || language !== before)
    writeChange(deps, 'changed', id, (writer) =>
      writer.update('patient_account', id, { display_name: displayName, language }),
    );
  return ok(null);
};

const sessionsOf = (deps: AccountDeps, connection: Connection): Output<'panel.sessions'> =>
  deps.sessions.ofAccount(connection.user?.id ?? '').map((one) => ({
    id: one.connection.id,
    device: one.connection.device ?? '',
    openedAt: one.openedAt,
    unusedMinutes: Math.floor(one.unused / 60_000),
    here: one.connection === (connection.first ?? connection),
  }));

type Calls =
  | 'panel.register'
  | 'panel.resend'
  | 'panel.verify'
  | 'panel.askReset'
  | 'panel.reset'
  | 'panel.account'
  | 'panel.changeAccount'
  | 'panel.changePassword'
  | 'panel.changeEmail'
  | 'panel.confirmEmail'
  | 'panel.close'
  | 'panel.sessions'
  | 'panel.endSession'
  | 'panel.signOutEverywhere'
  | 'panel.openWithCode'
  | 'panel.askFor'
  | 'panel.links'
  | 'panel.leave'
  | 'panel.withdrawLink'
  | 'panel.record'
  | 'panel.changeRecord'
  | 'panel.history'
  | 'panel.me';

/** What patients do about their accounts; `sweep` forgets what nobody came back for. */
export const createPanelAccounts = (
  deps: AccountDeps,
): { readonly handlers: Handlers<Calls>; readonly sweep: () => void } => {
  const codes = createCodes(deps);
  return {
    sweep: codes.sweep,
    handlers: {
      'panel.register': (input) => register(deps, codes, input),
      'panel.resend': ({ id }) => {
        const may = mayAsk(deps);
        return may.ok ? codes.resend(id) : may;
      },
      'panel.verify': (input, connection) => verify(deps, codes, input, connection),
      'panel.askReset': (input) => askReset(deps, codes, input),
      'panel.reset': (input, connection) => reset(deps, codes, input, connection),
      'panel.account': (_input, connection) => account(deps, connection),
      'panel.changeAccount': (input, connection) => changeAccount(deps, input, connection),
      'panel.changePassword': (input, connection) => changePassword(deps, input, connection),
      'panel.changeEmail': (input, connection) => changeEmail(deps, codes, input, connection),
      'panel.confirmEmail': (input, connection) => confirmEmail(deps, codes, input, connection),
      'panel.close': (input, connection) => close(deps, input, connection),
      'panel.sessions': (_input, connection) => ok(sessionsOf(deps, connection)),
      'panel.endSession': ({ id }, { user }) =>
        user !== null && deps.sessions.endOne(user.id, id) ? ok(null) : fail('not-found'),
      'panel.signOutEverywhere': (_input, { user }) => {
        if (user === null) return fail('not-signed-in');
        writeChange(deps, 'signed-out', user.id, (writer) =>
          writer.update('patient_account', user.id, { sessions_ended_at: instant(deps.clock.now()) }),
        );
        return ok(null);
      },
      'panel.openWithCode': (input, connection) => openWithCode(deps, input, connection),
      'panel.askFor': (input, connection) => askFor(deps, input, connection),
      'panel.links': (_input, connection) => ok(ownLinks(deps, connection)),
      'panel.leave': (input, connection) => leave(deps, input, connection),
      'panel.withdrawLink': (input, connection) => withdraw(deps, input, connection),
      'panel.record': (input, connection) => record(deps, input, connection),
      'panel.changeRecord': (input, connection) => changeRecord(deps, input, connection),
      'panel.history': (input, connection) => history(deps, input, connection),
      'panel.me': (_input, connection) => me(deps, connection),
    },
  };
};
