/** FHIR's request-status, as far as a request of ours can have it. */
export const requestStatuses = [
  'draft',
  'active',
  'on-hold',
  'revoked',
  'completed',
  'entered-in-error',
  'unknown',
] as const;
export type RequestStatus = (typeof requestStatuses)[number];

/** FHIR's request-priority, the most urgent last. */
export const requestPriorities = ['routine', 'urgent', 'asap', 'stat'] as const;
export type RequestPriority = (typeof requestPriorities)[number];

/** The code of a task that is to be done about a result. */
export const followUpCode = 'result-follow-up';
