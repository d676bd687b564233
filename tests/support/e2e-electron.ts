import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Electron's runtime, or why it cannot be used here. */
export type ElectronRuntime =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly why: string };

/** Looks without downloading: Electron's package fetches its binary when it is merely required. */
export const electronRuntime = (): ElectronRuntime => {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return { ok: false, why: 'its binary is not in node_modules/electron' };
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  if (!existsSync(path)) return { ok: false, why: `${path} is missing` };
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { ok: false, why: 'there is no display' };
  }
  return { ok: true, path };
};
