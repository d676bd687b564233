import {
  IconCalendarEvent,
  IconCalendarTime,
  IconChecklist,
  IconFileImport,
  IconFlask,
  IconHourglass,
  IconListNumbers,
  IconLockOpen,
  IconNotes,
  IconPhone,
  IconPill,
  IconShieldCheck,
  IconShieldLock,
  IconStethoscope,
  IconTemplate,
  IconTicket,
  IconUserCog,
  IconUserOff,
  IconUsers,
} from '@tabler/icons-react';
import { defaultRoles, type Permission, type Role } from '#shared/contract/permissions.ts';
import type { SignedInUser } from '#shared/contract/session.ts';

/** A place in the rail. */
export interface Area {
  readonly name:
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
    | 'noteTemplates'
    | 'formulary'
    | 'safety'
    | 'openings'
    | 'codeSystems'
    | 'import'
    | 'permissions'
    | 'users';
  readonly path: string;
  /** Who has not this permission has no such area. */
  readonly needs: Permission;
  readonly keys: string;
  readonly icon: typeof IconUsers;
}

const day: Area = {
  name: 'day',
  path: '/day',
  needs: 'appointment.read',
  keys: 'g d',
  icon: IconCalendarEvent,
};
const myDay: Area = {
  name: 'myDay',
  path: '/my-day',
  needs: 'encounter.read',
  keys: 'g m',
  icon: IconStethoscope,
};
const queue: Area = { name: 'queue', path: '/queue', needs: 'visit.read', keys: 'g q', icon: IconTicket };
const waitlist: Area = {
  name: 'waitlist',
  path: '/waitlist',
  needs: 'waitlist.read',
  keys: 'g l',
  icon: IconHourglass,
};
const patients: Area = {
  name: 'patients',
  path: '/patients',
  needs: 'patient.read',
  keys: 'g p',
  icon: IconUsers,
};
const tasks: Area = { name: 'tasks', path: '/tasks', needs: 'task.read', keys: 'g t', icon: IconChecklist };
const results: Area = {
  name: 'results',
  path: '/results',
  needs: 'result.read',
  keys: 'g r',
  icon: IconFlask,
};
const calls: Area = {
  name: 'calls',
  path: '/calls',
  needs: 'communication.read',
  keys: 'g c',
  icon: IconPhone,
};
const absence: Area = {
  name: 'absence',
  path: '/absence',
  needs: 'absence.read',
  keys: 'g a',
  icon: IconUserOff,
};
const schedule: Area = {
  name: 'schedule',
  path: '/schedule',
  needs: 'schedule.read',
  keys: 'g s',
  icon: IconCalendarTime,
};
const notes: Area = { name: 'notes', path: '/notes', needs: 'note.create', keys: 'g n', icon: IconNotes };
const noteTemplates: Area = {
  name: 'noteTemplates',
  path: '/note-templates',
  needs: 'note-template.update',
  keys: 'g e',
  icon: IconTemplate,
};
const formulary: Area = {
  name: 'formulary',
  path: '/formulary',
  needs: 'formulary.update',
  keys: 'g f',
  icon: IconPill,
};
const safety: Area = {
  name: 'safety',
  path: '/safety',
  needs: 'safety-data.update',
  keys: 'g y',
  icon: IconShieldCheck,
};
const openings: Area = {
  name: 'openings',
  path: '/openings',
  needs: 'audit.read',
  keys: 'g r',
  icon: IconLockOpen,
};
const codeSystems: Area = {
  name: 'codeSystems',
  path: '/code-systems',
  needs: 'code-system.create',
  keys: 'g o',
  icon: IconListNumbers,
};
const importing: Area = {
  name: 'import',
  path: '/import',
  needs: 'import.create',
  keys: 'g i',
  icon: IconFileImport,
};

const permissions: Area = {
  name: 'permissions',
  path: '/permissions',
  needs: 'user.read',
  keys: 'g h',
  icon: IconShieldLock,
};

const users: Area = {
  name: 'users',
  path: '/users',
  needs: 'user.read',
  keys: 'g u',
  icon: IconUserCog,
};

/** The areas a role usually has, in the order of its work; the first is where it starts. */
const usual: Readonly<Record<Role, readonly Area[]>> = {
  reception: [day, queue, waitlist, patients, tasks, calls, absence, schedule],
  nurse: [myDay, queue, day, waitlist, patients, notes, results, tasks, calls],
  doctor: [myDay, queue, results, day, patients, notes, tasks],
  pharmacist: [patients, queue, day],
  cashier: [queue, patients, day],
  admin: [
    patients,
    day,
    queue,
    waitlist,
    tasks,
    calls,
    absence,
    schedule,
    noteTemplates,
    formulary,
    safety,
    openings,
    codeSystems,
    importing,
    users,
    permissions,
  ],
  patient: [],
};

const all = [...new Set(Object.values(usual).flat())];

/** The areas somebody has: those of the role as far as they are allowed, then what the clinic has given it besides. */
export const areasOf = ({ role, permissions: granted }: SignedInUser): readonly Area[] => [
  ...usual[role].filter(({ needs }) => granted.includes(needs)),
  ...all.filter(({ needs }) => granted.includes(needs) && !defaultRoles[needs].includes(role)),
];
