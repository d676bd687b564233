/** Tasks about an appointment that has to be placed anew: what the inbox of a desk shows and the rail counts. */
export const rebookingCodes = ['rebook-appointment', 'move-refused'] as const;

/** A patient has to be told of another time, or was tried to be. The list of calls is made of the appointments, not of these. */
export const callCode = 'call-patient';

/** What an absence did to one appointment, so that it can be taken back; done when it is written. */
export const absenceCode = 'absence-move';

/** What a change of many appointments did to one of them, likewise. */
export const bulkCode = 'appointment-bulk';

/** What tells how an appointment was before. */
export const stepCodes = [absenceCode, bulkCode] as const;
