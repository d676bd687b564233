import { z } from 'zod';
import { type FactOf, factShapes } from '../facts.ts';
import { ref } from './refs.ts';
import { label } from './sources.ts';

/**
 * Of the labels' sections on interactions, contraindications and warnings: what matters most where such medicines meet. One
 * line each: the two, severity, effect, advice, whose label says so, and what the codes cannot say.
 */
const table = `
  warfarin | nsaids* | high | bleeding | avoid | warfarin sodium
  warfarin | acetylsalicylic-acid | high | bleeding | avoid | warfarin sodium
  warfarin | clopidogrel | high | bleeding | monitor | warfarin sodium
  warfarin | ssris* | moderate | bleeding | monitor | warfarin sodium
  warfarin | sulfamethoxazole | high | bleeding | monitor | sulfamethoxazole and trimethoprim | INR rises; another antibacterial, or INR within days.
  warfarin | metronidazole | high | bleeding | monitor | metronidazole | INR rises.
  warfarin | fluconazole | high | bleeding | monitor | fluconazole | INR rises.
  warfarin | amiodarone | high | bleeding | adjust-dose | amiodarone | Prothrombin time rises by about 100 %; the dose of warfarin is reduced by a third to a half.
  warfarin | macrolides* | moderate | bleeding | monitor | clarithromycin
  warfarin | fluoroquinolones* | moderate | bleeding | monitor | ciprofloxacin
  warfarin | enzyme-inducing-antiepileptics* | moderate | less-effect | monitor | warfarin sodium
  warfarin | allopurinol | moderate | bleeding | monitor | warfarin sodium
  warfarin | paracetamol | low | bleeding | monitor | acetaminophen | With regular use; INR is watched.
  warfarin | levothyroxine | moderate | bleeding | monitor | levothyroxine sodium
  warfarin | simvastatin | low | bleeding | monitor | simvastatin
  warfarin | rosuvastatin | moderate | bleeding | monitor | rosuvastatin
  warfarin | tramadol | moderate | bleeding | monitor | tramadol hydrochloride
  rivaroxaban | nsaids* | high | bleeding | avoid | rivaroxaban
  rivaroxaban | acetylsalicylic-acid | high | bleeding | avoid | rivaroxaban
  rivaroxaban | clopidogrel | high | bleeding | avoid | rivaroxaban
  rivaroxaban | ssris* | moderate | bleeding | monitor | rivaroxaban
  rivaroxaban | enzyme-inducing-antiepileptics* | high | less-effect | avoid | rivaroxaban
  enoxaparin | nsaids* | high | bleeding | monitor | enoxaparin sodium
  enoxaparin | antiplatelets* | high | bleeding | monitor | enoxaparin sodium
  alteplase | anticoagulants* | high | bleeding | avoid | alteplase
  acetylsalicylic-acid | nsaids* | moderate | bleeding | avoid | ibuprofen | Ibuprofen may also take away the protection low-dose aspirin gives.
  clopidogrel | omeprazole | moderate | less-effect | avoid | clopidogrel
  clopidogrel | nsaids* | moderate | bleeding | monitor | clopidogrel
  clopidogrel | ssris* | moderate | bleeding | monitor | clopidogrel
  clopidogrel | opioids* | low | less-effect | monitor | clopidogrel
  ssris* | nsaids* | moderate | bleeding | monitor | sertraline
  ssris* | acetylsalicylic-acid | moderate | bleeding | monitor | sertraline
  ssris* | tramadol | high | serotonin-syndrome | avoid | tramadol hydrochloride | Seizures as well.
  ssris* | pethidine | high | serotonin-syndrome | monitor | meperidine hydrochloride
  ssris* | amitriptyline | moderate | serotonin-syndrome | monitor | amitriptyline hydrochloride | Fluoxetine also raises its level.
  ssris* | dextromethorphan | moderate | serotonin-syndrome | monitor | fluoxetine
  ssris* | lithium | moderate | serotonin-syndrome | monitor | fluoxetine
  amitriptyline | tramadol | high | serotonin-syndrome | avoid | tramadol hydrochloride | Seizures as well.
  citalopram | amiodarone | high | qt-prolongation | avoid | citalopram
  citalopram | haloperidol | high | qt-prolongation | avoid | citalopram
  citalopram | ondansetron | moderate | qt-prolongation | monitor | ondansetron
  citalopram | omeprazole | moderate | qt-prolongation | adjust-dose | citalopram | Citalopram 20 mg a day at most.
  haloperidol | amiodarone | high | qt-prolongation | avoid | haloperidol
  haloperidol | carbamazepine | moderate | less-effect | monitor | haloperidol
  haloperidol | lithium | moderate | toxicity | monitor | haloperidol | Encephalopathy has been reported.
  risperidone | carbamazepine | moderate | less-effect | adjust-dose | risperidone
  risperidone | fluoxetine | moderate | toxicity | adjust-dose | risperidone
  macrolides* | amiodarone | high | qt-prolongation | avoid | erythromycin
  fluoroquinolones* | amiodarone | high | qt-prolongation | avoid | levofloxacin
  hydroxychloroquine | amiodarone | high | qt-prolongation | avoid | hydroxychloroquine sulfate
  hydroxychloroquine | digoxin | moderate | toxicity | monitor | hydroxychloroquine sulfate
  hydroxychloroquine | sulfonylureas* | moderate | hypoglycaemia | monitor | hydroxychloroquine sulfate
  astemizole | macrolides* | high | qt-prolongation | contraindicated | astemizole | Astemizole was withdrawn for this.
  lumefantrine | macrolides* | high | qt-prolongation | avoid | artemether and lumefantrine
  artemether | enzyme-inducing-antiepileptics* | high | less-effect | contraindicated | artemether and lumefantrine
  simvastatin | clarithromycin | high | muscle-damage | contraindicated | simvastatin
  simvastatin | erythromycin | high | muscle-damage | contraindicated | simvastatin
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
  ace-inhibitors* | nsaids* | moderate | kidney-injury | monitor | lisinopril | They also lower blood pressure less.
  ace-inhibitors* | lithium | high | toxicity | monitor | lithium carbonate
  ace-inhibitors* | trimethoprim | moderate | hyperkalaemia | monitor | sulfamethoxazole and trimethoprim
  ace-inhibitors* | allopurinol | low | other | monitor | allopurinol | Hypersensitivity has been reported, more so with poor kidneys.
  ace-inhibitors* | thiazides* | low | hypotension | monitor | lisinopril | After the first doses.
  ace-inhibitors* | furosemide | low | hypotension | monitor | lisinopril | After the first doses.
  angiotensin-receptor-blockers* | spironolactone | moderate | hyperkalaemia | monitor | losartan potassium
  angiotensin-receptor-blockers* | potassium-chloride | high | hyperkalaemia | monitor | potassium chloride
  angiotensin-receptor-blockers* | nsaids* | moderate | kidney-injury | monitor | losartan potassium
  angiotensin-receptor-blockers* | lithium | high | toxicity | monitor | lithium carbonate
  angiotensin-receptor-blockers* | trimethoprim | moderate | hyperkalaemia | monitor | sulfamethoxazole and trimethoprim
  spironolactone | potassium-chloride | high | hyperkalaemia | contraindicated | potassium chloride
  spironolactone | trimethoprim | high | hyperkalaemia | avoid | spironolactone
  spironolactone | nsaids* | moderate | hyperkalaemia | monitor | spironolactone
  thiazides* | lithium | high | toxicity | monitor | lithium carbonate
  thiazides* | nsaids* | moderate | less-effect | monitor | hydrochlorothiazide
  furosemide | nsaids* | moderate | less-effect | monitor | furosemide
  furosemide | lithium | high | toxicity | avoid | furosemide
  furosemide | gentamicin | high | toxicity | avoid | furosemide | Hearing loss.
  furosemide | digoxin | moderate | hypokalaemia | monitor | digoxin | Low potassium makes digoxin toxic.
  thiazides* | digoxin | moderate | hypokalaemia | monitor | digoxin | Low potassium makes digoxin toxic.
  digoxin | amiodarone | high | toxicity | adjust-dose | amiodarone | The dose of digoxin is halved or it is stopped.
  digoxin | verapamil | high | toxicity | adjust-dose | digoxin
  digoxin | clarithromycin | high | toxicity | monitor | clarithromycin
  digoxin | erythromycin | moderate | toxicity | monitor | digoxin
  beta-blockers* | rate-limiting-calcium-blockers* | high | bradycardia | avoid | verapamil hydrochloride
  beta-blockers* | digoxin | moderate | bradycardia | monitor | metoprolol
  beta-blockers* | amiodarone | moderate | bradycardia | monitor | amiodarone
  beta-blockers* | sulfonylureas* | low | hypoglycaemia | monitor | atenolol | Signs of low glucose may be hidden.
  beta-blockers* | insulin-human | low | hypoglycaemia | monitor | insulin human | Signs of low glucose may be hidden.
  beta-blockers* | salbutamol | moderate | less-effect | avoid | albuterol sulfate | Bronchospasm in asthma.
  beta-blockers* | long-acting-beta-agonists* | moderate | less-effect | avoid | salmeterol | Bronchospasm in asthma.
  beta-blockers* | nsaids* | low | less-effect | monitor | propranolol hydrochloride
  beta-blockers* | epinephrine | moderate | hypertension | monitor | epinephrine | Propranolol above all.
  metoprolol | fluoxetine | moderate | bradycardia | monitor | metoprolol
  amlodipine | clarithromycin | moderate | hypotension | monitor | amlodipine
  nifedipine | enzyme-inducing-antiepileptics* | moderate | less-effect | avoid | nifedipine
  nifedipine | clarithromycin | moderate | hypotension | monitor | clarithromycin
  sildenafil | nitrates* | high | hypotension | contraindicated | sildenafil
  sildenafil | amlodipine | low | hypotension | monitor | sildenafil
  sildenafil | tamsulosin | moderate | hypotension | adjust-dose | sildenafil | Sildenafil begins with 25 mg.
  tamsulosin | clarithromycin | moderate | hypotension | avoid | tamsulosin hydrochloride
  lithium | nsaids* | high | toxicity | monitor | lithium carbonate
  lithium | methyldopa | moderate | toxicity | monitor | methyldopa
  methyldopa | ferrous-sulfate | moderate | less-effect | avoid | methyldopa
  methotrexate | nsaids* | high | toxicity | monitor | methotrexate
  methotrexate | acetylsalicylic-acid | high | toxicity | monitor | methotrexate
  methotrexate | trimethoprim | high | bone-marrow | avoid | methotrexate
  methotrexate | sulfamethoxazole | high | bone-marrow | avoid | methotrexate
  methotrexate | penicillins* | moderate | toxicity | monitor | methotrexate
  methotrexate | proton-pump-inhibitors* | moderate | toxicity | monitor | methotrexate
  methotrexate | folic-acid | low | other | monitor | methotrexate | Wanted in rheumatology; may lessen the effect on tumours.
  metformin | systemic-corticosteroids* | low | hyperglycaemia | monitor | metformin hydrochloride
  metformin | thiazides* | low | hyperglycaemia | monitor | metformin hydrochloride
  metformin | sulfonylureas* | low | hypoglycaemia | monitor | metformin hydrochloride
  metformin | insulin-human | low | hypoglycaemia | monitor | metformin hydrochloride
  insulin-human | sulfonylureas* | moderate | hypoglycaemia | monitor | insulin human
  insulin-human | systemic-corticosteroids* | moderate | hyperglycaemia | monitor | insulin human
  sulfonylureas* | fluconazole | moderate | hypoglycaemia | monitor | fluconazole
  sulfonylureas* | fluoroquinolones* | moderate | hypoglycaemia | monitor | ciprofloxacin
  sulfonylureas* | sulfamethoxazole | moderate | hypoglycaemia | monitor | sulfamethoxazole and trimethoprim
  glibenclamide | clarithromycin | moderate | hypoglycaemia | monitor | clarithromycin
  systemic-corticosteroids* | nsaids* | moderate | bleeding | monitor | prednisone | Of the stomach.
  systemic-corticosteroids* | fluoroquinolones* | moderate | other | monitor | levofloxacin | Tendon rupture, more so after 60 years of age.
  systemic-corticosteroids* | enzyme-inducing-antiepileptics* | moderate | less-effect | adjust-dose | prednisone
  levothyroxine | calcium-carbonate | moderate | less-effect | separate | levothyroxine sodium | Four hours apart.
  levothyroxine | ferrous-sulfate | moderate | less-effect | separate | levothyroxine sodium | Four hours apart.
  levothyroxine | proton-pump-inhibitors* | low | less-effect | monitor | levothyroxine sodium
  levothyroxine | enzyme-inducing-antiepileptics* | moderate | less-effect | monitor | levothyroxine sodium
  ciprofloxacin | calcium-carbonate | moderate | less-effect | separate | ciprofloxacin | Two hours before or six hours after.
  ciprofloxacin | ferrous-sulfate | moderate | less-effect | separate | ciprofloxacin | Two hours before or six hours after.
  ciprofloxacin | zinc-sulfate | moderate | less-effect | separate | ciprofloxacin | Two hours before or six hours after.
  levofloxacin | ferrous-sulfate | moderate | less-effect | separate | levofloxacin | Two hours apart.
  fluoroquinolones* | nsaids* | low | seizures | monitor | ciprofloxacin
  doxycycline | calcium-carbonate | moderate | less-effect | separate | doxycycline
  doxycycline | ferrous-sulfate | moderate | less-effect | separate | doxycycline
  doxycycline | enzyme-inducing-antiepileptics* | moderate | less-effect | monitor | doxycycline
  doxycycline | penicillins* | low | less-effect | avoid | doxycycline
  alendronic-acid | calcium-carbonate | moderate | less-effect | separate | alendronate sodium | At least half an hour after alendronate.
  alendronic-acid | nsaids* | low | other | monitor | alendronate sodium | Stomach irritation.
  carbamazepine | clarithromycin | high | toxicity | monitor | carbamazepine
  carbamazepine | erythromycin | high | toxicity | monitor | carbamazepine
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
  fluconazole | macrolides* | moderate | qt-prolongation | monitor | fluconazole | Erythromycin is contraindicated.
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
  gentamicin | vancomycin | high | kidney-injury | monitor | vancomycin
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

/** Pairs that are to be seen before they are prescribed. */
export const interactions: readonly FactOf<'interaction'>[] = z.array(factShapes.interaction).parse(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [a = '', b = '', severity, effect, advice, of = '', note] = line
        .split('|')
        .map((part) => part.trim());
      const source = label(of, 'contraindications, warnings and drug interactions');
      return { kind: 'interaction', a: ref(a), b: ref(b), severity, effect, advice, note, source };
    }),
);
