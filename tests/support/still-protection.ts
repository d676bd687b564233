import type { Protection } from '#main/core/protection.ts';
import { createRecoveryKeys } from '#main/core/recovery-keys.ts';
import type { Local } from '#main/data/local/open.ts';

/** The protection of a workstation in a folder of a test: backups and recovery key are real, its key stays the one it has. */
export const stillProtection = (local: Pick<Local, 'backups'>, folder: string, key: Buffer): Protection => ({
  place: 'file',
  folders: null,
  recovery: createRecoveryKeys(folder, () => key),
  backups: local.backups,
  changeKey: null,
});
