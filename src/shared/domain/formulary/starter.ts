import type { Matcher } from '../safety/matching.ts';
import { type MedicineColumns, readMedicine } from './medicine.ts';

/**
 * A formulary to begin with, written for this product after the WHO Model List of Essential Medicines (23rd list, 2023) and
 * what primary care prescribes most: ingredients, strengths, form, route. A clinic changes it as it likes.
 */
const table = `
Paracetamol | 500 mg | tablet | oral
Paracetamol | 120 mg/5 ml | oral suspension | oral
Paracetamol | 125 mg | suppository | rectal
Ibuprofen | 200 mg | tablet | oral
Ibuprofen | 400 mg | tablet | oral
Ibuprofen | 100 mg/5 ml | oral suspension | oral
Acetylsalicylic acid | 75 mg | tablet | oral
Acetylsalicylic acid | 300 mg | tablet | oral
Naproxen | 250 mg | tablet | oral
Diclofenac | 50 mg | tablet | oral
Codeine | 30 mg | tablet | oral
Tramadol | 50 mg | capsule | oral
Morphine | 10 mg | tablet | oral
Amoxicillin | 250 mg | capsule | oral
Amoxicillin | 500 mg | capsule | oral
Amoxicillin | 125 mg/5 ml | oral suspension | oral
Amoxicillin | 250 mg/5 ml | oral suspension | oral
Amoxicillin + Clavulanic acid | 500 mg + 125 mg | tablet | oral
Amoxicillin + Clavulanic acid | 875 mg + 125 mg | tablet | oral
Phenoxymethylpenicillin | 250 mg | tablet | oral
Benzathine benzylpenicillin | 2400000 IU | vial | intramuscular
Cloxacillin | 500 mg | capsule | oral
Cefalexin | 250 mg | capsule | oral
Cefalexin | 500 mg | capsule | oral
Cefixime | 400 mg | capsule | oral
Ceftriaxone | 1 g | vial | intramuscular
Azithromycin | 250 mg | capsule | oral
Azithromycin | 500 mg | tablet | oral
Azithromycin | 200 mg/5 ml | oral suspension | oral
Clarithromycin | 500 mg | tablet | oral
Erythromycin | 250 mg | tablet | oral
Doxycycline | 100 mg | capsule | oral
Ciprofloxacin | 500 mg | tablet | oral
Sulfamethoxazole + Trimethoprim | 400 mg + 80 mg | tablet | oral
Sulfamethoxazole + Trimethoprim | 800 mg + 160 mg | tablet | oral
Sulfamethoxazole + Trimethoprim | 200 mg/5 ml + 40 mg/5 ml | oral suspension | oral
Nitrofurantoin | 100 mg | capsule | oral
Metronidazole | 250 mg | tablet | oral
Metronidazole | 500 mg | tablet | oral
Metronidazole | 200 mg/5 ml | oral suspension | oral
Gentamicin | 40 mg/ml | injection | intramuscular
Fluconazole | 150 mg | capsule | oral
Aciclovir | 400 mg | tablet | oral
Albendazole | 400 mg | tablet | oral
Artemether + Lumefantrine | 20 mg + 120 mg | tablet | oral
Hydroxychloroquine | 200 mg | tablet | oral
Amlodipine | 5 mg | tablet | oral
Amlodipine | 10 mg | tablet | oral
Nifedipine | 20 mg | tablet | oral
Lisinopril | 5 mg | tablet | oral
Lisinopril | 10 mg | tablet | oral
Lisinopril | 20 mg | tablet | oral
Enalapril | 5 mg | tablet | oral
Enalapril | 10 mg | tablet | oral
Captopril | 25 mg | tablet | oral
Losartan | 50 mg | tablet | oral
Valsartan | 80 mg | tablet | oral
Hydrochlorothiazide | 25 mg | tablet | oral
Amlodipine + Valsartan | 5 mg + 80 mg | tablet | oral
Lisinopril + Hydrochlorothiazide | 20 mg + 12.5 mg | tablet | oral
Furosemide | 40 mg | tablet | oral
Spironolactone | 25 mg | tablet | oral
Atenolol | 50 mg | tablet | oral
Bisoprolol | 5 mg | tablet | oral
Carvedilol | 6.25 mg | tablet | oral
Propranolol | 40 mg | tablet | oral
Methyldopa | 250 mg | tablet | oral
Glyceryl trinitrate | 0.5 mg | tablet | sublingual
Digoxin | 0.25 mg | tablet | oral
Simvastatin | 20 mg | tablet | oral
Atorvastatin | 20 mg | tablet | oral
Atorvastatin | 40 mg | tablet | oral
Warfarin | 1 mg | tablet | oral
Warfarin | 5 mg | tablet | oral
Clopidogrel | 75 mg | tablet | oral
Metformin | 500 mg | tablet | oral
Metformin | 850 mg | tablet | oral
Gliclazide | 80 mg | tablet | oral
Glibenclamide | 5 mg | tablet | oral
Insulin human | 100 IU/ml | injection | subcutaneous
Salbutamol | 0.1 mg/puff | inhaler | inhaled
Salbutamol | 5 mg/ml | nebuliser solution | nebulised
Beclometasone | 0.1 mg/puff | inhaler | inhaled
Budesonide + Formoterol | 0.2 mg/puff + 0.006 mg/puff | inhaler | inhaled
Ipratropium | 0.02 mg/puff | inhaler | inhaled
Montelukast | 10 mg | tablet | oral
Prednisolone | 5 mg | tablet | oral
Dexamethasone | 4 mg | tablet | oral
Hydrocortisone | 1 % | cream | topical
Levothyroxine | 50 ug | tablet | oral
Levothyroxine | 100 ug | tablet | oral
Omeprazole | 20 mg | capsule | oral
Metoclopramide | 10 mg | tablet | oral
Ondansetron | 4 mg | tablet | oral
Loperamide | 2 mg | capsule | oral
Oral rehydration salts | | powder, sachet | oral
Zinc sulfate | 20 mg | tablet | oral
Cetirizine | 10 mg | tablet | oral
Loratadine | 10 mg | tablet | oral
Chlorphenamine | 4 mg | tablet | oral
Amitriptyline | 25 mg | tablet | oral
Fluoxetine | 20 mg | capsule | oral
Sertraline | 50 mg | tablet | oral
Diazepam | 5 mg | tablet | oral
Haloperidol | 5 mg | tablet | oral
Carbamazepine | 200 mg | tablet | oral
Valproic acid | 200 mg | tablet | oral
Phenytoin | 100 mg | capsule | oral
Phenobarbital | 60 mg | tablet | oral
Allopurinol | 100 mg | tablet | oral
Colchicine | 0.5 mg | tablet | oral
Methotrexate | 2.5 mg | tablet | oral
Folic acid | 5 mg | tablet | oral
Ferrous sulfate | 200 mg | tablet | oral
Calcium carbonate | 500 mg | tablet | oral
Alendronic acid | 70 mg | tablet | oral
Levonorgestrel | 1.5 mg | tablet | oral
Ethinylestradiol + Levonorgestrel | 0.03 mg + 0.15 mg | tablet | oral
Medroxyprogesterone | 150 mg/ml | injection | intramuscular
Epinephrine | 1 mg/ml | injection | intramuscular
Tamsulosin | 0.4 mg | capsule | oral
`;

/** Where a medicine of the starter formulary says it is from. */
export const starterSource = 'ClinicHub starter formulary 2026.11';

/** The medicines of the starter formulary, with the keys of the data set `match` reads names for. */
export const starterFormulary = (match: Matcher): readonly MedicineColumns[] =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [ingredients = '', strength = '', form = '', route = ''] = line
        .split('|')
        .map((part) => part.trim());
      // A cream is applied, whatever it holds: its strength is told, not dosed.
      const isShare = strength.endsWith('%');
      const name = [ingredients, strength, form].filter((part) => part !== '').join(' ');
      const read = readMedicine(
        {
          name,
          ingredients,
          strength: isShare ? '' : strength,
          form,
          unitOfDose: isShare ? 'application' : '',
          route,
        },
        match,
      );
      if (!read.ok) throw new Error(`the starter formulary: ${line}`);
      return { ...read.columns, strength: strength === '' ? null : strength };
    });
