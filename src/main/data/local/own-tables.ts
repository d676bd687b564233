import type { OwnTables } from './query.ts';
import type { Statements } from './statements.ts';

/** What names a row of each table that is this workstation's alone. */
const keys: Readonly<Record<keyof OwnTables, string>> = {
  note_draft: 'id',
  form_draft: 'id',
  pin_try: 'account_id',
  sign_in_try: 'key',
  outgoing_mail: 'id',
  panel_news: 'id',
  own_secret: 'name',
  token_family: 'id',
  kept_answer: 'key',
  panel_code: 'id',
  refused_sign_in: 'accounts',
  own_invoice_print: 'invoice_id',
  own_receipt: 'payment_id',
};

/** Puts a row of such a table in the place of the one with its key, inside the caller's transaction. */
export const keepOwn = <T extends keyof OwnTables>(
  { run }: Pick<Statements, 'run'>,
  table: T,
  row: OwnTables[T],
): void => {
  const cells = Object.entries(row);
  const names = cells.map(([name]) => name);
  run(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
      ON CONFLICT (${keys[table]}) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    ...cells.map(([, value]) => value),
  );
};

/** Takes a row of such a table away for good; nothing happens when there is none. */
export const dropOwn = ({ run }: Pick<Statements, 'run'>, table: keyof OwnTables, key: string): void => {
  run(`DELETE FROM ${table} WHERE ${keys[table]} = ?`, key);
};
