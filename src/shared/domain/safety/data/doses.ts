import type { FactOf } from '../facts.ts';
import { aware, label, whoPain } from './sources.ts';

type Dose = FactOf<'dose'>;

/** Ages in months: whom a line is for. */
const adult = { ageFrom: 216, ageTo: null };
const years = (from: number, to: number | null) => ({
  ageFrom: from * 12,
  ageTo: to === null ? null : to * 12,
});
const months = (from: number, to: number) => ({ ageFrom: from, ageTo: to });

/** At most so many mg (or `unit`) for one dose and for a day. */
interface Most {
  readonly dose?: string;
  readonly day?: string;
}

interface Line {
  readonly of: string;
  readonly age: { readonly ageFrom: number; readonly ageTo: number | null };
  readonly most?: Most;
  /** The same for each kilogram, and the most whatever the weight. */
  readonly mostPerKg?: Most;
  readonly ceiling?: Most;
  /** The least of one dose, where less is another form of the medicine. */
  readonly least?: string;
  readonly schedule?: Dose['schedule'];
  readonly source: string;
  readonly routes?: readonly string[];
  readonly unit?: Dose['unit'];
  readonly note?: string;
}

const factsOf = (line: Line): readonly Dose[] =>
  (['dose', 'day'] as const).flatMap((per): readonly Dose[] => {
    const perKg = line.mostPerKg?.[per];
    const max = perKg ?? line.most?.[per];
    if (max === undefined) return [];
    return [
      {
        kind: 'dose',
        ingredient: line.of,
        routes: [...(line.routes ?? ['oral'])],
        ...line.age,
        per,
        perKg: perKg !== undefined,
        unit: line.unit ?? 'mg',
        min: per === 'dose' ? (line.least ?? null) : null,
        max,
        ceiling: perKg === undefined ? null : (line.ceiling?.[per] ?? null),
        ...(line.schedule === undefined || per === 'day' ? {} : { schedule: line.schedule }),
        ...(line.note === undefined ? {} : { note: line.note }),
        source: line.source,
      },
    ];
  });

const dosage = (medicine: string): string => label(medicine, 'dosage and administration');

/** An adult's most by mouth, as the label of a medicine of that name has it. */
const byMouth = (of: string, most: Most, medicine = of, note?: string): Line => ({
  of,
  age: adult,
  most,
  source: dosage(medicine),
  ...(note === undefined ? {} : { note }),
});

/** A child's most by mouth for each kilogram. */
const child = (of: string, age: Line['age'], mostPerKg: Most, ceiling: Most, source = dosage(of)): Line => ({
  of,
  age,
  mostPerKg,
  ceiling,
  source,
});

/** The same amount for every child of an age. */
const young = (of: string, age: Line['age'], most: Most, source = dosage(of)): Line => ({
  of,
  age,
  most,
  source,
});

const pain: readonly Line[] = [
  {
    ...child(
      'paracetamol',
      months(1, 144),
      { dose: '15', day: '60' },
      { dose: '1000', day: '4000' },
      whoPain,
    ),
    routes: ['oral', 'rectal'],
  },
  {
    ...child('paracetamol', months(0, 1), { dose: '10', day: '40' }, {}, whoPain),
    routes: ['oral', 'rectal'],
  },
  {
    of: 'paracetamol',
    age: years(12, null),
    most: { dose: '1000', day: '4000' },
    routes: ['oral', 'rectal'],
    source: label('acetaminophen', 'warnings and directions'),
  },
  byMouth('acetylsalicylic-acid', { dose: '1000', day: '4000' }, 'aspirin'),
  byMouth('ibuprofen', { dose: '800', day: '3200' }),
  young(
    'ibuprofen',
    years(12, 18),
    { dose: '400', day: '1200' },
    label('ibuprofen 200 mg, sold without a prescription', 'directions'),
  ),
  child(
    'ibuprofen',
    months(6, 144),
    { dose: '10', day: '40' },
    { dose: '800', day: '2400' },
    dosage('ibuprofen oral suspension'),
  ),
  byMouth('naproxen', { dose: '825', day: '1650' }, 'naproxen and naproxen sodium'),
  byMouth('diclofenac', { dose: '100', day: '200' }),
  byMouth('indometacin', { day: '200' }, 'indomethacin'),
  byMouth('meloxicam', { dose: '15', day: '15' }),
  child('meloxicam', years(2, 18), { day: '0.125' }, { day: '7.5' }),
  byMouth('celecoxib', { dose: '400', day: '600' }),
  byMouth('codeine', { dose: '60', day: '360' }, 'codeine sulfate'),
  byMouth('tramadol', { dose: '100', day: '400' }, 'tramadol hydrochloride'),
];

