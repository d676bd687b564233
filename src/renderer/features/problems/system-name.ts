const names: Readonly<Record<string, string>> = {
  'http://hl7.org/fhir/sid/icd-10': 'ICD-10',
  'http://hl7.org/fhir/sid/icd-10-cm': 'ICD-10-CM',
  'http://snomed.info/sct': 'SNOMED CT',
};

/** What people call a code system; its address where there is no such name. */
export const systemName = (system: string | null): string =>
  system === null ? '' : (names[system] ?? system);
