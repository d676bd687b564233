import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { CentreKeep, KeptCentre } from './enrolment.ts';
import { DataFolderError, refuseSharedFile, writePrivateFile } from './key-file.ts';

/** What a headless workstation keeps of its starts. `centre` and `enrolment` hold passwords. */
const Settings = z.object({
  centre: z.string().min(1).nullable().default(null),
  name: z.string().min(1).nullable().default(null),
  enrolment: z
    .object({ code: z.string().min(1), password: z.string().min(1) })
    .nullable()
    .default(null),
});
type Settings = z.infer<typeof Settings>;

const nothing: Settings = { centre: null, name: null, enrolment: null };

/** No start has said where the centre is. */
export class NoCentreError extends DataFolderError {
  override readonly name = 'NoCentreError';

  constructor() {
    super(
      'This workstation has not been told where its centre is. Start it once with --enrol and the code an administrator got for it.',
    );
  }
}

/** The settings' file inside a data folder. */
export const settingsFile = (folder: string): string => join(folder, 'workstation.json');

const readSettings = (folder: string): Settings => {
  const file = settingsFile(folder);
  if (!existsSync(file)) return nothing;
  refuseSharedFile(file);
  try {
    return Settings.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new DataFolderError(`${file} is damaged. Delete it and start once more with --enrol or --centre.`);
  }
};

/** A rename is durable when its folder is. Windows has no such thing and needs none. */
const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** The old text or the new one is there, whenever the computer stops. */
const writeSettings = (folder: string, settings: Settings): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${settingsFile(folder)}.new`;
  rmSync(draft, { force: true });
  writePrivateFile(draft, `${JSON.stringify(settings, null, 2)}\n`);
  renameSync(draft, settingsFile(folder));
  syncFolder(dirname(draft));
};

/**
 * What a headless workstation keeps of the centre, in `workstation.json` of its data folder, for its owner's eyes only.
 * Reading throws a {@link DataFolderError} when the file is damaged or others may read it.
 */
export const settingsKeep = (folder: string): CentreKeep => ({
  read: async () => {
    const { centre, enrolment } = readSettings(folder);
    return { centre, enrolment };
  },
  write: async (kept: KeptCentre) => writeSettings(folder, { ...readSettings(folder), ...kept }),
});

/** The name said at this start, which is then kept; else the one kept before. */
export const settledName = (folder: string, given: string | null): string | null => {
  const settings = readSettings(folder);
  if (given === null || given === settings.name) return settings.name;
  writeSettings(folder, { ...settings, name: given });
  return given;
};
