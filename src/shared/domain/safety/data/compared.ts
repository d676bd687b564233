import type { Fact, Ref, RoutedRef } from '../facts.ts';

/**
 * Which facts of this set somebody read beside a publication, and which publication. A fact is named by all that was compared
 * of it: who changes a number here loses the mark, and a test says so. How grave a pair is, is our own judgement; compared
 * are the pair, what it does and what is advised. What is not named here was not compared.
 */
const on = '2026-11-30';

/** One fact a line. */
type Reading = readonly [against: string, facts: string];

const bleeding: readonly Reading[] = [
  [
    'FDA label of warfarin sodium, 7.2 drugs that increase bleeding risk, table 3 (medlibrary.org)',
    `interaction warfarin + nsaids* bleeding monitor
     interaction warfarin + acetylsalicylic-acid bleeding monitor
     interaction warfarin + clopidogrel bleeding monitor
     interaction warfarin + ssris* bleeding monitor`,
  ],
  [
    'FDA label of warfarin sodium, 7.3 antibiotics and antifungals: the INR is monitored closely (medlibrary.org)',
    `interaction warfarin + sulfamethoxazole bleeding monitor
     interaction warfarin + metronidazole bleeding monitor
     interaction warfarin + fluconazole bleeding monitor
     interaction warfarin + macrolides* bleeding monitor
     interaction warfarin + fluoroquinolones* bleeding monitor
     interaction amoxicillin + warfarin bleeding monitor`,
  ],
  [
    'MHRA on miconazole and warfarin, June 2016 and September 2017 (palliativedrugs.com, medicines.necsu.nhs.uk)',
    `interaction warfarin + miconazole bleeding avoid
     interaction warfarin + miconazole bleeding monitor`,
  ],
  [
    'Rivaroxaban: prescribing information at MIMS (Xarelto); Medscape reference; box 1 of a review in CMAJ',
    `interaction rivaroxaban + nsaids* bleeding monitor
     interaction rivaroxaban + acetylsalicylic-acid bleeding monitor
     interaction rivaroxaban + clopidogrel bleeding monitor
     interaction rivaroxaban + ssris* bleeding monitor
     renal rivaroxaban 15 avoid
     renal rivaroxaban 50 reduce`,
  ],
  [
    'Enoxaparin dosing, anticoagulation guidelines of UC San Diego Health (health.ucsd.edu)',
    `dose enoxaparin subcutaneous 216 dose 1.5/kg
     dose enoxaparin subcutaneous 216 day 2/kg
     renal enoxaparin 30 reduce`,
  ],
  [
    'FDA label of clopidogrel, section 7 (druginteractionchecker.com); concise prescribing information at MIMS',
    `interaction clopidogrel + omeprazole less-effect avoid
     interaction clopidogrel + nsaids* bleeding monitor
     dose clopidogrel oral 216 dose 300
     dose clopidogrel oral 216 day 300`,
  ],
];

const heart: readonly Reading[] = [
  [
    'MHRA, Drug Safety Update, August 2012, simvastatin: updated advice on drug interactions; FDA, June 2011, as reported by the American Pharmacists Association',
    `interaction simvastatin + clarithromycin muscle-damage contraindicated
     interaction simvastatin + erythromycin muscle-damage contraindicated
     interaction simvastatin + amlodipine muscle-damage adjust-dose
     interaction simvastatin + amiodarone muscle-damage adjust-dose
     dose simvastatin oral 216 day 40`,
  ],
  [
    'American Heart Association, statement on interactions with statins, 2016, as summarised by Cardiovascular Business',
    'interaction simvastatin + rate-limiting-calcium-blockers* muscle-damage adjust-dose',
  ],
  [
    'American Family Physician 2011;83(6), table of interactions with statins',
    'interaction atorvastatin + clarithromycin muscle-damage adjust-dose',
  ],
  [
    'FDA label of amiodarone, drug interactions, table 1 (medlibrary.org)',
    `interaction macrolides* + amiodarone qt-prolongation avoid
     interaction fluoroquinolones* + amiodarone qt-prolongation avoid
     interaction amitriptyline + amiodarone qt-prolongation avoid
     interaction digoxin + amiodarone toxicity adjust-dose
     interaction beta-blockers* + amiodarone bradycardia monitor`,
  ],
  ['Amiodarone at medicationjunction.com: loading dose', 'dose amiodarone oral 216 day 1600'],
  [
    'FDA label of lisinopril, boxed warning (pillsync.com, Dailymed)',
    'pregnancy ace-inhibitors* 1,2,3 avoid',
  ],
  [
    'American Academy of Pediatrics, guideline on high blood pressure, 2017, table of antihypertensives',
    'pregnancy angiotensin-receptor-blockers* 1,2,3 avoid',
  ],
  [
    'World Journal of Cardiology 2014;6(5):234, table 2, labelling by the FDA',
    `dose enalapril oral 1 day 0.58/kg
     dose losartan oral 72 day 1.4/kg`,
  ],
  [
    'University Health Network, Cardiovascular Pharmacotherapy Handbook, beta blockers (fdocuments.in)',
    `dose atenolol oral 216 day 200
     dose bisoprolol oral 216 day 20
     dose carvedilol oral 216 dose 50
     dose carvedilol oral 216 day 100`,
  ],
  [
    'J. Pirsch, Cardiovascular agents (taylorfrancis.com)',
    `dose metoprolol oral 216 day 450
     dose amlodipine oral 216 day 10
     dose amlodipine oral 216 dose 10`,
  ],
  ['Spironolactone at wheelessonline.com', 'dose spironolactone oral 216 day 400'],
  [
    'FDA package insert of Viagra, contraindications (wikidoc.org)',
    'interaction sildenafil + nitrates* hypotension contraindicated',
  ],
  [
    'Timolol eye drops: interactions in the prescribing information of Optimolol and T-Oph (MIMS)',
    `interaction beta-blockers* + digoxin bradycardia monitor
     interaction timolol + fluoxetine bradycardia monitor`,
  ],
];

