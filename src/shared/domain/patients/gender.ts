/** FHIR R4 4.0.1 AdministrativeGender, http://hl7.org/fhir/administrative-gender. */
export const genders = ['female', 'male', 'other', 'unknown'] as const;
