import Store from 'electron-store';
import { updateAddress } from '#shared/domain/updates/plan.ts';

/** What a workstation keeps of updates. No patient, no secret. */
export interface UpdateSettings {
  /** Where the clinic says updates are; null while it has not said so. */
  address(): string | null;
  /** Takes an address said at this start, or `off`. False when it is neither. */
  tell(text: string): boolean;
  /** How often a version was put in and was not there afterwards. */
  attempts(version: string): number;
  /** Notes, durably, that a version is about to be put in. */
  trying(version: string): void;
}

interface Kept {
  readonly address: string | null;
  readonly tried: { readonly version: string; readonly times: number } | null;
}

/** Keeps them in `updates.json` in Electron's folder of this workstation. */
export const openUpdateSettings = (): UpdateSettings => {
  const store = new Store<Kept>({
    name: 'updates',
    // A damaged file costs the address, not the start of the product.
    clearInvalidConfig: true,
    defaults: { address: null, tried: null },
  });
  const attempts = (version: string): number => {
    const tried = store.get('tried');
    return tried?.version === version ? tried.times : 0;
  };
  return {
    address: () => store.get('address'),
    tell: (text) => {
      const address = updateAddress(text);
      if (address === null) return false;
      store.set('address', address === 'off' ? null : address);
      return true;
    },
    attempts,
    trying: (version) => store.set('tried', { version, times: attempts(version) + 1 }),
  };
};
