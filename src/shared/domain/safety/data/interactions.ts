import { z } from 'zod';
import { type DrugRoute, routes } from '../../prescribing/routes.ts';
import { type FactOf, factShapes } from '../facts.ts';
import { refBy } from './refs.ts';
import { label } from './sources.ts';
import { local, systemic } from './ways.ts';

/**
 * Of the labels' sections on interactions, contraindications and warnings: what matters most where such medicines meet. One
 * line each: the two, severity, effect, advice, whose label says so, and what the codes cannot say. `@` names routes of one
 * side: `body` is every one that acts in the whole body, and the same is then said lower of those that act where they are
 * put; without one it is any.
 */
const table = `
  warfarin | nsaids*@body | high | bleeding | monitor | warfarin sodium
  warfarin | acetylsalicylic-acid | high | bleeding | monitor | warfarin sodium
  warfarin | clopidogrel | high | bleeding | monitor | warfarin sodium
  warfarin | ssris* | moderate | bleeding | monitor | warfarin sodium
  warfarin | sulfamethoxazole | high | bleeding | monitor | sulfamethoxazole and trimethoprim | INR rises; another antibacterial, or INR within days.
  warfarin | metronidazole | high | bleeding | monitor | metronidazole | INR rises.
  warfarin | miconazole@mouth | high | bleeding | avoid | = MHRA, Drug Safety Update, September 2017: miconazole (Daktarin) oral gel and warfarin | Deaths have been reported with the gel of the mouth; where it is given, INR is watched closely.
  warfarin | miconazole@skin | low | bleeding | monitor | = MHRA, Drug Safety Update, June 2016: topical miconazole and warfarin | INR is watched.
  warfarin | fluconazole | high | bleeding | monitor | fluconazole | INR rises.
  warfarin | amiodarone | high | bleeding | adjust-dose | amiodarone | Prothrombin time rises by about 100 %; the dose of warfarin is reduced by a third to a half.
  warfarin | macrolides*@body | moderate | bleeding | monitor | clarithromycin
  warfarin | fluoroquinolones*@body | moderate | bleeding | monitor | ciprofloxacin
  warfarin | enzyme-inducing-antiepileptics* | moderate | less-effect | monitor | warfarin sodium
  warfarin | allopurinol | moderate | bleeding | monitor | warfarin sodium
  warfarin | paracetamol | low | bleeding | monitor | acetaminophen | With regular use; INR is watched.
  warfarin | levothyroxine | moderate | bleeding | monitor | levothyroxine sodium
  warfarin | simvastatin | low | bleeding | monitor | simvastatin
  warfarin | rosuvastatin | moderate | bleeding | monitor | rosuvastatin
  warfarin | tramadol | moderate | bleeding | monitor | tramadol hydrochloride
  rivaroxaban | nsaids*@body | high | bleeding | monitor | rivaroxaban
  rivaroxaban | acetylsalicylic-acid | high | bleeding | monitor | rivaroxaban
  rivaroxaban | clopidogrel | high | bleeding | monitor | rivaroxaban
  rivaroxaban | ssris* | moderate | bleeding | monitor | rivaroxaban
  rivaroxaban | enzyme-inducing-antiepileptics* | high | less-effect | avoid | rivaroxaban
  enoxaparin | nsaids*@body | high | bleeding | monitor | enoxaparin sodium
  enoxaparin | antiplatelets* | high | bleeding | monitor | enoxaparin sodium
  alteplase | anticoagulants* | high | bleeding | avoid | alteplase
  acetylsalicylic-acid | nsaids*@body | moderate | bleeding | avoid | ibuprofen | Ibuprofen may also take away the protection low-dose aspirin gives.
  clopidogrel | omeprazole | moderate | less-effect | avoid | clopidogrel
  clopidogrel | nsaids*@body | moderate | bleeding | monitor | clopidogrel
  clopidogrel | ssris* | moderate | bleeding | monitor | clopidogrel
  clopidogrel | opioids* | low | less-effect | monitor | clopidogrel
  ssris* | nsaids*@body | moderate | bleeding | monitor | sertraline
  ssris* | acetylsalicylic-acid | moderate | bleeding | monitor | sertraline
  ssris* | tramadol | high | serotonin-syndrome | monitor | tramadol hydrochloride | Seizures as well.
  ssris* | pethidine | high | serotonin-syndrome | monitor | meperidine hydrochloride
  ssris* | amitriptyline | moderate | serotonin-syndrome | monitor | amitriptyline hydrochloride | Fluoxetine also raises its level.
  ssris* | dextromethorphan | moderate | serotonin-syndrome | monitor | fluoxetine
  ssris* | lithium | moderate | serotonin-syndrome | monitor | fluoxetine
  amitriptyline | tramadol | high | serotonin-syndrome | monitor | tramadol hydrochloride | Seizures as well.
  citalopram | amiodarone | high | qt-prolongation | avoid | citalopram
  citalopram | haloperidol | high | qt-prolongation | avoid | citalopram
  citalopram | ondansetron | moderate | qt-prolongation | monitor | ondansetron
  citalopram | omeprazole | moderate | qt-prolongation | adjust-dose | citalopram | Citalopram 20 mg a day at most.
  haloperidol | amiodarone | high | qt-prolongation | avoid | haloperidol
  haloperidol | carbamazepine | moderate | less-effect | monitor | haloperidol
  haloperidol | lithium | moderate | toxicity | monitor | haloperidol | Encephalopathy has been reported.
  risperidone | carbamazepine | moderate | less-effect | adjust-dose | risperidone
  risperidone | fluoxetine | moderate | toxicity | adjust-dose | risperidone
  macrolides*@body | amiodarone | high | qt-prolongation | avoid | erythromycin
  fluoroquinolones*@body | amiodarone | high | qt-prolongation | avoid | levofloxacin
  hydroxychloroquine | amiodarone | high | qt-prolongation | avoid | hydroxychloroquine sulfate
  hydroxychloroquine | digoxin | moderate | toxicity | monitor | hydroxychloroquine sulfate
  hydroxychloroquine | sulfonylureas* | moderate | hypoglycaemia | monitor | hydroxychloroquine sulfate
  astemizole | macrolides*@body | high | qt-prolongation | contraindicated | astemizole | Astemizole was withdrawn for this.
  lumefantrine | macrolides*@body | high | qt-prolongation | avoid | artemether and lumefantrine
  artemether | enzyme-inducing-antiepileptics* | high | less-effect | contraindicated | artemether and lumefantrine
  simvastatin | clarithromycin | high | muscle-damage | contraindicated | simvastatin
  simvastatin | erythromycin@body | high | muscle-damage | contraindicated | simvastatin
  simvastatin | amlodipine | moderate | muscle-damage | adjust-dose | simvastatin | Simvastatin 20 mg a day at most.
  simvastatin | amiodarone | moderate | muscle-damage | adjust-dose | simvastatin | Simvastatin 20 mg a day at most.
  simvastatin | rate-limiting-calcium-blockers* | high | muscle-damage | adjust-dose | simvastatin | Simvastatin 10 mg a day at most.
  atorvastatin | clarithromycin | moderate | muscle-damage | adjust-dose | atorvastatin | Atorvastatin 20 mg a day at most.
  statins* | colchicine | moderate | muscle-damage | monitor | colchicine
  colchicine | clarithromycin | high | toxicity | adjust-dose | colchicine | Contraindicated where liver or kidneys are impaired.
  colchicine | rate-limiting-calcium-blockers* | moderate | toxicity | adjust-dose | colchicine
  ace-inhibitors* | angiotensin-receptor-blockers* | high | hyperkalaemia | avoid | lisinopril | Hypotension and kidney injury as well.
  ace-inhibitors* | spironolactone | moderate | hyperkalaemia | monitor | spironolactone
  ace-inhibitors* | potassium-chloride | high | hyperkalaemia | monitor | potassium chloride
  ace-inhibitors* | nsaids*@body | moderate | kidney-injury | monitor | lisinopril | They also lower blood pressure less.
  ace-inhibitors* | lithium | high | toxicity | monitor | lithium carbonate
  ace-inhibitors* | trimethoprim | moderate | hyperkalaemia | monitor | sulfamethoxazole and trimethoprim
  ace-inhibitors* | allopurinol | low | other | monitor | allopurinol | Hypersensitivity has been reported, more so with poor kidneys.
  ace-inhibitors* | thiazides* | low | hypotension | monitor | lisinopril | After the first doses.
  ace-inhibitors* | furosemide | low | hypotension | monitor | lisinopril | After the first doses.
  angiotensin-receptor-blockers* | spironolactone | moderate | hyperkalaemia | monitor | losartan potassium
  angiotensin-receptor-blockers* | potassium-chloride | high | hyperkalaemia | monitor | potassium chloride
  angiotensin-receptor-blockers* | nsaids*@body | moderate | kidney-injury | monitor | losartan potassium
  angiotensin-receptor-blockers* | lithium | high | toxicity | monitor | lithium carbonate
  angiotensin-receptor-blockers* | trimethoprim | moderate | hyperkalaemia | monitor | sulfamethoxazole and trimethoprim
  spironolactone | potassium-chloride | high | hyperkalaemia | contraindicated | potassium chloride
  spironolactone | trimethoprim | high | hyperkalaemia | avoid | spironolactone
  spironolactone | nsaids*@body | moderate | hyperkalaemia | monitor | spironolactone
  thiazides* | lithium | high | toxicity | monitor | lithium carbonate
  thiazides* | nsaids*@body | moderate | less-effect | monitor | hydrochlorothiazide
  furosemide | nsaids*@body | moderate | less-effect | monitor | furosemide
  furosemide | lithium | high | toxicity | avoid | furosemide
  furosemide | gentamicin@body | high | toxicity | avoid | furosemide | Hearing loss.
  furosemide | digoxin | moderate | hypokalaemia | monitor | digoxin | Low potassium makes digoxin toxic.
  thiazides* | digoxin | moderate | hypokalaemia | monitor | digoxin | Low potassium makes digoxin toxic.
  digoxin | amiodarone | high | toxicity | adjust-dose | amiodarone | The dose of digoxin is halved or it is stopped.
  digoxin | verapamil | high | toxicity | adjust-dose | digoxin
  digoxin | clarithromycin | high | toxicity | monitor | clarithromycin
  digoxin | erythromycin@body | moderate | toxicity | monitor | digoxin
  beta-blockers* | rate-limiting-calcium-blockers* | high | bradycardia | avoid | verapamil hydrochloride
  beta-blockers* | digoxin | moderate | bradycardia | monitor | metoprolol
  beta-blockers* | amiodarone | moderate | bradycardia | monitor | amiodarone
  beta-blockers* | sulfonylureas* | low | hypoglycaemia | monitor | atenolol | Signs of low glucose may be hidden.
  beta-blockers* | insulin-human | low | hypoglycaemia | monitor | insulin human | Signs of low glucose may be hidden.
  beta-blockers* | salbutamol | moderate | less-effect | avoid | albuterol sulfate | Bronchospasm in asthma.
  beta-blockers* | long-acting-beta-agonists* | moderate | less-effect | avoid | salmeterol | Bronchospasm in asthma.
  beta-blockers* | nsaids*@body | low | less-effect | monitor | propranolol hydrochloride
  beta-blockers* | epinephrine | moderate | hypertension | monitor | epinephrine | Propranolol above all.
  timolol | fluoxetine | moderate | bradycardia | monitor | timolol maleate ophthalmic solution | Less of it is broken down.
  metoprolol | fluoxetine | moderate | bradycardia | monitor | metoprolol
  amlodipine | clarithromycin | moderate | hypotension | monitor | amlodipine
  nifedipine | enzyme-inducing-antiepileptics* | moderate | less-effect | avoid | nifedipine
  nifedipine | clarithromycin | moderate | hypotension | monitor | clarithromycin
  sildenafil | nitrates* | high | hypotension | contraindicated | sildenafil
  sildenafil | amlodipine | low | hypotension | monitor | sildenafil
  sildenafil | tamsulosin | moderate | hypotension | adjust-dose | sildenafil | Sildenafil begins with 25 mg.
  tamsulosin | clarithromycin | moderate | hypotension | avoid | tamsulosin hydrochloride
  lithium | nsaids*@body | high | toxicity | monitor | lithium carbonate
  lithium | metronidazole | high | toxicity | monitor | lithium carbonate | Its level rises.
  lithium | methyldopa | moderate | toxicity | monitor | methyldopa
  methyldopa | ferrous-sulfate | moderate | less-effect | avoid | methyldopa
  methotrexate | nsaids*@body | high | toxicity | monitor | methotrexate
  methotrexate | acetylsalicylic-acid | high | toxicity | monitor | methotrexate
  methotrexate | trimethoprim | high | bone-marrow | avoid | methotrexate
  methotrexate | sulfamethoxazole | high | bone-marrow | avoid | methotrexate
  methotrexate | penicillins* | moderate | toxicity | monitor | methotrexate
  methotrexate | proton-pump-inhibitors* | moderate | toxicity | monitor | methotrexate
  methotrexate | folic-acid | low | other | monitor | methotrexate | Wanted in rheumatology; may lessen the effect on tumours.
  metformin | systemic-corticosteroids*@body | low | hyperglycaemia | monitor | metformin hydrochloride
  metformin | thiazides* | low | hyperglycaemia | monitor | metformin hydrochloride
  metformin | sulfonylureas* | low | hypoglycaemia | monitor | metformin hydrochloride
  glp-1-agonists* | insulin-human | moderate | hypoglycaemia | adjust-dose | semaglutide
  glp-1-agonists* | sulfonylureas* | moderate | hypoglycaemia | adjust-dose | semaglutide
  metformin | insulin-human | low | hypoglycaemia | monitor | metformin hydrochloride
  insulin-human | sulfonylureas* | moderate | hypoglycaemia | monitor | insulin human
  insulin-human | systemic-corticosteroids*@body | moderate | hyperglycaemia | monitor | insulin human
  sulfonylureas* | fluconazole | moderate | hypoglycaemia | monitor | fluconazole
  sulfonylureas* | fluoroquinolones*@body | moderate | hypoglycaemia | monitor | ciprofloxacin
  sulfonylureas* | sulfamethoxazole | moderate | hypoglycaemia | monitor | sulfamethoxazole and trimethoprim
  glibenclamide | clarithromycin | moderate | hypoglycaemia | monitor | clarithromycin
  systemic-corticosteroids*@body | nsaids*@body | moderate | bleeding | monitor | prednisone | Of the stomach.
  systemic-corticosteroids*@body | fluoroquinolones*@body | moderate | other | monitor | levofloxacin | Tendon rupture, more so after 60 years of age.
  systemic-corticosteroids*@body | enzyme-inducing-antiepileptics* | moderate | less-effect | adjust-dose | prednisone
  levothyroxine | calcium-carbonate | moderate | less-effect | separate | levothyroxine sodium | Four hours apart.
  levothyroxine | ferrous-sulfate | moderate | less-effect | separate | levothyroxine sodium | Four hours apart.
  levothyroxine | proton-pump-inhibitors* | low | less-effect | monitor | levothyroxine sodium
  levothyroxine | enzyme-inducing-antiepileptics* | moderate | less-effect | monitor | levothyroxine sodium
  ciprofloxacin@oral | calcium-carbonate | moderate | less-effect | separate | ciprofloxacin | Two hours before or six hours after.
  ciprofloxacin@oral | ferrous-sulfate | moderate | less-effect | separate | ciprofloxacin | Two hours before or six hours after.
  ciprofloxacin@oral | zinc-sulfate | moderate | less-effect | separate | ciprofloxacin | Two hours before or six hours after.
  levofloxacin@oral | ferrous-sulfate | moderate | less-effect | separate | levofloxacin | Two hours apart.
  fluoroquinolones*@body | nsaids*@body | low | seizures | monitor | ciprofloxacin
  doxycycline | calcium-carbonate | moderate | less-effect | separate | doxycycline
  doxycycline | ferrous-sulfate | moderate | less-effect | separate | doxycycline
  doxycycline | enzyme-inducing-antiepileptics* | moderate | less-effect | monitor | doxycycline
  doxycycline | penicillins* | low | less-effect | avoid | doxycycline
  bisphosphonates* | calcium-carbonate | moderate | less-effect | separate | alendronate sodium | At least half an hour after alendronate or risedronate, an hour after ibandronate.
  bisphosphonates* | ferrous-sulfate | moderate | less-effect | separate | risedronate sodium
  bisphosphonates* | nsaids*@body | low | other | monitor | alendronate sodium | Stomach irritation.
  carbamazepine | clarithromycin | high | toxicity | monitor | carbamazepine
  carbamazepine | erythromycin@body | high | toxicity | monitor | carbamazepine
  carbamazepine | verapamil | moderate | toxicity | monitor | carbamazepine
  enzyme-inducing-antiepileptics* | combined-oestrogens* | high | less-effect | avoid | ethinyl estradiol and levonorgestrel | Contraception may fail.
  enzyme-inducing-antiepileptics* | progestogens* | high | less-effect | avoid | ethinyl estradiol and levonorgestrel | Contraception may fail; an injection or a device in the womb is affected less.
  lamotrigine | valproic-acid | high | toxicity | adjust-dose | lamotrigine | Severe rash; lamotrigine is begun at half the dose.
  lamotrigine | combined-oestrogens* | moderate | less-effect | adjust-dose | lamotrigine
  lamotrigine | enzyme-inducing-antiepileptics* | moderate | less-effect | adjust-dose | lamotrigine
  valproic-acid | phenobarbital | moderate | sedation | monitor | valproic acid
  valproic-acid | phenytoin | moderate | toxicity | monitor | valproic acid
  valproic-acid | acetylsalicylic-acid | moderate | toxicity | monitor | valproic acid
  phenytoin | fluconazole | high | toxicity | monitor | fluconazole
  fluconazole | erythromycin@body | high | qt-prolongation | contraindicated | fluconazole
  fluconazole | astemizole | high | qt-prolongation | contraindicated | fluconazole
  fluconazole | clarithromycin | moderate | qt-prolongation | monitor | fluconazole
  fluconazole | azithromycin@body | moderate | qt-prolongation | monitor | fluconazole
  fluconazole | simvastatin | moderate | muscle-damage | monitor | fluconazole
  opioids* | benzodiazepines* | high | respiratory-depression | avoid | oxycodone hydrochloride | Boxed warning.
  opioids* | sedating-antihistamines* | moderate | respiratory-depression | monitor | oxycodone hydrochloride
  opioids* | antipsychotics* | moderate | respiratory-depression | monitor | oxycodone hydrochloride
  opioids* | phenobarbital | high | respiratory-depression | avoid | oxycodone hydrochloride
  opioids* | amitriptyline | moderate | respiratory-depression | monitor | oxycodone hydrochloride
  tramadol | carbamazepine | high | seizures | avoid | tramadol hydrochloride
  codeine | fluoxetine | moderate | less-effect | monitor | codeine sulfate
  benzodiazepines* | sedating-antihistamines* | moderate | sedation | monitor | diazepam
  benzodiazepines* | antipsychotics* | moderate | sedation | monitor | diazepam
  benzodiazepines* | phenobarbital | high | respiratory-depression | avoid | diazepam
  lorazepam | valproic-acid | moderate | sedation | adjust-dose | lorazepam | Lorazepam is halved.
  metoclopramide | antipsychotics* | high | other | avoid | metoclopramide | Movement disorders and neuroleptic malignant syndrome.
  metoclopramide | opioids* | low | less-effect | monitor | metoclopramide
  ondansetron | tramadol | moderate | serotonin-syndrome | monitor | ondansetron
  cholinesterase-inhibitors* | sedating-antihistamines* | moderate | less-effect | avoid | donepezil hydrochloride
  cholinesterase-inhibitors* | atropine | moderate | less-effect | monitor | galantamine
  ipratropium | sedating-antihistamines* | low | anticholinergic | monitor | ipratropium bromide
  amitriptyline | sedating-antihistamines* | moderate | anticholinergic | monitor | amitriptyline hydrochloride
  amitriptyline | amiodarone | high | qt-prolongation | avoid | amiodarone
  fluticasone | clarithromycin | moderate | toxicity | monitor | fluticasone propionate | Strong inhibitors of CYP3A4 raise its level.
  salmeterol | clarithromycin | moderate | qt-prolongation | avoid | salmeterol
  salbutamol | furosemide | low | hypokalaemia | monitor | albuterol sulfate
  salbutamol | thiazides* | low | hypokalaemia | monitor | albuterol sulfate
  salbutamol | digoxin | low | less-effect | monitor | albuterol sulfate
  omeprazole | digoxin | low | toxicity | monitor | omeprazole
  gentamicin@body | vancomycin | high | kidney-injury | monitor | vancomycin
  vancomycin | piperacillin | moderate | kidney-injury | monitor | piperacillin and tazobactam
  amoxicillin | allopurinol | low | other | monitor | amoxicillin | Rashes are more frequent.
  amoxicillin | combined-oestrogens* | low | less-effect | monitor | amoxicillin
  amoxicillin | warfarin | moderate | bleeding | monitor | amoxicillin
  cefalexin | metformin | low | toxicity | monitor | cephalexin
  drospirenone | ace-inhibitors* | moderate | hyperkalaemia | monitor | drospirenone and ethinyl estradiol
  drospirenone | spironolactone | moderate | hyperkalaemia | monitor | drospirenone and ethinyl estradiol
  loratadine | amiodarone | moderate | qt-prolongation | monitor | amiodarone
  montelukast | phenobarbital | low | less-effect | monitor | montelukast
`;

