import type { LocalWriter } from '#main/data/local/store.ts';
import type { ClinicRows } from './clinic.ts';
import type { SimDesk } from './desk.ts';
import type { Random } from './random.ts';

/** What of a workstation somebody at work needs to see. */
export type Seen = Pick<SimDesk, 'look'>;

/** What a person does at a workstation. Throws what the local database throws. */
export interface Act {
  readonly kind: string;
  readonly user: string;
  write(writer: LocalWriter): void;
}

export interface WorkContext {
  readonly rows: ClinicRows;
  readonly random: Random;
  /** A text nobody else ever writes. */
  readonly token: () => string;
}

export type Write = (desk: Seen, context: WorkContext) => Omit<Act, 'user'> | null;

export const createdAt = '2026-11-23T08:00:00.000Z';

export const idsOf = (desk: Seen, sql: string): readonly string[] =>
  desk.look(({ db }) => db.prepare(sql).pluck().all() as string[]);
