import {
  IconCalendarEvent,
  IconCalendarTime,
  IconChecklist,
  IconFileImport,
  IconFlask,
  IconHistory,
  IconHourglass,
  IconListNumbers,
  IconLockOpen,
  IconNotes,
  IconPhone,
  IconPill,
  IconShieldCheck,
  IconStethoscope,
  IconTemplate,
  IconTicket,
  IconUserOff,
  IconUsers,
} from '@tabler/icons-react';
import type { Role } from '#shared/contract/permissions.ts';

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
    | 'audit'
    | 'codeSystems'
    | 'import';
  readonly path: string;
  readonly keys: string;
  readonly icon: typeof IconUsers;
}

const day: Area = { name: 'day', path: '/day', keys: 'g d', icon: IconCalendarEvent };
const myDay: Area = { name: 'myDay', path: '/my-day', keys: 'g m', icon: IconStethoscope };
const queue: Area = { name: 'queue', path: '/queue', keys: 'g q', icon: IconTicket };
const waitlist: Area = { name: 'waitlist', path: '/waitlist', keys: 'g l', icon: IconHourglass };
const patients: Area = { name: 'patients', path: '/patients', keys: 'g p', icon: IconUsers };
const tasks: Area = { name: 'tasks', path: '/tasks', keys: 'g t', icon: IconChecklist };
const results: Area = { name: 'results', path: '/results', keys: 'g r', icon: IconFlask };
const calls: Area = { name: 'calls', path: '/calls', keys: 'g c', icon: IconPhone };
const absence: Area = { name: 'absence', path: '/absence', keys: 'g a', icon: IconUserOff };
const schedule: Area = { name: 'schedule', path: '/schedule', keys: 'g s', icon: IconCalendarTime };
const notes: Area = { name: 'notes', path: '/notes', keys: 'g n', icon: IconNotes };
const noteTemplates: Area = {
  name: 'noteTemplates',
  path: '/note-templates',
  keys: 'g e',
  icon: IconTemplate,
};
const formulary: Area = { name: 'formulary', path: '/formulary', keys: 'g f', icon: IconPill };
const safety: Area = { name: 'safety', path: '/safety', keys: 'g y', icon: IconShieldCheck };
const openings: Area = { name: 'openings', path: '/openings', keys: 'g r', icon: IconLockOpen };
const audit: Area = { name: 'audit', path: '/audit', keys: 'g u', icon: IconHistory };
const codeSystems: Area = {
  name: 'codeSystems',
  path: '/code-systems',
  keys: 'g o',
  icon: IconListNumbers,
};
const importing: Area = { name: 'import', path: '/import', keys: 'g i', icon: IconFileImport };

/** The areas of a role in the order of its work; the first is where it starts. */
export const areasOf: Readonly<Record<Role, readonly [Area, ...Area[]]>> = {
  reception: [day, queue, waitlist, patients, tasks, calls, absence, schedule],
  nurse: [myDay, queue, day, waitlist, patients, notes, results, tasks, calls],
  doctor: [myDay, queue, results, day, patients, notes, tasks],
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
    audit,
    codeSystems,
    importing,
  ],
};
