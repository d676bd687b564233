import { existsSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * The address of a thread's program, `source` being its path in the sources from `src/main`. In the built product it is an entry
 * of its own beside the main one; null when it is missing.
 */
export const threadProgram = (source: `${string}.ts`): URL | null => {
  const built = basename(source).replace(/\.ts$/u, '.js');
  const places = import.meta.url.endsWith('.ts') ? [`../${source}`] : [`./${built}`, `../${built}`];
  return places.map((file) => new URL(file, import.meta.url)).find((file) => existsSync(file)) ?? null;
};
