import type { PanelState } from '#shared/domain/panel-booking/state.ts';

/** How an appointment stood when its patient was told last, or stands now. */
export interface Standing {
  readonly state: PanelState;
  /** When it begins, or would by what is proposed. */
  readonly at: string;
}

/** What is worth a message. */
export type AppointmentNews = 'confirmed' | 'moved' | 'proposed' | 'rejected' | 'cancelled';

/** The message that is due, and what to remember: null when nothing more is to come. */
export interface Due {
  readonly news: AppointmentNews | null;
  readonly told: Standing | null;
}

/**
 * What a patient hears of an appointment they asked for, and once. Nothing while the centre has still to hear of a change; a
 * confirmation only of what the centre confirmed.
 */
export const newsOf = (told: Standing, now: Standing): Due => {
  const isSame = told.state === now.state && told.at === now.at;
  switch (now.state) {
    case 'to-be-confirmed':
    case 'cancelling':
      return { news: null, told };
    case 'pending':
    case 'lost-its-time':
      // The desk calls whoever lost their time.
      return { news: null, told: now };
    case 'confirmed':
      if (isSame) return { news: null, told };
      return { news: told.state === 'confirmed' ? 'moved' : 'confirmed', told: now };
    case 'reschedule-proposed':
      return { news: isSame ? null : 'proposed', told: now };
    case 'rejected':
      return { news: 'rejected', told: null };
    case 'cancelled':
      return { news: 'cancelled', told: null };
    case 'arrived':
    case 'fulfilled':
    case 'missed':
      return { news: null, told: null };
  }
};
