import { expect, it } from 'vitest';
import { googleLink, outlookLink, subscribeLink } from './add-links.ts';

const event = {
  summary: 'Appointment at Kacyiru & co #2',
  location: 'KG 7 Ave, Kigali',
  start: Date.parse('2026-11-23T08:00:00Z'),
  end: Date.parse('2026-11-23T08:30:00Z'),
};

it('opens an entry in Google Calendar with what it is called, when and where, and no more', () => {
  const link = new URL(googleLink(event));
  expect(link.origin + link.pathname).toBe('https://calendar.google.com/calendar/render');
  expect(Object.fromEntries(link.searchParams)).toEqual({
    action: 'TEMPLATE',
    text: event.summary,
    dates: '20261123T080000Z/20261123T083000Z',
    location: event.location,
  });
});

it('opens an entry in Outlook with the same', () => {
  const link = new URL(outlookLink(event));
  expect(link.origin + link.pathname).toBe('https://outlook.live.com/calendar/0/action/compose');
  expect(Object.fromEntries(link.searchParams)).toEqual({
    rru: 'addevent',
    subject: event.summary,
    startdt: '2026-11-23T08:00:00.000Z',
    enddt: '2026-11-23T08:30:00.000Z',
    location: event.location,
  });
});

it('is not led astray by a text', () => {
  for (const make of [googleLink, outlookLink]) {
    const link = new URL(make({ ...event, summary: 'x&location=evil#\ud800', location: '/../?a=b' }));
    expect(link.searchParams.getAll('location')).toEqual(['/../?a=b']);
    expect(link.hash).toBe('');
  }
});

it('subscribes by the scheme of calendars', () => {
  expect(subscribeLink('https://clinic.rw/calendar/x.ics')).toBe('webcal://clinic.rw/calendar/x.ics');
});