const weeklyAndKidney: readonly Reading[] = [
  [
    'FDA label of methotrexate tablets, section 2, as quoted at clincalcpro.com (once weekly for arthritis and psoriasis, more often only for some tumours); most of a week: rescur.eu',
    'dose methotrexate oral 216 dose 30 1/7',
  ],
  [
    'FDA, April 2016, metformin and reduced kidney function, as reported by MDedge and in PMC5533243, table 3',
    `renal metformin 30 contraindicated
     renal metformin 45 caution`,
  ],
  [
    'FDA label of methotrexate tablets, boxed warning and sections 4 and 8.1 (prescriberpoint.com); an older label (studylib.net)',
    `pregnancy methotrexate 1,2,3 contraindicated
     interaction methotrexate + nsaids* toxicity monitor`,
  ],
  [
    'Alendronate: dosage of Alendronate Sandoz (MIMS); wholehealthmd.com on the daily tablets',
    `dose alendronic-acid oral 216 dose 70 1/7
     dose alendronic-acid oral 216 dose 10 1/1
     renal alendronic-acid 35 avoid`,
  ],
  [
    'Risedronate: Medscape reference; FDA label, section 7 (druginteractionchecker.com)',
    `dose risedronic-acid oral 216 dose 30 1/1
     dose risedronic-acid oral 216 dose 35 1/7
     dose risedronic-acid oral 216 dose 150 1/28
     renal risedronic-acid 30 avoid
     interaction bisphosphonates* + calcium-carbonate less-effect separate
     interaction bisphosphonates* + ferrous-sulfate less-effect separate`,
  ],
  [
    'Rybelsus (semaglutide tablets) at Epocrates',
    `dose semaglutide oral 216 dose 14 1/1
     renal semaglutide none`,
  ],
  [
    'Wegovy (semaglutide) and Mounjaro (tirzepatide), dosing at apotheraspecialtypharmacy.com; tirzepatide at medic.co.il',
    `dose semaglutide subcutaneous 216 dose 2.4 1/7
     dose tirzepatide subcutaneous 216 dose 15 1/7`,
  ],
  [
    'Dulaglutide, dosing monograph (chemical-product.com)',
    `dose dulaglutide subcutaneous 216 dose 4.5 1/7
     renal dulaglutide none`,
  ],
];

const mind: readonly Reading[] = [
  [
    'FDA label of citalopram, highlights (prescriberpoint.com); FDA, March 2012, as reported by Healthcommunities',
    `dose citalopram oral 216 day 40
     dose citalopram oral 732 day 20`,
  ],
  [
    'FDA label of citalopram, drug interactions (druginteractionchecker.com)',
    `interaction ssris* + tramadol serotonin-syndrome monitor
     interaction ssris* + lithium serotonin-syndrome monitor
     interaction ssris* + nsaids* bleeding monitor
     interaction ssris* + acetylsalicylic-acid bleeding monitor`,
  ],
  [
    'CMS, antidepressants: indications and dosages approved by the FDA for adults (vdocuments.site)',
    'dose amitriptyline oral 216 day 300',
  ],
  [
    'Pharmaceuticals 2023;16(1):74, table 1, interactions of lithium (PMC9867198); S. Stahl, Prescriber’s Guide, 2020, as quoted at shsmu.top',
    `interaction ace-inhibitors* + lithium toxicity monitor
     interaction angiotensin-receptor-blockers* + lithium toxicity monitor
     interaction thiazides* + lithium toxicity monitor
     interaction lithium + nsaids* toxicity monitor
     interaction lithium + metronidazole toxicity monitor
     interaction lithium + methyldopa toxicity monitor
     interaction haloperidol + lithium toxicity monitor`,
  ],
  [
    'Divalproex: FDA label, boxed warning (pillsync.com, Dailymed); patient information at Cigna',
    'pregnancy valproic-acid 1,2,3 avoid',
  ],
  [
    'Lamotrigine: PDR drug summary, boxed warning; J. Phelps, Psychopharmacology Institute, 2018',
    `interaction lamotrigine + valproic-acid toxicity adjust-dose
     interaction lamotrigine + combined-oestrogens* less-effect adjust-dose
     cross aromatic-antiepileptics* + lamotrigine`,
  ],
  [
    'FDA, 31 August 2016, opioids with benzodiazepines, as reported by AAP News and Pharmacy Times',
    'interaction opioids* + benzodiazepines* respiratory-depression avoid',
  ],
  ['Tegretol (carbamazepine) at Epocrates', 'dose carbamazepine oral 216 day 1600'],
  ['Haloperidol at wheelessonline.com', 'dose haloperidol oral 216 day 100'],
];

