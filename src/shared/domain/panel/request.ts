/** What patients ask for in the panel, as a FHIR Task: copies of what is in the record, which a desk answers. */
export const recordsRequestCode = 'records-request';

/** Another prescription like one they have, `focus_id`, which its doctor answers. */
export const renewalRequestCode = 'renewal-request';

export const patientRequestCodes = [recordsRequestCode, renewalRequestCode] as const;
export type PatientRequestCode = (typeof patientRequestCodes)[number];

/** FHIR's task-status, as far as such a request can have it; `cancelled`: whoever asked took it back. */
export const patientRequestStatuses = ['requested', 'completed', 'rejected', 'cancelled'] as const;
export type PatientRequestStatus = (typeof patientRequestStatuses)[number];

/** How many a patient may have open at once. */
export const mostOpenRequests = 5;

export const requestLimits = { text: 1000 } as const;

/** What is said in a request and in its answer: all that patient and clinic write to each other about it. */
export interface RequestWords {
  /** The patient's account that asks. */
  readonly by: string | null;
  readonly what: string;
  readonly why: string;
  /** To the patient; empty while nobody has answered, or where there was nothing to say. */
  readonly answer: string;
}

/**
 * `task.reason` of a request: JSON, so that the answer is changed together with the status and never apart from the question. It names
 * the status it was given with: an answer without words differs from another one too, and of two made apart one stands, whole.
 */
export const encodeRequest = (
  { by, what, why, answer }: RequestWords,
  status: PatientRequestStatus = 'requested',
): string => JSON.stringify({ by, what, why, answer, ...(status !== 'requested' && { status }) });

const textIn = (value: object, key: string): string => {
  const found = (value as Readonly<Record<string, unknown>>)[key];
  return typeof found === 'string' ? found : '';
};

const read = (reason: string): object => {
  let value: unknown = null;
  try {
    value = JSON.parse(reason);
  } catch {
    // Not one of ours.
  }
  return typeof value === 'object' && value !== null ? value : {};
};

/** The status a `task.reason` was given with; null of what is no answer to a request. */
export const answeredWith = (reason: string): PatientRequestStatus | null =>
  patientRequestStatuses.find((known) => known === textIn(read(reason), 'status')) ?? null;

/** The words of a `task.reason`. What another program wrote there is nobody's words: nothing of it is told. */
export const decodeRequest = (reason: string): RequestWords => {
  const known = read(reason);
  return {
    by: textIn(known, 'by') || null,
    what: textIn(known, 'what'),
    why: textIn(known, 'why'),
    answer: textIn(known, 'answer'),
  };
};

/** The status of a request as words know it; one that another program gave is over. */
export const requestStatusOf = (status: string): PatientRequestStatus =>
  patientRequestStatuses.find((known) => known === status) ?? 'rejected';
