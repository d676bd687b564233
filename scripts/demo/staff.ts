import { type DemoAccount, demoAccounts } from '#shared/domain/demo/accounts.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { demoId } from './random.ts';

export const timeZone = 'Africa/Kigali';

export const siteIds = { kacyiru: demoId('site kacyiru'), remera: demoId('site remera') } as const;
type Site = keyof typeof siteIds;

const site = (key: Site, name: string, address: string, phone: string): RowOf<'location'> => ({
  id: siteIds[key],
  kind: 'site',
  part_of: null,
  name,
  address_line: address,
  city: 'Kigali',
  phone,
  time_zone: timeZone,
  active: 1,
  source: null,
});

const roomId = (key: Site, number: number) => demoId(`room ${key} ${number}`);

const rooms = (key: Site): readonly RowOf<'location'>[] =>
  [1, 2, 3, 4].map((number) => ({
    id: roomId(key, number),
    kind: 'room',
    part_of: siteIds[key],
    name: `Room ${number}`,
    address_line: null,
    city: null,
    phone: null,
    time_zone: timeZone,
    active: 1,
    source: null,
  }));

export const locations: readonly RowOf<'location'>[] = [
  site('kacyiru', 'Kacyiru', 'KG 7 Avenue 14', '+250788300100'),
  site('remera', 'Remera', 'KG 11 Avenue 32', '+250788300200'),
  ...rooms('kacyiru'),
  ...rooms('remera'),
];

/** Hours at one site: weekdays (1 is Monday), room number, and blocks as `HH:MM-HH:MM`. */
interface Duty {
  readonly at: Site;
  readonly days: readonly number[];
  readonly room: number;
  readonly blocks: readonly string[];
}

/** Whom a doctor sees, for what, and how long that takes. */
export interface Practice {
  readonly sees: 'anybody' | 'children' | 'women' | 'adults';
  readonly minutes: readonly [number, ...number[]];
  readonly reasons: readonly [string, ...string[]];
}

interface Doctor extends Practice {
  readonly username: (typeof demoAccounts)[number]['username'];
  readonly family: string;
  readonly given: string;
  readonly gender: 'female' | 'male';
  readonly speciality: string;
  readonly colour: string;
  readonly duties: readonly Duty[];
}

const whole = ['08:00-12:00', '13:00-17:00'];
const morning = ['08:00-12:30'];
const afternoon = ['13:00-17:30'];

