import type { SafetyDataset } from '../facts.ts';
import { classes } from './classes.ts';
import { withReading } from './compared.ts';
import { crossReactions } from './cross-reactivity.ts';
import { doses } from './doses.ts';
import { ingredients } from './ingredients.ts';
import { interactions } from './interactions.ts';
import { pregnancy } from './pregnancy.ts';
import { products } from './products.ts';
import { renal } from './renal.ts';

/** The data set the product comes with: small, written by us from named public sources, and not complete. */
export const bundledDataset: SafetyDataset = {
  format: 'clinichub-safety-1',
  name: 'ClinicHub starter set',
  version: '2026.11',
  releasedOn: '2026-11-30',
  publisher:
    'ClinicHub, from the WHO model lists of essential medicines, the ATC index and labels published by the FDA',
  note: 'This set is not complete: it knows some 150 ingredients of primary care, and of them only the best known risks.',
  facts: [
    ...ingredients,
    ...classes,
    ...products,
    ...crossReactions,
    ...interactions,
    ...doses,
    ...pregnancy,
    ...renal,
  ].map(withReading),
};
