import { describe, expect, it } from 'vitest';
import { isExpectedToday, kioskOpens } from './check-in.ts';
import { panelStates } from './state.ts';

// Half past midnight to one at the place, the evening before in London.
const visit = {
  state: 'confirmed' as const,
  startAt: '2026-11-22T22:30:00.000Z',
  endAt: '2026-11-22T23:00:00.000Z',
  timeZone: 'Africa/Kigali',
};
const at = (text: string) => Date.parse(text);

describe('who is expected today', () => {
  it('is so on the day at the place, until the appointment is over', () => {
    expect(isExpectedToday(visit, at('2026-11-22T21:59:00Z'))).toBe(false);
    expect(isExpectedToday(visit, at('2026-11-22T22:00:00Z'))).toBe(true);
    expect(isExpectedToday(visit, at('2026-11-22T22:59:59Z'))).toBe(true);
    expect(isExpectedToday(visit, at('2026-11-22T23:00:00Z'))).toBe(false);
  });

  it('has an appointment that the clinic has confirmed, and is in no other state', () => {
    const now = at('2026-11-22T22:10:00Z');
    expect(panelStates.filter((state) => isExpectedToday({ ...visit, state }, now))).toEqual(['confirmed']);
  });
});

describe('the kiosk', () => {
  it('takes somebody from so long before the time on', () => {
    const opens = (now: string) => kioskOpens(visit, { early: 20, now: at(now) });
    expect(opens('2026-11-22T22:09:59Z')).toBe('00:10');
    expect(opens('2026-11-22T22:10:00Z')).toBeNull();
  });
});
