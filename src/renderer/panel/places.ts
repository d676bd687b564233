import {
  IconCalendar,
  IconFileDescription,
  IconHome,
  IconPill,
  type IconProps,
  IconReceipt,
  IconUserCircle,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { linkCodePath } from '#shared/domain/panel/link-code.ts';
import { later } from './later.tsx';

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

const HomeScreen = later(() =>
  import('#renderer/features/panel-home/HomeScreen.tsx').then((file) => file.HomeScreen),
);
const BookingPlace = later(() =>
  import('#renderer/features/panel-booking/BookingPlace.tsx').then((file) => file.BookingPlace),
);
const RecordsScreen = later(() =>
  import('#renderer/features/panel-records/RecordsScreen.tsx').then((file) => file.RecordsScreen),
);
const PrescriptionsScreen = later(() =>
  import('#renderer/features/panel-prescriptions/PrescriptionsScreen.tsx').then(
    (file) => file.PrescriptionsScreen,
  ),
);
const BillingScreen = later(() =>
  import('#renderer/features/panel-billing/BillingScreen.tsx').then((file) => file.BillingScreen),
);
const ProfileScreen = later(() =>
  import('#renderer/features/panel-account/ProfileScreen.tsx').then((file) => file.ProfileScreen),
);
const AddPerson = later(() =>
  import('#renderer/features/panel-account/AddPerson.tsx').then((file) => file.AddPerson),
);
/** For an account that looks after nobody yet. */
export const Begin = later(() =>
  import('#renderer/features/panel-account/AddPerson.tsx').then((file) => file.Begin),
);
const CalendarScreen = later(() =>
  import('#renderer/features/panel-calendar/CalendarScreen.tsx').then((file) => file.CalendarScreen),
);

/** The places in the order of the navigation. Each is a screen of `features/panel-*`, which do not know each other. */
export const places: readonly Place[] = [
  { path: '/', word: 'home', icon: IconHome, screen: HomeScreen },
  { path: '/appointments', word: 'appointments', icon: IconCalendar, screen: BookingPlace },
  { path: '/records', word: 'records', icon: IconFileDescription, screen: RecordsScreen },
  { path: '/prescriptions', word: 'prescriptions', icon: IconPill, screen: PrescriptionsScreen },
  { path: '/billing', word: 'billing', icon: IconReceipt, screen: BillingScreen },
  { path: '/profile', word: 'profile', icon: IconUserCircle, screen: ProfileScreen },
];

/** Screens that other screens lead to, which are in no navigation. */
export const byways: readonly Pick<Place, 'path' | 'screen'>[] = [
  { path: '/calendar', screen: CalendarScreen },
  { path: '/people', screen: AddPerson },
  { path: linkCodePath(), screen: AddPerson },
];