const doctors: readonly Doctor[] = [
  {
    username: 'uwase',
    family: 'Uwase',
    given: 'Aline',
    gender: 'female',
    speciality: 'General practice',
    colour: 'teal',
    sees: 'anybody',
    minutes: [15, 15, 15, 30],
    reasons: [
      'Fever',
      'Cough',
      'Blood pressure check',
      'Headache',
      'Malaria follow-up',
      'Back pain',
      'Certificate',
    ],
    duties: [
      { at: 'kacyiru', days: [1, 2, 4, 5], room: 1, blocks: whole },
      { at: 'remera', days: [3], room: 1, blocks: whole },
      { at: 'kacyiru', days: [7], room: 1, blocks: morning },
    ],
  },
  {
    username: 'habimana',
    family: 'Habimana',
    given: 'Jean-Bosco',
    gender: 'male',
    speciality: 'Paediatrics',
    colour: 'brown',
    sees: 'children',
    minutes: [15, 15, 30],
    reasons: ['Vaccination', 'Growth check', 'Fever', 'Ear ache', 'Rash', 'Diarrhoea'],
    duties: [
      { at: 'kacyiru', days: [1, 2, 4], room: 2, blocks: whole },
      { at: 'remera', days: [3, 5], room: 2, blocks: whole },
      { at: 'kacyiru', days: [6], room: 2, blocks: morning },
    ],
  },
  {
    username: 'okello',
    family: 'Okello',
    given: 'Grace',
    gender: 'female',
    speciality: 'Obstetrics and gynaecology',
    colour: 'plum',
    sees: 'women',
    minutes: [30, 30, 45],
    reasons: ['Antenatal visit', 'Postnatal visit', 'Family planning', 'Ultrasound', 'Cervical screening'],
    duties: [
      { at: 'remera', days: [1, 2], room: 3, blocks: whole },
      { at: 'kacyiru', days: [3, 4, 5], room: 3, blocks: whole },
    ],
  },
  {
    username: 'kamau',
    family: 'Kamau',
    given: 'Samuel',
    gender: 'male',
    speciality: 'Internal medicine',
    colour: 'indigo',
    sees: 'adults',
    minutes: [30, 30, 15],
    reasons: [
      'Diabetes review',
      'Hypertension review',
      'Asthma review',
      'Chest pain',
      'Test results',
      'Fatigue',
    ],
    duties: [
      { at: 'remera', days: [1, 2, 4, 5], room: 4, blocks: whole },
      { at: 'kacyiru', days: [3], room: 4, blocks: whole },
      { at: 'kacyiru', days: [6, 7], room: 4, blocks: morning },
    ],
  },
  {
    username: 'mutesi',
    family: 'Mutesi',
    given: 'Diane',
    gender: 'female',
    speciality: 'Dermatology',
    colour: 'magenta',
    sees: 'anybody',
    minutes: [15, 30],
    reasons: ['Eczema', 'Skin check', 'Acne review', 'Fungal infection', 'Wound review'],
    duties: [
      { at: 'kacyiru', days: [1, 5], room: 4, blocks: morning },
      { at: 'remera', days: [2, 4], room: 1, blocks: afternoon },
      { at: 'kacyiru', days: [6], room: 1, blocks: morning },
    ],
  },
  {
    username: 'lefevre',
    family: 'Lefèvre',
    given: 'Hélène',
    gender: 'female',
    speciality: 'Ophthalmology',
    colour: 'olive',
    sees: 'anybody',
    minutes: [15, 30],
    reasons: ['Eye test', 'Red eye', 'Glaucoma review', 'Cataract assessment', 'Glasses'],
    duties: [
      { at: 'kacyiru', days: [2], room: 3, blocks: whole },
      { at: 'remera', days: [4, 5], room: 3, blocks: morning },
      { at: 'remera', days: [1], room: 2, blocks: afternoon },
      { at: 'remera', days: [7], room: 2, blocks: morning },
    ],
  },
  // A second general practitioner on the days of the first, who can stand in.
  {
    username: 'niyonsaba',
    family: 'Niyonsaba',
    given: 'Olivier',
    gender: 'male',
    speciality: 'General practice',
    colour: 'slate',
    sees: 'anybody',
    minutes: [30, 30, 15],
    reasons: ['Certificate', 'Back pain', 'Blood pressure check', 'Cough'],
    duties: [
      { at: 'kacyiru', days: [1], room: 3, blocks: whole },
      { at: 'kacyiru', days: [2, 4], room: 4, blocks: whole },
      { at: 'remera', days: [3], room: 3, blocks: whole },
      { at: 'kacyiru', days: [5], room: 2, blocks: whole },
    ],
  },
];

export const practitionerId = (username: string): string => demoId(`practitioner ${username}`);

/** How each doctor works, by practitioner id. */
export const practices: ReadonlyMap<string, Practice> = new Map(
  doctors.map((doctor) => [practitionerId(doctor.username), doctor]),
);

export const practitioners: readonly RowOf<'practitioner'>[] = doctors.map((doctor) => ({
  ...blank('practitioner'),
  id: practitionerId(doctor.username),
  prefix: 'Dr',
  family: doctor.family,
  given: doctor.given,
  gender: doctor.gender,
  speciality: doctor.speciality,
  colour: doctor.colour,
  active: 1,
  source: null,
}));

export const schedules: readonly RowOf<'schedule'>[] = doctors.flatMap((doctor) =>
  doctor.duties.flatMap((duty) =>
    duty.days.flatMap((weekday) =>
      duty.blocks.map((block) => ({
        id: demoId(`schedule ${doctor.username} ${weekday} ${block}`),
        practitioner_id: practitionerId(doctor.username),
        location_id: siteIds[duty.at],
        room_id: roomId(duty.at, duty.room),
        weekday,
        start_time: block.slice(0, 5),
        end_time: block.slice(6),
        valid_from: null,
        valid_to: null,
        active: 1 as const,
        interval_weeks: null,
      })),
    ),
  ),
);

export const accountId = (username: string): string => demoId(`account ${username}`);

/** An account with its password and PIN as everybody knows them; the hashes are made when the clinic is written. */
export interface StaffMember {
  readonly row: Omit<RowOf<'staff_account'>, 'password_hash' | 'pin_hash'>;
  readonly password: string;
  readonly pin: string | null;
}

const memberOf = ({ username, password, displayName, role, pin }: DemoAccount): StaffMember => ({
  password,
  pin,
  row: {
    ...blank('staff_account'),
    id: accountId(username),
    username,
    display_name: displayName,
    role,
    practitioner_id: role === 'doctor' ? practitionerId(username) : null,
    location_id: username === 'eric' ? siteIds.remera : role === 'doctor' ? null : siteIds.kacyiru,
    active: 1,
  },
});

export const staff: readonly StaffMember[] = demoAccounts.map(memberOf);
