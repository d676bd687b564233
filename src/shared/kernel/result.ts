/** What went wrong, as a code a person can be told about. The words for each code are in `shared/i18n`. */
export const errorCodes = [
  'invalid-input',
  'needs-confirming',
  'too-large',
  'not-signed-in',
  'locked',
  'not-permitted',
  'restricted',
  'wrong-credentials',
  'password-elsewhere',
  'wrong-code',
  'code-expired',
  'code-used',
  'account-exists',
  'account-elsewhere',
  'too-many-codes',
  'mail-off',
  'too-many-links',
  'already-linked',
  'last-administrator',
  'patient-account',
  'too-many-tries',
  'wrong-password',
  'wrong-pin',
  'no-pin',
  'pin-locked',
  'not-found',
  'not-approved',
  'not-released',
  'not-ready',
  'lease-expired',
  'offline-too-long',
  'wiped',
  'slot-taken',
  'clock-change',
  'in-the-past',
  'slot-held',
  'patient-busy',
  'outside-schedule',
  'on-leave',
  'room-needed',
  'visit-type-full',
  'too-soon',
  'too-far',
  'booking-off',
  'booking-refused',
  'most-booked',
  'booked-that-day',
  'too-late',
  'practitioner-booked',
  'place-booked',
  'place-in-hours',
  'zone-booked',
  'site-closed',
  'part-of-clinic',
  'changed-meanwhile',
  'no-currency',
  'till-open',
  'till-yours-open',
  'till-not-yours',
  'till-not-open',
  'till-closed',
  'till-not-closed',
  'till-not-counted',
  'till-counted',
  'till-variance',
  'till-not-signed',
  'same-person',
  'duplicate',
  'allergies-recorded',
  'same-record',
  'merged-already',
  'not-merged',
  'clinical-since',
  'override-needed',
  'forked',
  'not-active',
  'more-than-left',
  'batch-expired',
  'batch-recalled',
  'stock-short',
  'draft-elsewhere',
  'file-too-large',
  'file-type',
  'file-damaged',
  'upload-lost',
  'busy',
  'disk-full',
  'key-not-changed',
  'too-many-windows',
  'unavailable',
  'centre-unavailable',
  'codes-forbidden',
  'codes-used-up',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An expected failure. `params` fill the message of the code; `fields` names inputs and what is wrong with each. */
export interface AppError {
  readonly code: ErrorCode;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly fields?: Readonly<Record<string, string>>;
}

export type Result<T, E = AppError> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** A success carrying `value`. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** An expected failure with `code`. */
export const fail = (
  code: ErrorCode,
  more: Omit<AppError, 'code'> = {},
): { readonly ok: false; readonly error: AppError } => ({ ok: false, error: { code, ...more } });
