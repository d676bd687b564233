import type { calendarEntry as english } from '../en/calendar-entry.ts';
import type { Words } from '../words.ts';

export const calendarEntry: Words<typeof english> = {
  name: 'Rendez-vous à {{clinic}}',
  summary: 'Rendez-vous à {{clinic}}',
  unconfirmed: 'À confirmer : {{summary}}',
  cancelled: 'Annulé : {{summary}}',
  description: 'Connectez-vous à l’espace patient pour en savoir plus, le modifier ou l’annuler.',
  file: 'rendez-vous',
};