const infection: readonly Line[] = [
  byMouth('amoxicillin', { dose: '1000', day: '3000' }),
  child('amoxicillin', months(3, 216), { day: '90' }, { day: '3000' }, aware),
  young(
    'phenoxymethylpenicillin',
    years(12, null),
    { dose: '500', day: '2000' },
    dosage('penicillin V potassium'),
  ),
  young('cefalexin', years(15, null), { dose: '1000', day: '4000' }, dosage('cephalexin')),
  child('cefalexin', months(12, 180), { day: '100' }, { day: '4000' }, dosage('cephalexin')),
  young('cefuroxime', years(13, null), { dose: '500', day: '1000' }, dosage('cefuroxime axetil')),
  child('cefuroxime', months(3, 156), { day: '30' }, { day: '1000' }, dosage('cefuroxime axetil')),
  young('cefixime', years(12, null), { dose: '400', day: '400' }),
  child('cefixime', months(6, 144), { day: '8' }, { day: '400' }),
  {
    of: 'ceftriaxone',
    age: adult,
    most: { dose: '4000', day: '4000' },
    routes: ['intramuscular', 'intravenous'],
    source: dosage('ceftriaxone'),
  },
  {
    ...child('ceftriaxone', months(1, 216), { dose: '100', day: '100' }, { dose: '4000', day: '4000' }),
    routes: ['intramuscular', 'intravenous'],
  },
  {
    of: 'benzathine-benzylpenicillin',
    age: adult,
    most: { dose: '2400000' },
    unit: 'IU',
    routes: ['intramuscular'],
    source: dosage('penicillin G benzathine'),
  },
  byMouth('azithromycin', { dose: '2000', day: '2000' }),
  child('azithromycin', months(6, 216), { dose: '30', day: '30' }, { dose: '1500', day: '1500' }),
  byMouth('clarithromycin', { dose: '1000', day: '1500' }),
  child('clarithromycin', months(6, 216), { day: '15' }, { day: '1000' }),
  byMouth('erythromycin', { day: '4000' }),
  child('erythromycin', months(1, 216), { day: '100' }, { day: '4000' }),
  byMouth('doxycycline', { dose: '300', day: '300' }),
  child('doxycycline', years(8, 18), { day: '4.4' }, { day: '200' }),
  byMouth('ciprofloxacin', { dose: '750', day: '1500' }),
  child('ciprofloxacin', years(1, 18), { dose: '20', day: '40' }, { dose: '750', day: '1500' }),
  byMouth('levofloxacin', { dose: '750', day: '750' }),
  young('nitrofurantoin', years(12, null), { dose: '100', day: '400' }),
  child('nitrofurantoin', months(1, 144), { day: '7' }, { day: '400' }),
  byMouth('metronidazole', { dose: '2000', day: '4000' }),
  child('metronidazole', months(1, 216), { day: '50' }, { day: '2250' }),
  byMouth('fluconazole', { dose: '800', day: '800' }),
  child('fluconazole', months(6, 216), { day: '12' }, { day: '600' }),
  byMouth('aciclovir', { dose: '800', day: '4000' }, 'acyclovir'),
  child(
    'aciclovir',
    years(2, 18),
    { dose: '20', day: '80' },
    { dose: '800', day: '3200' },
    dosage('acyclovir'),
  ),
  young('albendazole', years(2, null), { dose: '400', day: '800' }),
  byMouth('hydroxychloroquine', { dose: '800', day: '1200' }, 'hydroxychloroquine sulfate'),
];

