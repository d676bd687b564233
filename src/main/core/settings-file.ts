import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DataFolderError, refuseSharedFile, writePrivateFile } from './key-file.ts';

/** What a headless workstation was told at its first start. `centre` holds a password. */
const Settings = z.object({ centre: z.string().min(1), name: z.string().min(1).nullable().default(null) });
export type Settings = z.infer<typeof Settings>;

const fileIn = (folder: string) => join(folder, 'workstation.json');

const readSettings = (folder: string): Settings | null => {
  const file = fileIn(folder);
  if (!existsSync(file)) return null;
  refuseSharedFile(file);
  try {
    return Settings.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new DataFolderError(`${file} is damaged. Delete it and start once more with --centre.`);
  }
};

/**
 * The settings as given now, completed from `workstation.json` of an earlier start; what is new is kept there.
 * @throws DataFolderError when no start has named the centre yet, or the file is damaged or readable by others.
 */
export const settle = (
  folder: string,
  given: { readonly centre: string | null; readonly name: string | null },
): Settings => {
  const saved = readSettings(folder);
  const centre = given.centre ?? saved?.centre;
  if (centre === undefined)
    throw new DataFolderError(
      'This workstation has not been told where its centre is. Start it once with --centre postgres://...',
    );
  const settings = { centre, name: given.name ?? saved?.name ?? null };
  if (saved?.centre !== settings.centre || saved.name !== settings.name)
    writePrivateFile(fileIn(folder), `${JSON.stringify(settings, null, 2)}\n`, 'w');
  return settings;
};
