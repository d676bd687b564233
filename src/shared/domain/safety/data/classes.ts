import type { DrugRoute } from '../../prescribing/routes.ts';
import type { FactOf } from '../facts.ts';
import { atc } from './sources.ts';
import { systemic } from './ways.ts';

type Class = FactOf<'class'>;
type Marks = Pick<Class, 'sameAllergy' | 'duplicate'>;

const both: Marks = { sameAllergy: true, duplicate: true };
const allergy: Marks = { sameAllergy: true, duplicate: false };
const twice: Marks = { sameAllergy: false, duplicate: true };
const group: Marks = { sameAllergy: false, duplicate: false };

const table: readonly (readonly [string, string, readonly string[], Marks, string])[] = [
  [
    'penicillins',
    'Penicillins',
    ['penicillin', 'penicillin class antibacterial'],
    both,
    'amoxicillin phenoxymethylpenicillin benzylpenicillin benzathine-benzylpenicillin ampicillin cloxacillin flucloxacillin piperacillin',
  ],
  [
    'cephalosporins',
    'Cephalosporins',
    ['cephalosporin', 'cefalosporins'],
    both,
    'cefalexin cefuroxime cefixime ceftriaxone',
  ],
  ['macrolides', 'Macrolides', ['macrolide'], both, 'azithromycin clarithromycin erythromycin'],
  [
    'fluoroquinolones',
    'Fluoroquinolones',
    ['quinolones', 'fluoroquinolone'],
    both,
    'ciprofloxacin levofloxacin',
  ],
  [
    'sulfonamide-antibacterials',
    'Sulfonamide antibacterials',
    ['sulfonamides', 'sulfa', 'sulfa drugs', 'sulfonamide antibiotics'],
    allergy,
    'sulfamethoxazole',
  ],
  [
    'nsaids',
    'Non-steroidal anti-inflammatory drugs',
    ['NSAID', 'NSAIDs', 'non-steroidal anti-inflammatory drug'],
    both,
    'ibuprofen naproxen diclofenac indometacin meloxicam celecoxib',
  ],
  ['salicylates', 'Salicylates', ['salicylate'], allergy, 'acetylsalicylic-acid'],
  [
    'opioids',
    'Opioids',
    ['opioid', 'opiates', 'opiate'],
    twice,
    'codeine tramadol morphine oxycodone hydrocodone pethidine',
  ],
  ['morphinans', 'Morphine-like opioids', [], allergy, 'codeine morphine oxycodone hydrocodone'],
  ['ace-inhibitors', 'ACE inhibitors', ['ACE inhibitor'], both, 'lisinopril enalapril captopril ramipril'],
  [
    'angiotensin-receptor-blockers',
    'Angiotensin II receptor blockers',
    ['ARB', 'ARBs', 'sartans'],
    both,
    'losartan valsartan olmesartan',
  ],
  ['thiazides', 'Thiazides', ['thiazide'], both, 'hydrochlorothiazide'],
  [
    'beta-blockers',
    'Beta blockers',
    ['beta blocker'],
    twice,
    'atenolol bisoprolol carvedilol metoprolol propranolol timolol',
  ],
  ['dihydropyridines', 'Dihydropyridine calcium channel blockers', [], both, 'amlodipine nifedipine'],
  ['rate-limiting-calcium-blockers', 'Verapamil and diltiazem', [], twice, 'verapamil diltiazem'],
  ['nitrates', 'Organic nitrates', ['nitrate'], group, 'glyceryl-trinitrate isosorbide-dinitrate'],
  [
    'statins',
    'Statins',
    ['statin', 'HMG-CoA reductase inhibitors'],
    both,
    'simvastatin atorvastatin rosuvastatin',
  ],
  ['anticoagulants', 'Anticoagulants', ['anticoagulant'], twice, 'warfarin enoxaparin rivaroxaban'],
  ['antiplatelets', 'Platelet aggregation inhibitors', [], group, 'acetylsalicylic-acid clopidogrel'],
  ['sulfonylureas', 'Sulfonylureas', ['sulfonylurea'], both, 'gliclazide glibenclamide'],
  ['long-acting-beta-agonists', 'Long-acting beta-2 agonists', ['LABA'], twice, 'salmeterol formoterol'],
  ['inhaled-corticosteroids', 'Inhaled corticosteroids', [], twice, 'beclometasone budesonide fluticasone'],
  [
    'bisphosphonates',
    'Bisphosphonates',
    ['bisphosphonate'],
    both,
    'alendronic-acid risedronic-acid ibandronic-acid',
  ],
  [
    'glp-1-agonists',
    'GLP-1 receptor agonists',
    ['GLP-1 agonists'],
    twice,
    'semaglutide dulaglutide tirzepatide liraglutide',
  ],
  [
    'systemic-corticosteroids',
    'Systemic corticosteroids',
    [],
    twice,
    'prednisolone prednisone dexamethasone',
  ],
  ['proton-pump-inhibitors', 'Proton pump inhibitors', ['PPI', 'PPIs'], both, 'omeprazole pantoprazole'],
  [
    'antihistamines',
    'H1 antihistamines',
    ['antihistamine'],
    twice,
    'cetirizine loratadine chlorphenamine diphenhydramine doxylamine promethazine astemizole',
  ],
  [
    'sedating-antihistamines',
    'Sedating antihistamines',
    [],
    group,
    'chlorphenamine diphenhydramine doxylamine promethazine',
  ],
  [
    'ssris',
    'Selective serotonin reuptake inhibitors',
    ['SSRI', 'SSRIs'],
    twice,
    'fluoxetine sertraline citalopram',
  ],
  ['benzodiazepines', 'Benzodiazepines', ['benzodiazepine'], both, 'diazepam lorazepam'],
  ['antipsychotics', 'Antipsychotics', ['antipsychotic'], twice, 'haloperidol risperidone'],
  [
    'aromatic-antiepileptics',
    'Aromatic antiepileptics',
    [],
    allergy,
    'carbamazepine phenytoin phenobarbital',
  ],
  [
    'enzyme-inducing-antiepileptics',
    'Enzyme-inducing antiepileptics',
    [],
    group,
    'carbamazepine phenytoin phenobarbital',
  ],
  ['cholinesterase-inhibitors', 'Cholinesterase inhibitors', [], twice, 'donepezil galantamine'],
  [
    'combined-oestrogens',
    'Oestrogens of contraceptives',
    ['oestrogens', 'estrogens'],
    twice,
    'ethinylestradiol mestranol estradiol',
  ],
  [
    'progestogens',
    'Progestogens of contraceptives',
    ['progestogens', 'progestins'],
    twice,
    'medroxyprogesterone levonorgestrel etonogestrel norethisterone norgestimate norelgestromin drospirenone dienogest',
  ],
];

/** By what two of a class are one too many, where it is not by any route; beta blockers of eye drops count. */
const countedBy: Readonly<Record<string, readonly DrugRoute[]>> = {
  macrolides: systemic,
  fluoroquinolones: systemic,
  nsaids: systemic,
  'systemic-corticosteroids': systemic,
  'inhaled-corticosteroids': ['inhaled', 'nebulised'],
  antihistamines: systemic,
};

/** Classes of the ingredients: what an allergy extends to, and of what two at once are one too many. */
export const classes: readonly Class[] = table.map(([key, name, synonyms, marks, members]) => ({
  kind: 'class',
  key,
  name,
  synonyms: [...synonyms],
  members: members.split(' '),
  ...marks,
  ...(countedBy[key] === undefined ? {} : { duplicateRoutes: [...countedBy[key]] }),
  source: atc,
}));
