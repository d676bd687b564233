import type { FactOf } from '../facts.ts';
import { ref } from './refs.ts';
import { label } from './sources.ts';

type Cross = FactOf<'cross-reactivity'>;

const table: readonly (readonly [string, string, Cross['severity'], string, string])[] = [
  [
    'penicillins*',
    'cephalosporins*',
    'moderate',
    'Beta-lactams may cross-react; after anaphylaxis to one, another is given only where it can be treated.',
    'cephalexin',
  ],
  [
    'acetylsalicylic-acid',
    'nsaids*',
    'high',
    'Contraindicated after asthma, urticaria or another allergic reaction to aspirin or an NSAID.',
    'ibuprofen',
  ],
  [
    'sulfonamide-antibacterials*',
    'celecoxib',
    'high',
    'Contraindicated after an allergic reaction to sulfonamides.',
    'celecoxib',
  ],
  [
    'sulfonamide-antibacterials*',
    'thiazides*',
    'moderate',
    'Contraindicated by the label after a reaction to sulfonamide-derived medicines.',
    'hydrochlorothiazide',
  ],
  [
    'sulfonamide-antibacterials*',
    'furosemide',
    'low',
    'Patients allergic to sulfonamides may also be allergic to furosemide.',
    'furosemide',
  ],
  [
    'ace-inhibitors*',
    'angiotensin-receptor-blockers*',
    'moderate',
    'After angioedema with an ACE inhibitor it may come again.',
    'losartan potassium',
  ],
  [
    'aromatic-antiepileptics*',
    'lamotrigine',
    'low',
    'Rash is more frequent after a rash with another antiepileptic.',
    'lamotrigine',
  ],
];

/** Substances that people allergic to another may react to. */
export const crossReactions: readonly Cross[] = table.map(([a, b, severity, note, of]) => ({
  kind: 'cross-reactivity',
  a: ref(a),
  b: ref(b),
  severity,
  note,
  source: label(of, 'contraindications and warnings'),
}));