const painAndInfection: readonly Reading[] = [
  [
    'FDA label of tramadol hydrochloride tablets, dosage (DailyMed at linkedlifedata.com); interactions of Nutram (MIMS)',
    `dose tramadol oral 216 dose 100
     dose tramadol oral 216 day 400
     renal tramadol 30 reduce
     interaction tramadol + carbamazepine seizures avoid`,
  ],
  [
    'Oklahoma Health Care Authority, NSAIDs, maximum daily dose by the FDA for adults (oklahoma.gov)',
    `dose ibuprofen oral 216 day 3200
     dose diclofenac oral 216 day 200
     dose meloxicam oral 216 day 15`,
  ],
  ['Arthritis treatments: NSAIDs (dermatologyadvisor.com)', 'dose indometacin oral 216 day 200'],
  [
    'Aspirin at straighthealthcare.com',
    `dose acetylsalicylic-acid oral 216 dose 1000
     dose acetylsalicylic-acid oral 216 day 4000`,
  ],
  [
    'FDA package insert of Diflucan, contraindications (wikidoc.org); PDR drug summary',
    `interaction fluconazole + erythromycin qt-prolongation contraindicated
     interaction fluconazole + astemizole qt-prolongation contraindicated
     dose fluconazole oral 6 day 12/kg`,
  ],
];

const antibiotics: readonly Reading[] = [
  [
    'Clarithromycin: interactions in the prescribing information of Pharmaniaga Clarithromycin and of Klacid (MIMS)',
    `interaction carbamazepine + clarithromycin toxicity monitor
     interaction digoxin + clarithromycin toxicity monitor
     interaction astemizole + macrolides* qt-prolongation contraindicated`,
  ],
  [
    'FDA label of levofloxacin, 2.1 and 2.3 (medlibrary.org)',
    `dose levofloxacin oral 216 dose 750
     dose levofloxacin oral 216 day 750
     renal levofloxacin 50 reduce`,
  ],
  [
    'FDA label of ciprofloxacin, dosage for adults (recallguide.org); spacing from calcium, iron and zinc (wikidoc.org)',
    `dose ciprofloxacin oral 216 dose 750
     dose ciprofloxacin oral 216 day 1500
     interaction ciprofloxacin + calcium-carbonate less-effect separate
     interaction ciprofloxacin + ferrous-sulfate less-effect separate
     interaction ciprofloxacin + zinc-sulfate less-effect separate`,
  ],
];

const readings: readonly Reading[] = [
  ...bleeding,
  ...heart,
  ...weeklyAndKidney,
  ...mind,
  ...painAndInfection,
  ...antibiotics,
];

const refName = (ref: Ref | RoutedRef): string => ('ingredient' in ref ? ref.ingredient : `${ref.class}*`);

/** A fact by all that is compared of it; empty for a kind that is not. */
export const factName = (fact: Fact): string => {
  switch (fact.kind) {
    case 'interaction':
      return `interaction ${refName(fact.a)} + ${refName(fact.b)} ${fact.effect} ${fact.advice}`;
    case 'cross-reactivity':
      return `cross ${refName(fact.a)} + ${refName(fact.b)}`;
    case 'dose':
      return [
        `dose ${fact.ingredient} ${fact.routes[0]} ${fact.ageFrom} ${fact.per}`,
        `${fact.max}${fact.perKg ? '/kg' : ''}`,
        ...(fact.schedule ? [`${fact.schedule.times}/${fact.schedule.days}`] : []),
      ].join(' ');
    case 'pregnancy':
      return `pregnancy ${refName(fact.of)} ${fact.trimesters.join(',')} ${fact.advice}`;
    case 'renal':
      return fact.below === null
        ? `renal ${refName(fact.of)} ${fact.advice}`
        : `renal ${refName(fact.of)} ${fact.below} ${fact.advice}`;
    default:
      return '';
  }
};

/** What each fact that was compared was compared with, by its name. */
export const compared: ReadonlyMap<string, NonNullable<Fact['checked']>> = new Map(
  readings.flatMap(([against, facts]) =>
    facts.split('\n').map((name) => [name.trim(), { on, against }] as const),
  ),
);

/** The fact with the mark that it was compared, where it was. What is said lower of another route was not. */
export const withReading = (fact: Fact): Fact => {
  const checked = compared.get(factName(fact));
  const isLower =
    fact.kind === 'interaction' && fact.severity === 'low' && fact.note?.startsWith('By this route');
  return checked === undefined || isLower ? fact : { ...fact, checked };
};
