import type { FactOf } from '../facts.ts';
import { label } from './sources.ts';

const table: readonly (readonly [name: string, ...ingredients: readonly string[]])[] = [
  ['Trinessa', 'norgestimate', 'ethinylestradiol'],
  ['Ortho Tri-Cyclen', 'norgestimate', 'ethinylestradiol'],
  ['Norinyl 1+50', 'norethisterone', 'mestranol'],
  ['Levora', 'levonorgestrel', 'ethinylestradiol'],
  ['Seasonique', 'levonorgestrel', 'ethinylestradiol'],
  ['Jolivette', 'norethisterone'],
  ['Camila', 'norethisterone'],
  ['Errin', 'norethisterone'],
  ['Natazia', 'estradiol', 'dienogest'],
  ['Yaz', 'drospirenone', 'ethinylestradiol'],
  ['Mirena', 'levonorgestrel'],
  ['Kyleena', 'levonorgestrel'],
  ['NuvaRing', 'etonogestrel', 'ethinylestradiol'],
];

/** Products whose names do not say what is in them. */
export const products: readonly FactOf<'product'>[] = table.map(([name, ...ingredients]) => ({
  kind: 'product',
  name,
  ingredients,
  source: label(name, 'description'),
}));
