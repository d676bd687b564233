import type { ClinicCentre } from './e2e-clinic.ts';

const medicines = [
  ['Amoxicillin 500 mg capsule', 'amoxicillin', 'Amoxicillin', '500', 'mg', 'capsule'],
  ['Paracetamol 500 mg tablet', 'paracetamol', 'Paracetamol', '500', 'mg', 'tablet'],
] as const;

/** A formulary of two, as an administrator's import brings it. */
export const withFormulary = async (centre: ClinicCentre): Promise<void> => {
  for (const [name, key, ingredient, value, unit, form] of medicines)
    await centre.rows(
      `insert into clinichub.medicine (id, name, ingredients, form, strength, route, unit_of_dose, active, created_at)
       select gen_random_uuid(), $1::text, $2, $3::text, $4, 'oral', $3::text, true, now()
       where not exists (select from clinichub.medicine where name = $1::text)`,
      [name, JSON.stringify([{ key, name: ingredient, value, unit }]), form, `${value} ${unit}`],
    );
};

/** A confirmed allergy to an ingredient, recorded at another desk. */
export const withAllergy = (centre: ClinicCentre, patientId: string, ingredient: string) =>
  centre.rows(
    `insert into clinichub.allergy_intolerance (id, patient_id, substance, clinical_status, verification_status,
       criticality, code_kind, code, category, recorded_at)
     values (gen_random_uuid(), $1, initcap($2::text), 'active', 'confirmed', 'high', 'ingredient', $2::text, 'medication', now())`,
    [patientId, ingredient],
  );
