import { IconCalendar, type IconProps, IconUserCircle } from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';
import { linkCodePath } from '#shared/domain/panel/link-code.ts';

// Each place comes when somebody goes there: a phone waits for the first one alone.
const BookingPlace = lazy(() =>
  import('#renderer/features/panel-booking/BookingPlace.tsx').then((file) => ({
    default: file.BookingPlace,
  })),
);
const ProfileScreen = lazy(() =>
  import('#renderer/features/panel-account/ProfileScreen.tsx').then((file) => ({
    default: file.ProfileScreen,
  })),
);
const AddPerson = lazy(() =>
  import('#renderer/features/panel-account/AddPerson.tsx').then((file) => ({ default: file.AddPerson })),
);
const CalendarScreen = lazy(() =>
  import('#renderer/features/panel-calendar/CalendarScreen.tsx').then((file) => ({
    default: file.CalendarScreen,
  })),
);

/** A place of the panel: one in its navigation. */
export interface Place {
  /** `/appointments`; what begins with it belongs to it. */
  readonly path: string;
  /** Its word in `panel.place`. */
  readonly word: 'home' | 'appointments' | 'records' | 'prescriptions' | 'billing' | 'profile';
  readonly icon: ComponentType<IconProps>;
  /** Reads the rest of the path itself. */
  readonly screen: ComponentType;
}

/** The places in the order of the navigation. Each is a screen of `features/panel-*`, which do not know each other. */
export const places: readonly Place[] = [
  { path: '/appointments', word: 'appointments', icon: IconCalendar, screen: BookingPlace },
  { path: '/profile', word: 'profile', icon: IconUserCircle, screen: ProfileScreen },
];

/** Screens that other screens lead to, which are in no navigation. */
export const byways: readonly Pick<Place, 'path' | 'screen'>[] = [
  { path: '/calendar', screen: CalendarScreen },
  { path: '/people', screen: AddPerson },
  { path: linkCodePath(), screen: AddPerson },
];