const heart: readonly Line[] = [
  byMouth('amlodipine', { dose: '10', day: '10' }),
  young('amlodipine', years(6, 18), { dose: '5', day: '5' }),
  byMouth('nifedipine', { day: '120' }, 'nifedipine extended-release'),
  byMouth('verapamil', { day: '480' }, 'verapamil hydrochloride'),
  byMouth('diltiazem', { day: '540' }, 'diltiazem hydrochloride'),
  byMouth('lisinopril', { dose: '80', day: '80' }),
  child('lisinopril', years(6, 18), { dose: '0.61', day: '0.61' }, { dose: '40', day: '40' }),
  byMouth('enalapril', { day: '40' }, 'enalapril maleate'),
  child('enalapril', months(1, 216), { day: '0.58' }, { day: '40' }, dosage('enalapril maleate')),
  byMouth('captopril', { dose: '150', day: '450' }),
  byMouth('ramipril', { day: '20' }),
  byMouth('losartan', { day: '100' }, 'losartan potassium'),
  child('losartan', years(6, 18), { day: '1.4' }, { day: '100' }, dosage('losartan potassium')),
  byMouth('valsartan', { day: '320' }),
  byMouth('olmesartan', { day: '40' }, 'olmesartan medoxomil'),
  byMouth('hydrochlorothiazide', { day: '100' }),
  byMouth('furosemide', { day: '600' }),
  child('furosemide', months(1, 216), { dose: '6', day: '6' }, { day: '600' }),
  byMouth('spironolactone', { day: '400' }),
  byMouth('atenolol', { day: '200' }),
  byMouth('bisoprolol', { day: '20' }, 'bisoprolol fumarate'),
  byMouth('carvedilol', { dose: '50', day: '100' }),
  byMouth('metoprolol', { day: '450' }, 'metoprolol tartrate'),
  byMouth('propranolol', { day: '640' }, 'propranolol hydrochloride'),
  byMouth('methyldopa', { day: '3000' }),
  child('methyldopa', months(1, 216), { day: '65' }, { day: '3000' }),
  byMouth(
    'amiodarone',
    { day: '1600' },
    'amiodarone hydrochloride',
    'The most is for loading; 400 mg a day is usual afterwards.',
  ),
  byMouth(
    'simvastatin',
    { day: '40' },
    'simvastatin',
    '80 mg only for those who have taken it for a year without muscle damage.',
  ),
  byMouth('atorvastatin', { day: '80' }, 'atorvastatin calcium'),
  byMouth('rosuvastatin', { day: '40' }, 'rosuvastatin calcium'),
  byMouth(
    'clopidogrel',
    { dose: '300', day: '300' },
    'clopidogrel',
    'The most is a loading dose; 75 mg a day is usual.',
  ),
  byMouth('rivaroxaban', { dose: '20', day: '30' }),
  {
    of: 'enoxaparin',
    age: adult,
    mostPerKg: { dose: '1.5', day: '2' },
    routes: ['subcutaneous'],
    source: dosage('enoxaparin sodium'),
  },
];

const glands: readonly Line[] = [
  byMouth('metformin', { day: '2550' }, 'metformin hydrochloride'),
  young('metformin', years(10, 18), { day: '2000' }, dosage('metformin hydrochloride')),
  byMouth('glibenclamide', { day: '20' }, 'glyburide'),
  byMouth('prednisone', { day: '200' }),
  byMouth('prednisolone', { day: '200' }),
  child('prednisolone', months(1, 216), { day: '2' }, { day: '60' }, dosage('prednisolone oral solution')),
  byMouth('hydrocortisone', { day: '240' }),
  byMouth('levothyroxine', { day: '0.3' }, 'levothyroxine sodium'),
  byMouth('allopurinol', { day: '800' }),
  byMouth('colchicine', { dose: '1.2', day: '2.4' }),
  {
    of: 'medroxyprogesterone',
    age: years(12, null),
    most: { dose: '150' },
    routes: ['intramuscular'],
    source: dosage('medroxyprogesterone acetate injection'),
  },
  {
    of: 'levonorgestrel',
    age: years(12, null),
    most: { dose: '1.5', day: '1.5' },
    source: dosage('levonorgestrel 1.5 mg'),
  },
];

