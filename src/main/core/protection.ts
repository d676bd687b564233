import type { WorkstationSettings } from '#main/data/local/backup-format.ts';
import type { LocalBackups } from '#main/data/local/open.ts';
import type { KeyPlace } from '#shared/contract/protection.ts';
import type { Connection } from './dispatch.ts';
import type { KeyKeep } from './key-change.ts';
import type { RecoveryKeys } from './recovery-keys.ts';

/** What a host does for the key and the backups of its workstation. */
export interface ProtectionHost {
  readonly place: KeyPlace;
  /** Null where whoever starts the workstation gives the key, and changes it there. */
  readonly keep: KeyKeep | null;
  /** Null where nobody sits at the computer: there the folder is said with the start. */
  readonly folders: {
    /** Lets the person at the window of `connection` choose a folder; null when none was. */
    choose(connection: Connection): Promise<string | null>;
    /** Where backups are put a second time from the next start on. Throws when that cannot be kept. */
    remember(folder: string | null): void;
  } | null;
  /** How the workstation is set, for its backups: no patient, no password. */
  readonly settings: () => WorkstationSettings;
}

/** What guards a running workstation's data, and brings them back. */
export interface Protection extends Pick<ProtectionHost, 'place' | 'folders'> {
  readonly recovery: RecoveryKeys;
  readonly backups: Pick<LocalBackups, 'status' | 'make' | 'keepSecond' | 'setSecond'>;
  /**
   * Encrypts everything with a new key, while services wait; null where the key is given. `refused`: nothing was changed,
   * since the disk is full, failing, or the place for the key did not take it.
   */
  readonly changeKey: ((accountId: string) => Promise<'changed' | 'disk-full' | 'refused'>) | null;
}
