import { IconCalendar, type IconProps } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { BookingPlace } from '#renderer/features/panel-booking/BookingPlace.tsx';
import { CalendarScreen } from '#renderer/features/panel-calendar/CalendarScreen.tsx';

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
];

/** Screens that other screens lead to, which are in no navigation. */
export const byways: readonly Pick<Place, 'path' | 'screen'>[] = [
  { path: '/calendar', screen: CalendarScreen },
];
