import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Store from 'electron-store';
import type { WorkstationSettings } from '#main/data/local/backup-format.ts';
import { electronFolder } from './options.ts';

/** Files of settings in Electron's folder that a workstation is to have again: no patient, no secret. */
const names = ['printing.json', 'updates.json', 'window.json', 'backups.json'] as const;

/** How this workstation is set, for its backups. */
export const desktopSettings = (folder: string): WorkstationSettings =>
  Object.fromEntries(
    names.flatMap((name) => {
      const file = join(electronFolder(folder), name);
      return existsSync(file) ? [[name, readFileSync(file, 'utf8')]] : [];
    }),
  );

/** Puts settings of a backup where there are none: what is set here stays. */
export const restoreSettings = (folder: string, settings: WorkstationSettings): void => {
  mkdirSync(electronFolder(folder), { recursive: true, mode: 0o700 });
  for (const name of names) {
    const file = join(electronFolder(folder), name);
    const text = settings[name];
    if (text !== undefined && !existsSync(file)) writeFileSync(file, text, { mode: 0o600 });
  }
};

/** Where backups are put a second time, as somebody chose it. */
export interface BackupSettings {
  second(): string | null;
  /** Null: nowhere. */
  remember(folder: string | null): void;
}

/** Keeps it in `backups.json` in Electron's folder of this workstation. */
export const openBackupSettings = (): BackupSettings => {
  const store = new Store<{ second: string | null }>({
    name: 'backups',
    // A damaged file costs the choice of a folder, not the start of the product.
    clearInvalidConfig: true,
    defaults: { second: null },
  });
  return {
    second: () => store.get('second'),
    remember: (folder) => store.set('second', folder),
  };
};