const daily = { times: 1, days: 1, severity: 'moderate' } as const;
const weekly = { times: 1, days: 7, severity: 'moderate' } as const;
const monthly = { times: 1, days: 28, severity: 'moderate' } as const;

/** What is taken on some days only, and the forms of the same that are taken every day. */
const spaced: readonly Line[] = [
  {
    ...byMouth(
      'methotrexate',
      { dose: '30' },
      'methotrexate',
      'Daily use has killed. Only for some tumours is it taken more often, by those who treat them.',
    ),
    schedule: { ...weekly, severity: 'high' },
  },
  {
    ...byMouth('methotrexate', { dose: '30' }, 'methotrexate injection'),
    routes: ['subcutaneous', 'intramuscular'],
    schedule: { ...weekly, severity: 'high' },
    note: 'Only for some tumours is it given more often, by those who treat them.',
  },
  { ...byMouth('alendronic-acid', { dose: '10' }, 'alendronate sodium'), schedule: daily },
  {
    ...byMouth('alendronic-acid', { dose: '70' }, 'alendronate sodium'),
    least: '35',
    schedule: weekly,
  },
  {
    ...byMouth('risedronic-acid', { dose: '30' }, 'risedronate sodium', '30 mg is for Paget’s disease.'),
    schedule: daily,
  },
  { ...byMouth('risedronic-acid', { dose: '35' }, 'risedronate sodium'), least: '35', schedule: weekly },
  {
    ...byMouth(
      'risedronic-acid',
      { dose: '150' },
      'risedronate sodium',
      '75 mg may be taken on two days running, once a month.',
    ),
    least: '75',
    schedule: monthly,
  },
  { ...byMouth('ibandronic-acid', { dose: '150' }, 'ibandronate sodium'), schedule: monthly },
  { ...byMouth('semaglutide', { dose: '14' }, 'semaglutide tablets'), schedule: daily },
  {
    ...byMouth('semaglutide', { dose: '2.4' }, 'semaglutide injection'),
    routes: ['subcutaneous'],
    schedule: weekly,
  },
  { ...byMouth('dulaglutide', { dose: '4.5' }), routes: ['subcutaneous'], schedule: weekly },
  { ...byMouth('tirzepatide', { dose: '15' }), routes: ['subcutaneous'], schedule: weekly },
  { ...byMouth('liraglutide', { dose: '3' }), routes: ['subcutaneous'], schedule: daily },
];

const lungsAndGut: readonly Line[] = [
  young('salbutamol', years(12, null), { dose: '8', day: '32' }, dosage('albuterol tablets')),
  {
    of: 'salmeterol',
    age: years(4, null),
    most: { dose: '0.05', day: '0.1' },
    routes: ['inhaled'],
    source: dosage('salmeterol xinafoate'),
  },
  young('montelukast', years(15, null), { dose: '10', day: '10' }),
  young('montelukast', years(6, 15), { dose: '5', day: '5' }),
  young('montelukast', months(6, 72), { dose: '4', day: '4' }),
  byMouth(
    'omeprazole',
    { dose: '120', day: '360' },
    'omeprazole',
    'The most is for Zollinger-Ellison syndrome; 20 to 40 mg a day is usual.',
  ),
  young('omeprazole', years(1, 17), { dose: '20', day: '20' }),
  byMouth(
    'pantoprazole',
    { day: '240' },
    'pantoprazole sodium',
    'The most is for Zollinger-Ellison syndrome; 40 mg a day is usual.',
  ),
  byMouth('metoclopramide', { dose: '20', day: '60' }),
  byMouth('ondansetron', { dose: '24', day: '24' }),
  young('ondansetron', years(4, 12), { dose: '4', day: '12' }),
  byMouth('loperamide', { dose: '4', day: '16' }, 'loperamide hydrochloride capsules'),
  young('loperamide', years(2, 6), { dose: '1', day: '3' }, dosage('loperamide hydrochloride capsules')),
  young('loperamide', years(6, 8), { dose: '2', day: '4' }, dosage('loperamide hydrochloride capsules')),
  young('loperamide', years(8, 12), { dose: '2', day: '6' }, dosage('loperamide hydrochloride capsules')),
  young(
    'cetirizine',
    years(6, null),
    { dose: '10', day: '10' },
    label('cetirizine hydrochloride', 'directions'),
  ),
  young('cetirizine', years(2, 6), { dose: '5', day: '5' }, label('cetirizine hydrochloride', 'directions')),
  young('loratadine', years(6, null), { dose: '10', day: '10' }, label('loratadine', 'directions')),
  young('loratadine', years(2, 6), { dose: '5', day: '5' }, label('loratadine', 'directions')),
  young(
    'chlorphenamine',
    years(12, null),
    { dose: '4', day: '24' },
    label('chlorpheniramine maleate', 'directions'),
  ),
  young(
    'chlorphenamine',
    years(6, 12),
    { dose: '2', day: '12' },
    label('chlorpheniramine maleate', 'directions'),
  ),
  young(
    'diphenhydramine',
    years(12, null),
    { dose: '50', day: '300' },
    label('diphenhydramine hydrochloride', 'directions'),
  ),
  young(
    'diphenhydramine',
    years(6, 12),
    { dose: '25', day: '150' },
    label('diphenhydramine hydrochloride', 'directions'),
  ),
];

