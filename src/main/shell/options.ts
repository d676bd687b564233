import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** How the desktop was started. Null: not said; then what was kept from an earlier start holds. */
export interface DesktopOptions {
  /** Folder of this workstation's data; null for the system's own place. */
  readonly data: string | null;
  /** Address of the centre, with the login of this workstation. */
  readonly centre: string | null;
  /** The code an administrator got for this workstation. */
  readonly enrol: string | null;
  /** A file with the certificates of the clinic's own authority. */
  readonly ca: string | null;
  readonly name: string | null;
  /** Where each backup is put a second time. */
  readonly backupTo: string | null;
  /** Where updates are, or `off`. */
  readonly updates: string | null;
  /** Whether the sign-in screen shows the accounts of the demonstration clinic. */
  readonly demo: boolean;
  /** Started by `npm start`: ends when standard input closes. */
  readonly child: boolean;
}

/**
 * Reads `--data <folder> --enrol <code> --centre <url> --ca <file> --name <text> --backup-to <folder> --updates <url|off> --demo`, or CLINICHUB_DATA,
 * CLINICHUB_ENROL, CLINICHUB_CENTRE, CLINICHUB_CA, CLINICHUB_NAME, CLINICHUB_BACKUP_TO, CLINICHUB_UPDATES and CLINICHUB_DEMO=1. Code and address hold a password, and other users of a PC can read arguments but not
 * the environment. Switches of Chromium among the arguments are left alone.
 */
export const desktopOptions = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): DesktopOptions => {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      centre: { type: 'string' },
      enrol: { type: 'string' },
      ca: { type: 'string' },
      name: { type: 'string' },
      'backup-to': { type: 'string' },
      updates: { type: 'string' },
      demo: { type: 'boolean' },
    },
  });
  const text = (value: unknown, fallback: string | undefined): string | null =>
    typeof value === 'string' && value !== '' ? value : (fallback ?? null) || null;
  return {
    data: text(values.data, env.CLINICHUB_DATA),
    centre: text(values.centre, env.CLINICHUB_CENTRE),
    enrol: text(values.enrol, env.CLINICHUB_ENROL),
    ca: text(values.ca, env.CLINICHUB_CA),
    name: text(values.name, env.CLINICHUB_NAME),
    backupTo: text(values['backup-to'], env.CLINICHUB_BACKUP_TO),
    updates: text(values.updates, env.CLINICHUB_UPDATES),
    demo: values.demo === true || env.CLINICHUB_DEMO === '1',
    child: env.CLINICHUB_CHILD === '1',
  };
};

/** Where Electron keeps its own files of a workstation: apart from the data, and one per workstation. */
export const electronFolder = (data: string): string => join(data, 'desktop');
