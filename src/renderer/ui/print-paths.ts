/** The documents of one patient, in the order of their tabs. */
export const patientPapers = ['label', 'wristband', 'card', 'registration', 'access-code'] as const;
export type PatientPaper = (typeof patientPapers)[number];

/** The documents of one day. */
export const dayPapers = ['day-sheet', 'phone-list'] as const;
export type DayPaper = (typeof dayPapers)[number];

const among = <T extends string>(all: readonly T[], text: string): text is T =>
  (all as readonly string[]).includes(text);

/** Whether there is such a document of a patient. */
export const isPatientPaper = (text: string): text is PatientPaper => among(patientPapers, text);

/** Whether there is such a document of a day. */
export const isDayPaper = (text: string): text is DayPaper => among(dayPapers, text);

const every = 'all';

/** A part of an address that may mean all. */
export const chosenPart = (part: string): string | null => (part === every ? null : part);

/** Where a document is seen before it is printed. */
export const printPath = {
  patient: (id: string, document: PatientPaper) => `/print/patient/${id}/${document}`,
  /** The card of one appointment. */
  appointment: (patientId: string, id: string) => `/print/patient/${patientId}/card/${id}`,
  /** `date` is `YYYY-MM-DD`; of one practitioner, or of everybody. */
  day: (document: DayPaper, date: string, practitionerId: string | null = null) =>
    `/print/day/${date}/${document}${practitionerId === null ? '' : `/${practitionerId}`}`,
  /** Who must be told of another time; of one day and one doctor they know of, or of all. */
  calls: (day: string | null, practitionerId: string | null) =>
    `/print/calls/${day ?? every}/${practitionerId ?? every}`,
  /** The prescriptions of one patient that were signed under a number. */
  prescription: (patientId: string, number: string) => `/print/prescription/${patientId}/${number}`,
  /** The label of what was handed out. */
  medicineLabel: (patientId: string, dispenseId: string) => `/print/medicine/${patientId}/${dispenseId}`,
  /** What was paid under one receipt number. */
  receipt: (paymentId: string) => `/print/receipt/${paymentId}`,
  /** The registration form to be filled in by hand. */
  emptyForm: '/print/registration',
} as const;
