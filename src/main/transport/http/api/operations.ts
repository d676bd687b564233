import type { Operation } from './operation.ts';
import { authOperations } from './operations/auth.ts';
import { patientOperations } from './operations/patients.ts';
import { practitionerOperations } from './operations/practitioners.ts';

/** Every operation of the documented API, in the order of the document. */
export const operations: readonly Operation[] = [
  ...authOperations,
  ...patientOperations,
  ...practitionerOperations,
];