const mind: readonly Line[] = [
  byMouth(
    'amitriptyline',
    { day: '300' },
    'amitriptyline hydrochloride',
    '150 mg a day is the most outside a hospital.',
  ),
  byMouth('fluoxetine', { day: '80' }),
  byMouth('sertraline', { day: '200' }),
  young('citalopram', { ageFrom: 216, ageTo: 732 }, { day: '40' }),
  young('citalopram', { ageFrom: 732, ageTo: null }, { day: '20' }),
  byMouth('diazepam', { dose: '10', day: '40' }),
  young('diazepam', months(6, 216), { dose: '2.5', day: '10' }),
  byMouth('lorazepam', { day: '10' }),
  byMouth('haloperidol', { day: '100' }),
  byMouth('risperidone', { day: '16' }),
  byMouth('lithium', { day: '1800' }, 'lithium carbonate'),
  byMouth('carbamazepine', { day: '1600' }),
  child('carbamazepine', months(1, 72), { day: '35' }, {}),
  young('carbamazepine', years(6, 15), { day: '1000' }),
  child('valproic-acid', { ageFrom: 120, ageTo: null }, { day: '60' }, {}, dosage('divalproex sodium')),
  byMouth('lamotrigine', { day: '500' }),
  young('levetiracetam', years(16, null), { dose: '1500', day: '3000' }),
  child('levetiracetam', years(4, 16), { day: '60' }, { day: '3000' }),
  byMouth('memantine', { day: '28' }, 'memantine hydrochloride'),
  byMouth('galantamine', { day: '24' }),
  byMouth('donepezil', { day: '23' }, 'donepezil hydrochloride'),
];

const others: readonly Line[] = [
  byMouth('phenazopyridine', { dose: '200', day: '600' }, 'phenazopyridine hydrochloride'),
  byMouth('tamsulosin', { day: '0.8' }, 'tamsulosin hydrochloride'),
  byMouth('sildenafil', { dose: '100' }),
  {
    of: 'epinephrine',
    age: adult,
    most: { dose: '0.5' },
    routes: ['intramuscular', 'subcutaneous'],
    source: dosage('epinephrine injection'),
  },
  {
    ...child(
      'epinephrine',
      months(1, 216),
      { dose: '0.01' },
      { dose: '0.5' },
      dosage('epinephrine injection'),
    ),
    routes: ['intramuscular', 'subcutaneous'],
  },
];

/** The most of a dose and of a day. What is below is not told: doses are begun and ended low. */
export const doses: readonly Dose[] = [
  ...pain,
  ...infection,
  ...heart,
  ...glands,
  ...spaced,
  ...lungsAndGut,
  ...mind,
  ...others,
].flatMap(factsOf);
