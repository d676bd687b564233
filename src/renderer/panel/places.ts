import type { IconProps } from '@tabler/icons-react';
import { IconUserCircle } from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';
import { linkCodePath } from '#shared/domain/panel/link-code.ts';

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
  {
    path: '/profile',
    word: 'profile',
    icon: IconUserCircle,
    screen: lazy(() =>
      import('#renderer/features/panel-account/ProfileScreen.tsx').then(({ ProfileScreen }) => ({
        default: ProfileScreen,
      })),
    ),
  },
];

const AddPerson = lazy(() =>
  import('#renderer/features/panel-account/AddPerson.tsx').then((file) => ({ default: file.AddPerson })),
);
const CalendarScreen = lazy(() =>
  import('#renderer/features/panel-calendar/CalendarScreen.tsx').then((file) => ({
    default: file.CalendarScreen,
  })),
);

/** Screens that other screens lead to, which are in no navigation. */
export const byways: readonly Pick<Place, 'path' | 'screen'>[] = [
  { path: '/calendar', screen: CalendarScreen },
  { path: '/people', screen: AddPerson },
  { path: linkCodePath(), screen: AddPerson },
];
