import { resolve } from 'node:path';

/** Set by e2e.setup.ts: where this run's copy of the product lies. */
export const builtVariable = 'CLINICHUB_E2E_BUILT';

/** The folder with the product's `package.json` and `out`, as Electron is given it. */
export const builtProduct = (): string => process.env[builtVariable] ?? resolve(import.meta.dirname, '../..');
