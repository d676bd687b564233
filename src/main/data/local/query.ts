import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { LocalRowOf, TableName } from '#shared/sync/catalogue.ts';
import type { MutationPayload, Verdict } from '#shared/sync/wire.ts';

/** `waiting`: not sent. `sent`: no answer yet. `settled`: a verdict is known, its effect not pulled yet. `parked`: refused. */
export type OutboxStatus = 'waiting' | 'sent' | 'settled' | 'parked';

export interface OutboxTable {
  readonly n: number;
  readonly kind: string;
  readonly account_id: string | null;
  readonly at: string;
  /** A {@link MutationPayload} as JSON. */
  readonly payload: string;
  readonly hash: string;
  readonly status: OutboxStatus;
  readonly verdict: Verdict['status'] | null;
  readonly sqlstate: string | null;
  readonly message: string | null;
  /** 1: parked here without being sent, because the centre cannot take its kind at present. */
  readonly held: 0 | 1;
}

export interface OutboxRowTable {
  readonly tbl: TableName;
  readonly pk: string;
  readonly n: number;
}

export interface OutboxHistoryTable
  extends Pick<OutboxTable, 'n' | 'kind' | 'account_id' | 'at' | 'payload' | 'sqlstate' | 'message'> {
  readonly outcome: 'withdrawn' | 'resent';
  readonly resent_as: number | null;
  readonly decided_at: string;
}

/** A note somebody writes here; nobody else sees it, and the centre has none of it until it is signed. */
export interface NoteDraftTable {
  readonly id: string;
  readonly account_id: string;
  readonly patient_id: string;
  /** Empty before the encounter is known. */
  readonly encounter_id: string;
  readonly kind: 'note' | 'addendum' | 'amendment';
  /** The note it is added to or takes the place of; empty for a new one. */
  readonly answers: string;
  readonly title: string;
  readonly type: string;
  readonly body: string;
  /** Why a signed note is amended. */
  readonly reason: string;
  /** Counts up with every save: two windows must not write over each other unseen. */
  readonly revision: number;
  readonly started_at: string;
  readonly saved_at: string;
}

/** What somebody has typed into a form of a chart and not saved; nobody else sees it, and the centre has none of it. */
export interface FormDraftTable {
  readonly id: string;
  readonly account_id: string;
  readonly patient_id: string;
  readonly form: string;
  /** What the form is about; empty for a new one. */
  readonly subject: string;
  /** The fields that were changed, as JSON. */
  readonly fields: string;
  readonly saved_at: string;
}

/** Wrong tries of an account's PIN since the last right one. */
export interface PinTryTable {
  readonly account_id: string;
  readonly wrong: number;
}

/** Wrong sign-ins with a name; `key` is a digest of it. Milliseconds since 1970 by this workstation's clock. */
export interface SignInTryTable {
  readonly key: string;
  readonly count: number;
  readonly until: number;
  readonly last: number;
}

/** A message this host has still to send; of one nobody will get, only why. Milliseconds since 1970 by its clock. */
export interface OutgoingMailTable {
  readonly id: string;
  readonly kind: string;
  readonly to_name: string;
  readonly to_address: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly queued_at: number;
  /** When it is of no use any more. */
  readonly until_at: number | null;
  /** When it is tried next, or when it failed. */
  readonly next_at: number;
  readonly tries: number;
  readonly failure: string | null;
}

/** A secret of this workstation, base64url; only this encrypted file has it. */
export interface OwnSecretTable {
  readonly name: string;
  readonly value: string;
}

/** A session over the API: the tokens that follow one sign-in. */
export interface TokenFamilyTable {
  readonly id: string;
  readonly account_id: string;
  /** What the program called itself. */
  readonly client: string;
  /** A digest of what it was opened with: once that is another, it is over. */
  readonly opener: string;
  /** Which refresh token counts; one of an earlier generation was used already. */
  readonly generation: number;
  readonly created_at: string;
  /** Of the latest refresh. */
  readonly used_at: string;
  /** When it is over unless it is refreshed. */
  readonly until_at: string;
  /** When it is over whatever happens. */
  readonly ends_at: string;
}

/** What was answered to a request with an idempotency key; `key` is a digest. */
export interface KeptAnswerTable {
  readonly key: string;
  /** A digest of what was asked. */
  readonly request: string;
  readonly written_at: string;
  /** As JSON; null while it is not known yet. */
  readonly answer: string | null;
}

/** A code that was sent to a patient's address and has not come back. Milliseconds since 1970 by this workstation's clock. */
export interface RefusedSignInTable {
  readonly accounts: 'staff_account' | 'patient_account';
  readonly count: number;
  readonly since: number;
}

export interface PanelCodeTable {
  readonly id: string;
  readonly purpose: 'register' | 'reset' | 'email';
  readonly email: string;
  /** Whose password or address it changes; null of who registers. */
  readonly account_id: string | null;
  readonly password_hash: string | null;
  readonly display_name: string | null;
  readonly language: string;
  readonly code_hash: string;
  /** 0: there is nothing it could do, and no code is right; whoever asked is not told so. */
  readonly real: 0 | 1;
  readonly until_at: number;
  /** Wrong tries of the code that was sent last. */
  readonly wrong: number;
  readonly sent: number;
  readonly sent_at: number;
  readonly created_at: number;
}

/** Something patients asked for at this host, and how it stood when they were told last. */
export interface PanelNewsTable {
  /** Of the row of `tbl`. */
  readonly id: string;
  readonly tbl: 'appointment' | 'patient_account_link';
  readonly state: string;
  /** When it was to be, by what was told. */
  readonly at: string;
}

/** An invoice that was printed here. */
export interface OwnInvoicePrintTable {
  readonly invoice_id: string;
  readonly printed_at: string;
}

/** A receipt this workstation gave a number; `printed_at` null until it was printed. */
export interface OwnReceiptTable {
  readonly payment_id: string;
  readonly number: number;
  readonly printed_at: string | null;
}

/** Tables that are this workstation's alone, with what names a row of each. */
export interface OwnTables {
  readonly note_draft: NoteDraftTable;
  readonly form_draft: FormDraftTable;
  readonly pin_try: PinTryTable;
  readonly sign_in_try: SignInTryTable;
  readonly outgoing_mail: OutgoingMailTable;
  readonly panel_news: PanelNewsTable;
  readonly own_secret: OwnSecretTable;
  readonly token_family: TokenFamilyTable;
  readonly kept_answer: KeptAnswerTable;
  readonly panel_code: PanelCodeTable;
  readonly refused_sign_in: RefusedSignInTable;
  readonly own_invoice_print: OwnInvoicePrintTable;
  readonly own_receipt: OwnReceiptTable;
}

/** A report nobody has acknowledged; triggers write it. */
export interface WaitingReportTable {
  readonly id: string;
  readonly requester_id: string | null;
  readonly recorded_at: string;
}

/** The synced tables and the workstation's own ones that features may read. */
export type LocalDatabase = { readonly [T in TableName]: LocalRowOf<T> } & {
  readonly outbox: OutboxTable;
  readonly outbox_row: OutboxRowTable;
  readonly outbox_history: OutboxHistoryTable;
  readonly waiting_report: WaitingReportTable;
} & OwnTables;

/**
 * Builds typed queries; it runs none. Hand them to `LocalStore.all` or `get`.
 * @example store.get(localDb.selectFrom('patient').selectAll().where('id', '=', id))
 */
export const localDb = new Kysely<LocalDatabase>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** What an outbox entry's `payload` says. It was written by this program, so its shape is known. */
export const readPayload = (payload: string): MutationPayload => JSON.parse(payload) as MutationPayload;
