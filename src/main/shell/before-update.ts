import { join } from 'node:path';
import { type Disk, realDisk } from '#main/data/local/disk.ts';
import { beforeUpdateFolder, mirrorFile } from '#main/data/local/files.ts';
import { electronFolder } from './options.ts';

const settings = ['printing.json', 'updates.json', 'window.json'];

/**
 * Copies what only this workstation has into `before-update` of its data folder: the encrypted mirror of what waits for
 * the centre, and the settings. Durable when it returns; throws when the disk does not take it.
 */
export const copyBeforeUpdate = (folder: string, disk: Disk = realDisk): void => {
  const place = beforeUpdateFolder(folder);
  disk.makeFolder(place);
  const copy = (from: string, name: string) => {
    if (disk.exists(from)) disk.replace(join(place, name), disk.read(from));
  };
  copy(mirrorFile(folder), 'outbox.mirror');
  for (const name of settings) copy(join(electronFolder(folder), name), name);
};
