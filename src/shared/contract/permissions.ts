/** Roles of staff accounts. Patients get their own when the patient panel comes. */
export const roles = ['reception', 'nurse', 'doctor', 'admin'] as const;
export type Role = (typeof roles)[number];

const everyone: readonly Role[] = ['reception', 'nurse', 'doctor', 'admin'];
const desk: readonly Role[] = ['reception', 'nurse', 'admin'];
const office: readonly Role[] = ['reception', 'admin'];
const care: readonly Role[] = ['nurse', 'doctor'];
const doctors: readonly Role[] = ['doctor'];
const admins: readonly Role[] = ['admin'];
const readers: readonly Role[] = ['nurse', 'doctor', 'admin'];

/**
 * Who may do what: noun, verb, roles. This table alone decides it; a call of the contract names the one permission it needs.
 * `void` takes back what stays on record, `sign` answers for it, `approve` decides on what others began, `override` goes past
 * a rule and is written down.
 */
const table = {
  absence: { read: office, create: office, void: office },
  allergy: { read: care, create: care, update: care, void: care },
  appointment: {
    read: everyone,
    create: desk,
    update: desk,
    void: everyone,
    approve: doctors,
    override: office,
  },
  audit: { read: admins, export: admins, approve: admins },
  chart: { read: care, override: care },
  'code-system': { read: readers, create: admins },
  communication: { read: desk, create: desk },
  condition: { read: care, create: care, update: care, void: care },
  conflict: { read: everyone, update: everyone, sign: doctors, approve: admins },
  document: { read: care, create: care, void: care, sign: doctors },
  encounter: { read: care },
  flag: { create: doctors, void: doctors },
  formulary: { read: readers, update: admins },
  import: { create: admins },
  note: { read: care, create: care, void: care, sign: care, approve: care },
  'note-template': { read: readers, update: admins },
  observation: { read: care, create: care, update: care, void: care },
  order: { read: care, create: doctors, void: care },
  patient: { read: everyone, create: desk, update: desk, merge: office },
  practitioner: { update: admins },
  prescription: { read: care, sign: doctors, dispense: care },
  'prescription-template': { read: ['doctor', 'admin'], update: ['doctor', 'admin'] },
  result: { read: care, create: care, approve: doctors },
  'safety-data': { read: readers, update: admins },
  schedule: { read: everyone, update: admins },
  sync: { read: everyone, update: everyone },
  task: { read: everyone, update: desk },
  visit: { read: everyone, create: desk, update: everyone },
  waitlist: { read: everyone, create: desk, update: desk },
  workstation: { read: admins, update: admins },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly Role[]>>>>;

type Table = typeof table;
export type Noun = keyof Table;
/** `noun.verb`, as in the table. */
export type Permission = { [N in Noun]: `${N}.${keyof Table[N] & string}` }[Noun];

/** What a call needs: nobody signed in, somebody, or somebody with a permission. */
export type Need = Permission | 'signed-in' | 'public';

/** Each permission and the roles that have it. */
export const defaultRoles = Object.fromEntries(
  Object.entries(table).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, who]) => [`${noun}.${verb}`, who]),
  ),
) as unknown as Readonly<Record<Permission, readonly Role[]>>;

/** Every permission there is, in the order of the table. */
export const permissions = Object.keys(defaultRoles) as [Permission, ...Permission[]];

/** What a role may do. */
export const permissionsOf = (role: Role): Permission[] =>
  permissions.filter((permission) => defaultRoles[permission].includes(role));

/** Whether somebody with these permissions may do what needs `need`; null is nobody. */
export const isGranted = (need: Need, granted: readonly Permission[] | null): boolean =>
  need === 'public' || (granted !== null && (need === 'signed-in' || granted.includes(need)));
