import { isCalendarDate } from '#shared/kernel/calendar.ts';
import { LocationId, PractitionerId } from '#shared/kernel/ids.ts';

/** What the desktop asks before its workstation can open; no screen of the work. */
export const startScreenAddress = '/#/start';

/** The screens that may stand in a window of their own. */
export type ScreenName = 'day' | 'week' | 'queue' | 'waiting-room';

/** Where the screen of the waiting room is: without the frame, so that nobody's name is on it. */
export const waitingRoomPath = '/waiting-room';

/** The address of the waiting room's screen: of one site, or of all. */
export const waitingRoomAddress = (site: string | null): string =>
  site === null ? waitingRoomPath : `${waitingRoomPath}?site=${site}`;

/** How many windows there may be besides the first. */
export const mostFurtherWindows = 3;

type Parameters = Readonly<Record<string, (value: string) => boolean>>;

const isSite = (value: string) => LocationId.safeParse(value).success;
const isDoctor = (value: string) => PractitionerId.safeParse(value).success;

const screens: Readonly<Record<string, Parameters>> = {
  '/day': {
    date: isCalendarDate,
    site: isSite,
    speciality: (value) => value.length <= 100,
    free: (value) => value === '1',
    doctor: isDoctor,
    view: (value) => value === 'week',
  },
  '/queue': {},
  [waitingRoomPath]: { site: isSite },
};

/**
 * The screen of an address of the product (`/day?date=2026-11-30`), or null when it is none of those that may stand in a
 * window of their own, or has a parameter the screen does not know.
 */
export const screenAt = (address: string): ScreenName | null => {
  const [path = '', search = '', ...rest] = address.split('?');
  const known = Object.hasOwn(screens, path) ? screens[path] : undefined;
  if (known === undefined || rest.length > 0) return null;
  const params = [...new URLSearchParams(search)];
  const names = new Set(params.map(([name]) => name));
  const fits = params.every(([name, value]) => Object.hasOwn(known, name) && known[name]?.(value));
  if (!fits || names.size < params.length) return null;
  if (path === '/day') return names.has('view') ? 'week' : 'day';
  return path === '/queue' ? 'queue' : 'waiting-room';
};

/** An address as a page's own address has it: what is searched for stands before the `#`. */
export const pageAddress = (address: string): string => {
  const [path = '', search = ''] = address.split('?');
  const params = new URLSearchParams(search).toString();
  return `/${params && `?${params}`}#${path}`;
};
