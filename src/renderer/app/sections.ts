import {
  IconAdjustments,
  IconBeach,
  IconBuilding,
  IconBuildingBank,
  IconCash,
  IconDeviceMobile,
  IconDevicesPc,
  IconFileImport,
  IconHistory,
  IconListNumbers,
  IconLockOpen,
  IconPill,
  IconShieldCheck,
  IconShieldLock,
  IconStethoscope,
  IconTemplate,
  IconUserCog,
  type IconUsers,
} from '@tabler/icons-react';
import type { Permission } from '#shared/contract/permissions.ts';
import type { SignedInUser } from '#shared/contract/session.ts';

/** The groups of sections, in the order they are shown in. */
export const sectionGroups = ['people', 'places', 'content', 'data'] as const;

/** A part of what the clinic is set up with. It is a line here, one in Routes.tsx and a word in `app.nav`. */
export interface Section {
  readonly group: (typeof sectionGroups)[number];
  readonly name:
    | 'practitioners'
    | 'users'
    | 'permissions'
    | 'patientAccounts'
    | 'places'
    | 'holidays'
    | 'prices'
    | 'payers'
    | 'settings'
    | 'noteTemplates'
    | 'formulary'
    | 'safety'
    | 'codeSystems'
    | 'import'
    | 'workstations'
    | 'openings'
    | 'audit';
  readonly path: string;
  /** Who has not this permission has no such section. It is to keep it, where many read it for their work. */
  readonly needs: Permission;
  readonly keys?: string;
  readonly icon: typeof IconUsers;
}

/** Every section, in the order of its group. */
const sections: readonly Section[] = [
  {
    group: 'people',
    name: 'practitioners',
    path: '/practitioners',
    needs: 'practitioner.read',
    keys: 'g j',
    icon: IconStethoscope,
  },
  {
    group: 'people',
    name: 'users',
    path: '/users',
    needs: 'user.read',
    keys: 'g u',
    icon: IconUserCog,
  },
  {
    group: 'people',
    name: 'permissions',
    path: '/permissions',
    needs: 'user.read',
    keys: 'g h',
    icon: IconShieldLock,
  },
  {
    group: 'people',
    name: 'patientAccounts',
    path: '/patient-accounts',
    needs: 'panel-account.update',
    icon: IconDeviceMobile,
  },
  {
    group: 'places',
    name: 'places',
    path: '/places',
    needs: 'location.read',
    keys: 'g b',
    icon: IconBuilding,
  },
  {
    group: 'places',
    name: 'holidays',
    path: '/holidays',
    needs: 'schedule.update',
    icon: IconBeach,
  },
  {
    group: 'places',
    name: 'prices',
    path: '/prices',
    needs: 'price.update',
    icon: IconCash,
  },
  {
    group: 'places',
    name: 'payers',
    path: '/payers',
    needs: 'payer.update',
    icon: IconBuildingBank,
  },
  {
    group: 'places',
    name: 'settings',
    path: '/settings',
    needs: 'setting.update',
    keys: 'g g',
    icon: IconAdjustments,
  },
  {
    group: 'content',
    name: 'noteTemplates',
    path: '/note-templates',
    needs: 'note-template.update',
    keys: 'g e',
    icon: IconTemplate,
  },
  {
    group: 'content',
    name: 'formulary',
    path: '/formulary',
    needs: 'formulary.update',
    keys: 'g f',
    icon: IconPill,
  },
  {
    group: 'content',
    name: 'safety',
    path: '/safety',
    needs: 'safety-data.update',
    keys: 'g y',
    icon: IconShieldCheck,
  },
  {
    group: 'content',
    name: 'codeSystems',
    path: '/code-systems',
    needs: 'code-system.create',
    keys: 'g o',
    icon: IconListNumbers,
  },
  {
    group: 'data',
    name: 'workstations',
    path: '/workstations',
    needs: 'workstation.update',
    keys: 'g x',
    icon: IconDevicesPc,
  },
  {
    group: 'data',
    name: 'import',
    path: '/import',
    needs: 'import.create',
    keys: 'g i',
    icon: IconFileImport,
  },
  {
    group: 'data',
    name: 'openings',
    path: '/openings',
    needs: 'audit.read',
    keys: 'g ,',
    icon: IconLockOpen,
  },
  {
    group: 'data',
    name: 'audit',
    path: '/audit',
    needs: 'audit.read',
    keys: 'g w',
    icon: IconHistory,
  },
];

/** The sections somebody may open, group after group. */
export const sectionsOf = ({ permissions: granted }: SignedInUser): readonly Section[] =>
  sectionGroups.flatMap((group) =>
    sections.filter((section) => section.group === group && granted.includes(section.needs)),
  );

/** Whether an address is of an area or a section, or within it. */
export const isWithin = (location: string, path: string): boolean =>
  location === path || location.startsWith(`${path}/`);

/** The section an address is of. */
export const sectionAt = (sections: readonly Section[], location: string): Section | undefined =>
  sections.find(({ path }) => isWithin(location, path));
