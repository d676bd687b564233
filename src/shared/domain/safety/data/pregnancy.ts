import type { FactOf } from '../facts.ts';
import { ref } from './refs.ts';
import { label, whoAntenatal, whoHypertension } from './sources.ts';

type Fact = FactOf<'pregnancy'>;
type Advice = Fact['advice'];

const inLabel = (medicine: string): string => label(medicine, 'use in pregnancy');

/** Advice for each trimester; one word holds for all three. */
const table: readonly (readonly [of: string, advice: string, source: string, note?: string])[] = [
  ['paracetamol', 'compatible', inLabel('acetaminophen injection')],
  [
    'nsaids*',
    'caution avoid avoid',
    inLabel('ibuprofen'),
    'Avoided from 20 weeks on: too little amniotic fluid; from 30 weeks on: early closure of the ductus arteriosus.',
  ],
  [
    'acetylsalicylic-acid',
    'caution caution avoid',
    inLabel('aspirin'),
    'Low doses against pre-eclampsia are another matter.',
  ],
  ['opioids*', 'caution', inLabel('oxycodone hydrochloride'), 'Withdrawal of the newborn after long use.'],
  ['amoxicillin', 'compatible', inLabel('amoxicillin')],
  ['clavulanic-acid', 'compatible', inLabel('amoxicillin and clavulanate')],
  ['phenoxymethylpenicillin', 'compatible', inLabel('penicillin V potassium')],
  ['benzylpenicillin', 'compatible', inLabel('penicillin G')],
  ['benzathine-benzylpenicillin', 'compatible', inLabel('penicillin G benzathine')],
  ['ampicillin', 'compatible', inLabel('ampicillin')],
  ['cefalexin', 'compatible', inLabel('cephalexin')],
  ['ceftriaxone', 'compatible', inLabel('ceftriaxone')],
  ['azithromycin', 'compatible', inLabel('azithromycin')],
  ['clarithromycin', 'avoid', inLabel('clarithromycin'), 'Not except where no other will do.'],
  ['doxycycline', 'caution avoid avoid', inLabel('doxycycline'), 'Stains teeth that are forming.'],
  ['fluoroquinolones*', 'caution', inLabel('ciprofloxacin')],
  [
    'sulfamethoxazole',
    'caution caution avoid',
    inLabel('sulfamethoxazole and trimethoprim'),
    'Kernicterus towards the end.',
  ],
  [
    'trimethoprim',
    'avoid caution caution',
    inLabel('sulfamethoxazole and trimethoprim'),
    'Works against folate: malformations after the first trimester’s use.',
  ],
  [
    'nitrofurantoin',
    'caution caution contraindicated',
    inLabel('nitrofurantoin'),
    'Contraindicated from 38 weeks on: haemolysis of the newborn.',
  ],
  [
    'metronidazole',
    'avoid caution caution',
    inLabel('metronidazole'),
    'Contraindicated for trichomoniasis in the first trimester.',
  ],
  [
    'fluconazole',
    'avoid caution caution',
    inLabel('fluconazole'),
    'Malformations after 400 to 800 mg a day in the first trimester; miscarriage.',
  ],
  ['albendazole', 'avoid caution caution', inLabel('albendazole')],
  ['gentamicin', 'avoid', inLabel('gentamicin'), 'Deafness of the child.'],
  [
    'ace-inhibitors*',
    'avoid',
    inLabel('lisinopril'),
    'Boxed warning: stopped as soon as pregnancy is known.',
  ],
  [
    'angiotensin-receptor-blockers*',
    'avoid',
    inLabel('losartan potassium'),
    'Boxed warning: stopped as soon as pregnancy is known.',
  ],
  ['methyldopa', 'compatible', whoHypertension],
  ['nifedipine', 'compatible', whoHypertension],
  ['atenolol', 'avoid', inLabel('atenolol'), 'Small for gestational age.'],
  ['metoprolol', 'caution', inLabel('metoprolol')],
  ['propranolol', 'caution', inLabel('propranolol hydrochloride')],
  ['bisoprolol', 'caution', inLabel('bisoprolol fumarate')],
  ['carvedilol', 'caution', inLabel('carvedilol')],
  ['spironolactone', 'avoid', inLabel('spironolactone'), 'May feminise a male child.'],
  ['amiodarone', 'avoid', inLabel('amiodarone hydrochloride'), 'Thyroid of the child.'],
  ['statins*', 'avoid', inLabel('simvastatin'), 'Stopped for most when pregnancy is known.'],
  [
    'warfarin',
    'contraindicated',
    label('warfarin sodium', 'contraindications'),
    'But with a mechanical heart valve, where it is weighed.',
  ],
  ['rivaroxaban', 'caution', inLabel('rivaroxaban')],
  ['levothyroxine', 'compatible', inLabel('levothyroxine sodium'), 'More is needed in pregnancy.'],
  ['insulin-human', 'compatible', inLabel('insulin human')],
  ['folic-acid', 'compatible', whoAntenatal],
  ['ferrous-sulfate', 'compatible', whoAntenatal],
  ['calcium-carbonate', 'compatible', whoAntenatal],
  ['methotrexate', 'contraindicated', label('methotrexate', 'contraindications')],
  [
    'valproic-acid',
    'avoid',
    label('divalproex sodium', 'boxed warning'),
    'Malformations and a lower IQ; contraindicated against migraine.',
  ],
  ['carbamazepine', 'caution', inLabel('carbamazepine'), 'Neural tube defects; not stopped abruptly.'],
  ['phenytoin', 'caution', inLabel('phenytoin'), 'Malformations; not stopped abruptly.'],
  ['phenobarbital', 'caution', inLabel('phenobarbital')],
  ['lamotrigine', 'caution', inLabel('lamotrigine'), 'Its level falls in pregnancy.'],
  ['lithium', 'avoid caution caution', inLabel('lithium carbonate'), 'Malformations of the heart.'],
  ['benzodiazepines*', 'caution', inLabel('diazepam'), 'Sedation and withdrawal of the newborn.'],
  ['ssris*', 'caution', inLabel('sertraline')],
  [
    'combined-oestrogens*',
    'avoid',
    inLabel('ethinyl estradiol and levonorgestrel'),
    'There is no reason to take it in pregnancy.',
  ],
  ['progestogens*', 'avoid', inLabel('norethindrone'), 'There is no reason to take it in pregnancy.'],
  ['alteplase', 'caution', inLabel('alteplase')],
];

const trimesters = (advice: string): readonly (readonly [Advice, (1 | 2 | 3)[]])[] => {
  const words = advice.split(' ') as Advice[];
  if (words.length === 1) return words.map((word) => [word, [1, 2, 3]] as const);
  const at = words.map((word, index) => [word, (index + 1) as 1 | 2 | 3] as const);
  return [...Map.groupBy(at, ([word]) => word)].map(
    ([word, all]) => [word, all.map(([, trimester]) => trimester)] as const,
  );
};

/** What is said of a medicine in pregnancy. */
export const pregnancy: readonly Fact[] = table.flatMap(([of, advice, source, note]) =>
  trimesters(advice).map(
    ([word, at]): Fact => ({
      kind: 'pregnancy',
      of: ref(of),
      trimesters: at,
      advice: word,
      ...(note === undefined ? {} : { note }),
      source,
    }),
  ),
);
