import type { CalendarEvent } from './calendar-file.ts';
import { utcText } from './time-zone.ts';

/** What goes to somebody else's calendar by a link: no more than what it is called, when and where. */
export type LinkedEvent = Pick<CalendarEvent, 'summary' | 'location' | 'start' | 'end'>;

const addressOf = (base: string, parameters: Readonly<Record<string, string>>): string => {
  const address = new URL(base);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
};

/** Opens a new entry in Google Calendar, filled in. */
export const googleLink = ({ summary, location, start, end }: LinkedEvent): string =>
  addressOf('https://calendar.google.com/calendar/render', {
    action: 'TEMPLATE',
    text: summary.toWellFormed(),
    dates: `${utcText(start)}/${utcText(end)}`,
    location: location.toWellFormed(),
  });

/** Opens a new entry in Outlook on the web, filled in. */
export const outlookLink = ({ summary, location, start, end }: LinkedEvent): string =>
  addressOf('https://outlook.live.com/calendar/0/action/compose', {
    rru: 'addevent',
    subject: summary.toWellFormed(),
    startdt: new Date(start).toISOString(),
    enddt: new Date(end).toISOString(),
    location: location.toWellFormed(),
  });

/** The address of a feed in the scheme calendar programs subscribe by. */
export const subscribeLink = (feed: string): string => feed.replace(/^https?:/, 'webcal:');
