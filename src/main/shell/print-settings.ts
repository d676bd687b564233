import Store from 'electron-store';
import { PrintSettings } from '#shared/contract/printing.ts';
import type { Printable } from '#shared/domain/printing/paper.ts';

/** How each document was last printed here. No patient, no secret. */
export interface PrintSettingsStore {
  last(document: Printable): PrintSettings | null;
  remember(document: Printable, settings: PrintSettings): void;
}

/** Keeps them in `printing.json` in Electron's folder of this workstation. */
export const openPrintSettings = (): PrintSettingsStore => {
  const store = new Store<{ last: Partial<Record<Printable, unknown>> }>({
    name: 'printing',
    // A damaged file costs a choice of printer, not the start of the product.
    clearInvalidConfig: true,
    defaults: { last: {} },
  });
  return {
    // A file of an older version may name paper that is no more.
    last: (document) => PrintSettings.safeParse(store.get('last')[document]).data ?? null,
    remember: (document, settings) => store.set('last', { ...store.get('last'), [document]: settings }),
  };
};
