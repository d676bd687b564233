import { expect, it } from 'vitest';
import type { LocationId } from '#shared/kernel/ids.ts';
import { isNarrowed, readOversight } from './filter.ts';

const here = '01900000-0000-7000-8000-a00000000001' as LocationId;
const read = (address: string, site: LocationId | null = null) =>
  readOversight(new URLSearchParams(address), '2026-11-23', site);

it('shows the days ahead where nothing is said', () => {
  const { filter, order, problem } = read('');
  expect(filter).toMatchObject({ from: '2026-11-23', until: '2026-12-23', outcomes: null });
  expect([order, problem, isNarrowed(filter)]).toEqual(['asc', null, false]);
});

it('is of the site chosen for the window until the address says another, or all', () => {
  const other = '01900000-0000-7000-8000-a00000000003';
  const sites = ['', `site=${other}`, 'site=all'].map((address) => read(address, here).filter.locationId);
  expect(sites).toEqual([here, other, null]);
});

it('reads what is said, and passes over what says nothing', () => {
  const id = '01900000-0000-7000-8000-b00000000001';
  const { filter, order } = read(
    `from=2026-11-01&until=2026-11-02&doctor=${id}&site=nowhere&is=noshow,maybe&standing=provisional&overbooked=1&order=desc`,
  );
  expect(filter).toMatchObject({
    from: '2026-11-01',
    until: '2026-11-02',
    practitionerId: id,
    locationId: null,
    outcomes: ['noshow'],
    standing: 'provisional',
    overbooked: true,
  });
  expect([order, isNarrowed(filter)]).toEqual(['desc', true]);
});

it.each([
  ['from=yesterday', 'date'],
  ['from=&until=2026-11-02', 'date'],
  ['from=2026-11-03&until=2026-11-02', 'order'],
  ['from=2025-11-23&until=2026-11-24', 'too-long'],
  ['from=2025-11-24&until=2026-11-24', null],
])('%s: %s', (address, problem) => {
  expect(read(address).problem).toBe(problem);
});
