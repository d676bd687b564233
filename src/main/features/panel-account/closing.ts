import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { noPassword } from '#shared/domain/accounts/account.ts';
import { instant } from '#shared/kernel/clock.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { AccountDeps } from './deps.ts';
import { provenAccount } from './password.ts';
import { writeChange } from './write.ts';

const mostRows = 200;

/** Nothing that hangs on the account shows anything any more. */
const endAll = (writer: LocalWriter, accountId: string, at: string) => {
  const links = writer.all(
    localDb
      .selectFrom('patient_account_link')
      .select('id')
      .where('account_id', '=', accountId)
      .where('status', 'in', ['requested', 'approved'])
      .limit(mostRows),
  );
  for (const { id } of links) writer.update('patient_account_link', id, { status: 'ended', decided_at: at });
  const feeds = writer.all(
    localDb
      .selectFrom('calendar_feed')
      .select('id')
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .limit(mostRows),
  );
  for (const { id } of feeds) writer.update('calendar_feed', id, { revoked_at: at });
};

/** Closes the account of who is signed in. Its address is free again; what the clinic has written of a patient stays. */
export const close = async (
  deps: AccountDeps,
  { password }: Parsed<'panel.close'>,
  connection: Connection,
): Promise<Result<null>> => {
  const proven = await provenAccount(deps, password, connection);
  if (!proven.ok) return proven;
  const { id } = proven.value;
  const at = instant(deps.clock.now());
  writeChange(deps, 'closed', id, (writer) => {
    endAll(writer, id, at);
    writer.update('patient_account', id, {
      active: 0,
      sessions_ended_at: at,
      password_hash: noPassword,
      email: `${id}@closed.invalid`,
      display_name: '-',
    });
  });
  return ok(null);
};
