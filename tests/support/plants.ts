import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What of a text's base64 stays the same when it begins 0, 1 or 2 bytes into a group of three. */
const base64Within = (bytes: Buffer): readonly string[] =>
  [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and the last symbols also tell of what stands around.
    return text.slice(shift === 0 ? 0 : shift + 1, -1);
  });

/** Every way of writing `plant` that somebody who has the bytes could read. */
const writings = (plant: string): readonly Buffer[] =>
  [...new Set([plant, plant.toLowerCase(), plant.toUpperCase()])].flatMap((text) => {
    const utf8 = Buffer.from(text);
    const utf16 = Buffer.from(text, 'utf16le');
    const base64 = [...base64Within(utf8), ...base64Within(utf16)];
    return [utf8, utf16, Buffer.from(utf8.toString('hex')), ...base64.map((symbols) => Buffer.from(symbols))];
  });

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);

/** A search for texts that are to be nowhere: as UTF-8, UTF-16, hexadecimal and base64, in either case. */
export const searchFor = (plants: readonly string[]) => {
  const sought = plants.flatMap((plant) => writings(plant).map((bytes) => ({ plant, bytes })));
  const within = (place: string, bytes: Buffer): readonly string[] => [
    ...new Set(sought.filter((one) => bytes.includes(one.bytes)).map(({ plant }) => `${plant} in ${place}`)),
  ];
  return {
    within,
    /** What is found in the files of a folder and those below. */
    inFolder: (folder: string): readonly string[] =>
      filesIn(folder).flatMap((file) => within(file, readFileSync(file))),
  };
};
