import { randomBytes, randomInt } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Mail } from '#main/core/mail/mail.ts';
import { localDb, type PanelCodeTable } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import { untilAnswered } from '#main/session/refused-names.ts';
import { isRight } from '#main/session/session.ts';
import type { SentCode } from '#shared/contract/panel-account.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { letterFor } from './letters.ts';

export interface CodeDeps extends FeatureDeps {
  readonly mail: Pick<Mail, 'on' | 'send'>;
}

/** What a code is for; what is written once it came back stands in the row. */
export type CodeOrder = Pick<
  PanelCodeTable,
  'purpose' | 'email' | 'account_id' | 'password_hash' | 'display_name' | 'language' | 'real'
>;

/** Codes that were sent by e-mail and wait to be typed in, bounded and forgotten after a while. */
export interface Codes {
  /** Why no code may be sent to this address now, or null. Looked at before anything costs time. */
  refusal(email: string): Result<never> | null;
  issue(order: CodeOrder): Promise<Result<SentCode>>;
  resend(id: string): Promise<Result<SentCode>>;
  /** What the code `typed` was for; wrong tries count before they are looked at. */
  check(
    asked: Pick<PanelCodeTable, 'id' | 'purpose' | 'account_id'>,
    typed: string,
  ): Promise<Result<PanelCodeTable>>;
  /** Whether it was not used up meanwhile. */
  stands(row: PanelCodeTable): boolean;
  /** It is used up, and so is whatever else was sent for this. */
  spend(writer: LocalWriter, row: PanelCodeTable): void;
  /** Forgets what is over. */
  sweep(): void;
}

const minute = 60_000;
const hour = 60 * minute;
/** How long a code counts, and how long another may be asked for in its place. */
const counts = 30 * minute;
const kept = 2 * hour;
const again = minute;
const mostWrong = 5;
/** Codes one address is sent in an hour, and all of them together: nobody fills letter boxes from here. */
export const mostToOne = 5;
export const mostToAll = 300;
const sweptAtOnce = 200;

const table = () => localDb.selectFrom('panel_code');
const header = { kind: 'panel.code', user: null } as const;
const newCode = (): string => String(randomInt(100_000_000)).padStart(8, '0');

/** Codes are typed with spaces as they are read. */
const plain = (typed: string): string => typed.replace(/[\s-]+/g, '');

export const createCodes = (deps: CodeDeps): Codes => {
  const { store, clock, mail } = deps;
  const decoy = hash(newCode());

  const find = (id: string): PanelCodeTable | undefined =>
    store.get(table().selectAll().where('id', '=', id));

  const sentTo = (email: string) =>
    store.all(
      table()
        .select(['sent', 'created_at'])
        .where('email', '=', email)
        .where('created_at', '>', clock.now() - hour)
        .orderBy('created_at')
        .limit(mostToOne),
    );

  const refusal: Codes['refusal'] = (email) => {
    if (!mail.on) return fail('mail-off');
    const now = clock.now();
    const rows = sentTo(email);
    const sent = rows.reduce((sum, row) => sum + row.sent, 0);
    const first = rows[0];
    if (first !== undefined && sent >= mostToOne)
      return fail('too-many-codes', {
        params: { minutes: Math.max(1, Math.ceil((first.created_at + hour - now) / minute)) },
      });
    const all = store.get(
      table()
        .select((on) => on.fn.sum<number | null>('sent').as('n'))
        .where('created_at', '>', now - hour),
    );
    return (all?.n ?? 0) >= mostToAll ? fail('too-many-codes', { params: { minutes: 10 } }) : null;
  };

  const sweep = () => {
    if (!store.ready()) return;
    const now = clock.now();
    // Rows of the future are of a clock that was ahead.
    const over = store.all(
      table()
        .select('id')
        .where((is) => is.or([is('created_at', '<', now - kept), is('created_at', '>', now + minute)]))
        .limit(sweptAtOnce),
    );
    if (over.length === 0) return;
    store.mutate(header, (writer) => {
      for (const { id } of over) writer.drop('panel_code', id);
    });
  };

  const shown = (row: PanelCodeTable): SentCode => ({
    id: row.id,
    until: instant(row.until_at),
    again: Math.ceil(again / 1000),
  });

  /** Keeps the row and its message together, or neither. */
  const send = (row: PanelCodeTable, code: string): Result<SentCode> => {
    const letter = letterFor(deps, row, code);
    const taken = store.mutate(header, (writer) => {
      writer.keep('panel_code', row);
      return letter === null || mail.send(letter, writer);
    }).value;
    if (taken) return ok(shown(row));
    store.mutate(header, (writer) => writer.drop('panel_code', row.id));
    return fail('mail-off');
  };

  return {
    refusal,
    sweep,
    issue: async (order) => {
      const answered = untilAnswered();
      sweep();
      const code = newCode();
      const code_hash = await hash(code);
      const refused = refusal(order.email);
      if (refused !== null) return refused;
      const now = clock.now();
      const sent = send(
        {
          ...order,
          id: randomBytes(18).toString('base64url'),
          code_hash,
          until_at: now + counts,
          wrong: 0,
          sent: 1,
          sent_at: now,
          created_at: now,
        },
        code,
      );
      await answered;
      return sent;
    },
    resend: async (id) => {
      const answered = untilAnswered();
      sweep();
      const code = newCode();
      const code_hash = await hash(code);
      const row = find(id);
      if (row === undefined) return fail('code-expired');
      const now = clock.now();
      const wait = row.sent_at + again - now;
      if (wait > 0) return fail('too-many-tries', { params: { seconds: Math.ceil(wait / 1000) } });
      const refused = refusal(row.email);
      if (refused !== null) return refused;
      const sent = send(
        { ...row, code_hash, until_at: now + counts, wrong: 0, sent: row.sent + 1, sent_at: now },
        code,
      );
      await answered;
      return sent;
    },
    check: async ({ id, purpose, account_id }, typed) => {
      const row = find(id);
      const known =
        row?.purpose === purpose &&
        row.account_id === (account_id ?? row.account_id) &&
        row.until_at > clock.now() &&
        row.wrong < mostWrong
          ? row
          : undefined;
      // Counted before it is looked at: tries made at the same moment count each.
      if (known !== undefined)
        store.mutate(header, (writer) => writer.keep('panel_code', { ...known, wrong: known.wrong + 1 }));
      const right = await isRight(known?.code_hash ?? (await decoy), plain(typed));
      if (known === undefined) return fail('code-expired');
      const now = find(id);
      if (now === undefined || now.code_hash !== known.code_hash) return fail('code-expired');
      if (!right || now.real === 0) return fail('wrong-code');
      const counted = { ...now, wrong: now.wrong - 1 };
      store.mutate(header, (writer) => writer.keep('panel_code', counted));
      return ok(counted);
    },
    stands: ({ id, code_hash }) => find(id)?.code_hash === code_hash,
    spend: (writer, { purpose, email }) => {
      const same = writer.all(
        table().select('id').where('email', '=', email).where('purpose', '=', purpose).limit(sweptAtOnce),
      );
      for (const { id } of same) writer.drop('panel_code', id);
    },
  };
};
