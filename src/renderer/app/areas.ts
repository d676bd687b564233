import {
  IconBuildingHospital,
  IconCalendarEvent,
  IconCalendarTime,
  IconChecklist,
  IconFlask,
  IconHourglass,
  IconLayoutDashboard,
  IconListSearch,
  IconNotes,
  IconPackages,
  IconPhone,
  IconReceipt,
  IconStethoscope,
  IconTicket,
  IconUserOff,
  IconUsers,
} from '@tabler/icons-react';
import { oversightPath } from '#renderer/ui/oversight-path.ts';
import { defaultRoles, type Permission, type Role } from '#shared/contract/permissions.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { sectionsOf } from './sections.ts';

/** A place in the rail. */
export interface Area {
  readonly name:
    | 'overview'
    | 'oversight'
    | 'day'
    | 'myDay'
    | 'queue'
    | 'waitlist'
    | 'tasks'
    | 'results'
    | 'patients'
    | 'calls'
    | 'absence'
    | 'schedule'
    | 'notes'
    | 'billing'
    | 'stock'
    | 'clinic';
  readonly path: string;
  readonly keys: string;
  readonly icon: typeof IconUsers;
}

interface Guarded extends Area {
  /** Who has not this permission has no such area. */
  readonly needs: Permission;
}

const overview: Guarded = {
  name: 'overview',
  path: '/overview',
  needs: 'overview.read',
  keys: 'g v',
  icon: IconLayoutDashboard,
};
const oversight: Guarded = {
  name: 'oversight',
  path: oversightPath,
  needs: 'oversight.read',
  keys: 'g z',
  icon: IconListSearch,
};
const day: Guarded = {
  name: 'day',
  path: '/day',
  needs: 'appointment.read',
  keys: 'g d',
  icon: IconCalendarEvent,
};
const myDay: Guarded = {
  name: 'myDay',
  path: '/my-day',
  needs: 'encounter.read',
  keys: 'g m',
  icon: IconStethoscope,
};
const queue: Guarded = { name: 'queue', path: '/queue', needs: 'visit.read', keys: 'g q', icon: IconTicket };
const waitlist: Guarded = {
  name: 'waitlist',
  path: '/waitlist',
  needs: 'waitlist.read',
  keys: 'g l',
  icon: IconHourglass,
};
const patients: Guarded = {
  name: 'patients',
  path: '/patients',
  needs: 'patient.read',
  keys: 'g p',
  icon: IconUsers,
};
const tasks: Guarded = {
  name: 'tasks',
  path: '/tasks',
  needs: 'task.read',
  keys: 'g t',
  icon: IconChecklist,
};
const results: Guarded = {
  name: 'results',
  path: '/results',
  needs: 'result.read',
  keys: 'g r',
  icon: IconFlask,
};
const calls: Guarded = {
  name: 'calls',
  path: '/calls',
  needs: 'communication.read',
  keys: 'g c',
  icon: IconPhone,
};
const absence: Guarded = {
  name: 'absence',
  path: '/absence',
  needs: 'absence.read',
  keys: 'g a',
  icon: IconUserOff,
};
const schedule: Guarded = {
  name: 'schedule',
  path: '/schedule',
  needs: 'schedule.read',
  keys: 'g s',
  icon: IconCalendarTime,
};
const notes: Guarded = { name: 'notes', path: '/notes', needs: 'note.create', keys: 'g n', icon: IconNotes };
const billing: Guarded = {
  name: 'billing',
  path: '/billing',
  needs: 'invoice.read',
  keys: 'g .',
  icon: IconReceipt,
};

const stock: Guarded = {
  name: 'stock',
  path: '/stock',
  needs: 'stock.read',
  keys: 'g ;',
  icon: IconPackages,
};

/** All that the clinic is set up with, section by section; who may open none has no such area. */
const clinic: Area = { name: 'clinic', path: '/clinic', keys: 'g k', icon: IconBuildingHospital };

/** The areas a role usually has, in the order of its work; the first is where it starts. */
const usual: Readonly<Record<Role, readonly Guarded[]>> = {
  reception: [day, queue, waitlist, patients, billing, tasks, calls, absence, oversight, schedule],
  nurse: [myDay, queue, day, waitlist, patients, notes, results, tasks, calls, stock],
  doctor: [myDay, queue, results, day, patients, notes, tasks, stock],
  pharmacist: [patients, stock, queue, day],
  cashier: [queue, patients, billing, day],
  admin: [
    overview,
    oversight,
    day,
    queue,
    waitlist,
    patients,
    billing,
    stock,
    tasks,
    calls,
    absence,
    schedule,
  ],
  patient: [],
};

const all = [...new Set(Object.values(usual).flat())];

/** The areas somebody has: those of the role as far as they are allowed, then what the clinic has given it besides. */
export const areasOf = (user: SignedInUser): readonly Area[] => {
  const { role, permissions: granted } = user;
  return [
    ...usual[role].filter(({ needs }) => granted.includes(needs)),
    ...all.filter(({ needs }) => granted.includes(needs) && !defaultRoles[needs].includes(role)),
    ...(sectionsOf(user).length > 0 ? [clinic] : []),
  ];
};
