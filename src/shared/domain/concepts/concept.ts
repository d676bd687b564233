import { v5 } from 'uuid';

/** The code systems that can be imported, by the address FHIR knows them by. None of their codes is in the product. */
export const codeSystems = {
  'icd-10': 'http://hl7.org/fhir/sid/icd-10',
  'icd-10-cm': 'http://hl7.org/fhir/sid/icd-10-cm',
} as const;
export type CodeSystemName = keyof typeof codeSystems;
export const codeSystemNames = Object.keys(codeSystems) as readonly CodeSystemName[];

const names: Readonly<Record<string, string>> = {
  [codeSystems['icd-10']]: 'ICD-10',
  [codeSystems['icd-10-cm']]: 'ICD-10-CM',
  'http://snomed.info/sct': 'SNOMED CT',
};

/** What people call a code system; its address where there is no such name. */
export const systemTitle = (system: string | null): string =>
  system === null ? '' : (names[system] ?? system);

const namespace = '6f1c2a52-6a0e-4a55-9a4f-2f6f1d3a7b10';

/**
 * The id of a code: made of system and code (a UUID version 5), so that the next edition, or another workstation that imports
 * the same one, refines the row instead of adding a second.
 */
export const conceptId = (system: string, code: string): string => v5(`${system}|${code}`, namespace);
