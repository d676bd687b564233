/** The documents of one patient, in the order of their tabs. */
export const patientPapers = ['label', 'wristband', 'card'] as const;
export type PatientPaper = (typeof patientPapers)[number];

/** Whether there is such a document of a patient. */
export const isPatientPaper = (text: string): text is PatientPaper =>
  (patientPapers as readonly string[]).includes(text);

/** Where a document is seen before it is printed. */
export const printPath = {
  patient: (id: string, document: PatientPaper) => `/print/patient/${id}/${document}`,
  /** The card of one appointment. */
  appointment: (patientId: string, id: string) => `/print/patient/${patientId}/card/${id}`,
} as const;