type Interaction = FactOf<'interaction'>;

const skin: readonly DrugRoute[] = ['topical', 'ocular', 'otic'];
const ways: Readonly<Record<string, readonly DrugRoute[]>> = {
  body: systemic,
  oral: ['oral'],
  skin,
  mouth: routes.filter((route) => !skin.includes(route)),
};

interface Side {
  readonly of: string;
  readonly routes: readonly DrugRoute[] | null;
  readonly inBody: boolean;
}

const side = (text: string): Side => {
  const [of = '', way] = text.split('@');
  return { of, routes: way === undefined ? null : (ways[way] ?? null), inBody: way === 'body' };
};

const locally = 'By this route little of it reaches the blood.';

/** The line by its routes, and lower for each other way a side may be taken. */
const byRoutes = (a: Side, b: Side, fact: Omit<Interaction, 'a' | 'b'>): readonly unknown[] => {
  const lower = { ...fact, severity: 'low', advice: 'monitor', note: locally };
  const pair = (routesOfA: Side['routes'], routesOfB: Side['routes']) => ({
    a: refBy(a.of, routesOfA),
    b: refBy(b.of, routesOfB),
  });
  return [
    { ...fact, ...pair(a.routes, b.routes) },
    ...(a.inBody ? [{ ...lower, ...pair(local, b.inBody ? null : b.routes) }] : []),
    ...(b.inBody ? [{ ...lower, ...pair(a.routes, local) }] : []),
  ];
};

/** Pairs that are to be seen before they are prescribed. */
export const interactions: readonly Interaction[] = z.array(factShapes.interaction).parse(
  table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [a = '', b = '', severity, effect, advice, of = '', note] = line
        .split('|')
        .map((part) => part.trim());
      const source = of.startsWith('= ')
        ? of.slice(2)
        : label(of, 'contraindications, warnings and drug interactions');
      const words = { kind: 'interaction', severity, effect, advice, note, source };
      return byRoutes(side(a), side(b), words as Omit<Interaction, 'a' | 'b'>);
    }),
);
