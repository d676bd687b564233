/** Where a patient's balance and payments are. */
export const accountPath = (patientId: string): string => `/patients/${patientId}/account`;
