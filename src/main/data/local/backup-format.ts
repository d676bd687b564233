import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Held, Identity, Mirrored } from './mirror-entries.ts';
import { decodeRecords, encodeRecord, newFileMark } from './mirror-format.ts';
import type { FormDraftTable, NoteDraftTable } from './query.ts';
import type { SavedFile } from './saved-files.ts';

/** Rises when an older version could not make use of a backup. */
const backupFormat = 1;

/** Why a backup was made: its time had come, a person asked, the schema or the program was about to change. */
export type BackupReason = 'hours' | 'asked' | 'migration' | 'update';

/** What a list of backups tells of one. */
export interface BackupHead {
  readonly at: string;
  readonly reason: BackupReason;
  readonly deviceName: string | null;
  /** Pieces of work that the centre had not got, the refused ones included. */
  readonly unsent: number;
  readonly noteDrafts: number;
  readonly formDrafts: number;
  readonly files: number;
  /** Files that had no room in it. */
  readonly filesLeftOut: number;
}

/** The text of each file of settings by its name: no patient, no password. */
export type WorkstationSettings = Readonly<Record<string, string>>;

/** What of a workstation the centre cannot give back. */
export interface BackupContents {
  readonly identity: Identity;
  readonly outbox: readonly Mirrored[];
  readonly held: readonly Held[];
  readonly noteDrafts: readonly NoteDraftTable[];
  readonly formDrafts: readonly FormDraftTable[];
  readonly files: readonly SavedFile[];
  /** How the workstation was set, as the host keeps it; see `WorkstationSettings`. */
  readonly settings: WorkstationSettings;
}

export interface Backup extends BackupContents {
  readonly head: BackupHead;
}

type Part =
  | ({ readonly t: 'head'; readonly format: number } & BackupHead)
  | { readonly t: 'identity'; readonly identity: Identity }
  | { readonly t: 'outbox'; readonly outbox: readonly Mirrored[]; readonly held: readonly Held[] }
  | {
      readonly t: 'drafts';
      readonly noteDrafts: readonly NoteDraftTable[];
      readonly formDrafts: readonly FormDraftTable[];
    }
  | { readonly t: 'settings'; readonly settings: WorkstationSettings }
  | ({ readonly t: 'file'; readonly bytes: readonly string[] } & Omit<SavedFile, 'bytes'>)
  | { readonly t: 'end' };

/** The backups' own key, made of the database's: neither tells the other. */
export const backupKey = (databaseKey: Buffer): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', databaseKey, '', 'clinichub backup', 32)));

/** A backup as the bytes of a file: records as those of the outbox's mirror, sealed under the backups' key. */
export const encodeBackup = (key: KeyObject, { head, ...contents }: Backup): Buffer => {
  const { identity, outbox, held, noteDrafts, formDrafts, files, settings } = contents;
  const parts: readonly Part[] = [
    { t: 'head', format: backupFormat, ...head },
    { t: 'identity', identity },
    { t: 'outbox', outbox, held },
    { t: 'drafts', noteDrafts, formDrafts },
    { t: 'settings', settings },
    ...files.map((file) => ({
      ...file,
      t: 'file' as const,
      bytes: file.bytes.map((part) => part.toString('base64')),
    })),
    { t: 'end' },
  ];
  const mark = newFileMark();
  return Buffer.concat(parts.map((part, n) => encodeRecord(key, mark, n, JSON.stringify(part))));
};

/** Reads a backup; null when it is not whole, not as it was written, of another key or of a later version. */
export const decodeBackup = (key: KeyObject, bytes: Buffer): Backup | null => {
  const { texts, state } = decodeRecords(bytes, key);
  const parts = texts.map((text) => JSON.parse(text) as Part);
  const [first] = parts;
  if (state !== 'whole' || parts.at(-1)?.t !== 'end') return null;
  if (first?.t !== 'head' || first.format > backupFormat) return null;
  const { t: _, format: __, ...head } = first;
  const of = <T extends Part['t']>(t: T) =>
    parts.filter((part): part is Extract<Part, { t: T }> => part.t === t);
  const [identity] = of('identity');
  if (identity === undefined) return null;
  return {
    head,
    identity: identity.identity,
    outbox: of('outbox').flatMap((part) => part.outbox),
    held: of('outbox').flatMap((part) => part.held),
    noteDrafts: of('drafts').flatMap((part) => part.noteDrafts),
    formDrafts: of('drafts').flatMap((part) => part.formDrafts),
    settings: of('settings')[0]?.settings ?? {},
    files: of('file').map(({ t: ___, bytes: written, ...file }) => ({
      ...file,
      bytes: written.map((part) => Buffer.from(part, 'base64')),
    })),
  };
};
