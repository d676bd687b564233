import {
  IconCalendar,
  IconFileDescription,
  IconHome,
  IconPill,
  type IconProps,
  IconReceipt,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { BillingScreen } from '#renderer/features/panel-billing/BillingScreen.tsx';
import { BookingPlace } from '#renderer/features/panel-booking/BookingPlace.tsx';
import { CalendarScreen } from '#renderer/features/panel-calendar/CalendarScreen.tsx';
import { HomeScreen } from '#renderer/features/panel-home/HomeScreen.tsx';
import { PrescriptionsScreen } from '#renderer/features/panel-prescriptions/PrescriptionsScreen.tsx';
import { RecordsScreen } from '#renderer/features/panel-records/RecordsScreen.tsx';

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
  { path: '/', word: 'home', icon: IconHome, screen: HomeScreen },
  { path: '/appointments', word: 'appointments', icon: IconCalendar, screen: BookingPlace },
  { path: '/records', word: 'records', icon: IconFileDescription, screen: RecordsScreen },
  { path: '/prescriptions', word: 'prescriptions', icon: IconPill, screen: PrescriptionsScreen },
  { path: '/billing', word: 'billing', icon: IconReceipt, screen: BillingScreen },
];

/** Screens that other screens lead to, which are in no navigation. */
export const byways: readonly Pick<Place, 'path' | 'screen'>[] = [
  { path: '/calendar', screen: CalendarScreen },
];
