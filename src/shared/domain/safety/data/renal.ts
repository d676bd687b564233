import type { FactOf } from '../facts.ts';
import { ref } from './refs.ts';
import { label } from './sources.ts';

type Renal = FactOf<'renal'>;

/**
 * Below which clearance what is to be done. Many labels speak of creatinine clearance; it is compared with the eGFR, which is
 * near enough to say that somebody has to look.
 */
const table: readonly (readonly [
  of: string,
  below: number | null,
  advice: Renal['advice'],
  medicine: string,
  note?: string,
])[] = [
  ['metformin', 30, 'contraindicated', 'metformin hydrochloride'],
  ['metformin', 45, 'caution', 'metformin hydrochloride', 'Not begun between 30 and 45.'],
  ['nsaids*', 30, 'avoid', 'ibuprofen'],
  ['amoxicillin', 30, 'reduce', 'amoxicillin', 'Not the tablets of 875 mg.'],
  ['cefalexin', 30, 'reduce', 'cephalexin'],
  ['cefuroxime', 30, 'reduce', 'cefuroxime axetil'],
  ['cefixime', 60, 'reduce', 'cefixime'],
  ['azithromycin', 10, 'caution', 'azithromycin'],
  ['clarithromycin', 30, 'reduce', 'clarithromycin'],
  ['doxycycline', null, 'none', 'doxycycline'],
  ['ciprofloxacin', 50, 'reduce', 'ciprofloxacin'],
  ['levofloxacin', 50, 'reduce', 'levofloxacin'],
  ['nitrofurantoin', 60, 'contraindicated', 'nitrofurantoin', 'Too little reaches the urine.'],
  ['sulfamethoxazole', 15, 'avoid', 'sulfamethoxazole and trimethoprim'],
  ['sulfamethoxazole', 30, 'reduce', 'sulfamethoxazole and trimethoprim', 'Half the dose.'],
  ['trimethoprim', 15, 'avoid', 'sulfamethoxazole and trimethoprim'],
  ['trimethoprim', 30, 'reduce', 'sulfamethoxazole and trimethoprim', 'Half the dose.'],
  ['fluconazole', 50, 'reduce', 'fluconazole', 'After the first dose; not for a single one.'],
  ['aciclovir', 25, 'reduce', 'acyclovir'],
  ['amlodipine', null, 'none', 'amlodipine'],
  ['lisinopril', 30, 'reduce', 'lisinopril', 'Begun with half the dose.'],
  ['enalapril', 30, 'reduce', 'enalapril maleate'],
  ['ramipril', 40, 'reduce', 'ramipril'],
  ['losartan', null, 'none', 'losartan potassium'],
  ['valsartan', 30, 'caution', 'valsartan'],
  ['spironolactone', 50, 'reduce', 'spironolactone', 'Potassium is watched.'],
  ['atenolol', 35, 'reduce', 'atenolol'],
  ['bisoprolol', 40, 'reduce', 'bisoprolol fumarate', 'Begun with 2.5 mg.'],
  ['carvedilol', null, 'none', 'carvedilol'],
  ['metoprolol', null, 'none', 'metoprolol'],
  ['simvastatin', 30, 'reduce', 'simvastatin', 'Begun with 5 mg.'],
  ['atorvastatin', null, 'none', 'atorvastatin calcium'],
  ['rosuvastatin', 30, 'reduce', 'rosuvastatin calcium', '10 mg a day at most.'],
  ['warfarin', null, 'none', 'warfarin sodium'],
  ['rivaroxaban', 15, 'avoid', 'rivaroxaban'],
  ['rivaroxaban', 50, 'reduce', 'rivaroxaban', 'In atrial fibrillation.'],
  ['enoxaparin', 30, 'reduce', 'enoxaparin sodium'],
  ['allopurinol', 20, 'reduce', 'allopurinol'],
  ['colchicine', 30, 'reduce', 'colchicine'],
  ['alendronic-acid', 35, 'avoid', 'alendronate sodium'],
  ['risedronic-acid', 30, 'avoid', 'risedronate sodium'],
  ['ibandronic-acid', 30, 'avoid', 'ibandronate sodium'],
  ['semaglutide', null, 'none', 'semaglutide'],
  ['dulaglutide', null, 'none', 'dulaglutide'],
  ['omeprazole', null, 'none', 'omeprazole'],
  ['pantoprazole', null, 'none', 'pantoprazole sodium'],
  ['ondansetron', null, 'none', 'ondansetron'],
  ['montelukast', null, 'none', 'montelukast sodium'],
  ['loratadine', 30, 'reduce', 'loratadine'],
  ['cetirizine', 31, 'reduce', 'cetirizine hydrochloride'],
  ['tramadol', 30, 'reduce', 'tramadol hydrochloride', 'Every 12 hours, 200 mg a day at most.'],
  ['citalopram', 20, 'caution', 'citalopram'],
  ['fluoxetine', null, 'none', 'fluoxetine'],
  ['sertraline', null, 'none', 'sertraline'],
  ['lithium', 30, 'avoid', 'lithium carbonate'],
  ['levetiracetam', 80, 'reduce', 'levetiracetam'],
  ['memantine', 30, 'reduce', 'memantine hydrochloride'],
  ['galantamine', 9, 'avoid', 'galantamine'],
];

/** What is said of a medicine where the kidneys work less. */
export const renal: readonly Renal[] = table.map(([of, below, advice, medicine, note]) => ({
  kind: 'renal',
  of: ref(of),
  below,
  advice,
  ...(note === undefined ? {} : { note }),
  source: label(medicine, 'dosage in renal impairment and contraindications'),
}));
