import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './main/app.ts';
import { becomeReady, connect, electron } from './main/electron.ts';

/** `node <this file> out/main/index.js <options>` runs main on the double, as `electron . <options>` would. */
const address = 'clinichub-double:electron';
const place = Symbol.for('clinichub.electron-double');
(globalThis as Record<symbol, unknown>)[place] = electron;

const source = [
  "const electron = globalThis[Symbol.for('clinichub.electron-double')];",
  ...Object.keys(electron).map((name) => `export const ${name} = electron.${name};`),
  'export default electron;',
].join('\n');

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: address, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === address ? { format: 'module', source, shortCircuit: true } : next(url, context),
});

connect();
process.on('SIGTERM', () => app.quit());
process.on('SIGINT', () => app.quit());

const [node = process.execPath, , main, ...options] = process.argv;
if (main === undefined) throw new Error('say which main entry to run');
process.argv = [node, main, ...options];
await import(pathToFileURL(resolve(main)).href);
// Electron's order: main's own modules first, then ready.
becomeReady();
