/** Roles of accounts. A patient is none of the staff: such an account signs in at no desk. */
export const roles = ['reception', 'nurse', 'doctor', 'pharmacist', 'cashier', 'admin', 'patient'] as const;
export type Role = (typeof roles)[number];

type Roles = readonly Role[];
/** The roles that sign in at a workstation. */
export const staff: Roles = roles.filter((role) => role !== 'patient');
/** Those whose work is the day: its appointments, its visits, what waits for a decision. */
const team: Roles = ['reception', 'nurse', 'doctor', 'admin'];
const desk: Roles = ['reception', 'nurse', 'admin'];
const office: Roles = ['reception', 'admin'];
const billing: Roles = ['reception', 'cashier', 'admin'];
/** Those who answer for a till. */
const cashiers: Roles = ['cashier', 'admin'];
const accounts: Roles = ['cashier', 'admin'];
const care: Roles = ['nurse', 'doctor'];
const medication: Roles = ['nurse', 'doctor', 'pharmacist'];
const doctors: Roles = ['doctor'];
const prescribing: Roles = ['doctor', 'admin'];
const reference: Roles = ['nurse', 'doctor', 'admin'];
const medicines: Roles = ['nurse', 'doctor', 'pharmacist', 'admin'];
const pharmacy: Roles = ['pharmacist', 'admin'];
const admins: Roles = ['admin'];

/**
 * Who may do what: noun, verb, roles. This table alone decides it, with what a clinic has changed (`role_permission`); a call of
 * the contract names the one permission it needs. `void` takes back what stays on record, `sign` answers for it, `approve`
 * decides on what others began, `override` goes past a rule and is written down.
 */
const table = {
  patient: { read: staff, create: desk, update: desk, merge: office },
  appointment: {
    read: staff,
    create: desk,
    update: desk,
    void: team,
    approve: doctors,
    override: office,
  },
  visit: { read: staff, create: desk, update: team },
  waitlist: { read: team, create: desk, update: desk },
  communication: { read: desk, create: desk },
  absence: { read: office, create: office, void: office },
  oversight: { read: office, update: office, export: admins },
  schedule: { read: staff, update: admins },
  task: { read: team, update: desk },
  conflict: { read: team, update: team, sign: doctors, approve: admins },
  chart: { read: medication, override: medication },
  encounter: { read: care },
  note: { read: care, create: care, void: care, sign: care, approve: care },
  condition: { read: care, create: care, update: care, void: care },
  allergy: { read: medication, create: care, update: care, void: care },
  flag: { create: doctors, void: doctors },
  observation: { read: care, create: care, update: care, void: care },
  order: { read: care, create: doctors, void: care },
  result: { read: care, create: care, approve: doctors },
  prescription: { read: medication, sign: doctors, dispense: medication, print: medication },
  document: { read: care, create: care, void: care, sign: doctors },
  'note-template': { read: reference, update: admins },
  'prescription-template': { read: prescribing, update: prescribing, approve: admins },
  formulary: { read: medicines, update: admins },
  'safety-data': { read: medicines, update: admins },
  'code-system': { read: reference, create: admins },
  practitioner: { read: admins, create: admins, update: admins },
  price: { read: staff, update: admins },
  invoice: { read: billing, create: billing, void: cashiers },
  discount: { create: cashiers },
  payer: { read: staff, update: admins },
  charge: { read: billing, create: billing, void: billing },
  report: { read: accounts, export: accounts },
  claim: { read: billing, create: ['cashier', 'admin'], update: ['cashier', 'admin'] },
  payment: { read: billing, create: billing, refund: accounts },
  till: { read: billing, create: billing, approve: admins, update: admins },
  stock: { read: medicines, create: pharmacy, update: pharmacy, approve: pharmacy },
  location: { read: admins, create: admins, update: admins },
  setting: { read: admins, update: admins },
  sync: { read: staff, update: staff },
  overview: { read: admins },
  workstation: { read: admins, create: admins, update: admins },
  import: { create: admins },
  audit: { read: admins, export: admins, approve: admins },
  user: { read: admins, update: admins },
  'panel-account': { read: office, create: office, approve: office, update: admins },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Roles>>>>;

type Table = typeof table;
export type Noun = keyof Table & string;
export type Verb = { [N in Noun]: keyof Table[N] & string }[Noun];
/** `noun.verb`, as in the table. */
export type Permission = { [N in Noun]: `${N}.${keyof Table[N] & string}` }[Noun];

/**
 * What a call needs: nobody signed in, somebody of the staff, one with a permission, a patient who looks after their own (`own`), or
 * a screen that was made a kiosk, where nobody is signed in (`kiosk`).
 */
export type Need = Permission | 'signed-in' | 'own' | 'kiosk' | 'public';

/** The nouns in the order of the table, each with its verbs. */
export const nouns = Object.entries(table).map(([noun, verbs]) => ({
  noun: noun as Noun,
  verbs: Object.keys(verbs) as Verb[],
}));

/** Each permission and the roles that have it where a clinic has changed nothing. */
export const defaultRoles = Object.fromEntries(
  Object.entries(table).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, who]) => [`${noun}.${verb}`, who]),
  ),
) as unknown as Readonly<Record<Permission, Roles>>;

/** Every permission there is, in the order of the table. */
export const permissions = Object.keys(defaultRoles) as [Permission, ...Permission[]];

/** What a role may do where a clinic has changed nothing. */
export const permissionsOf = (role: Role): Permission[] =>
  permissions.filter((permission) => defaultRoles[permission].includes(role));

/** Whether `user` may do what needs `need`; null is nobody. A patient has no permission and is none of the staff. */
export const isGranted = (
  need: Need,
  user: { readonly role: Role; readonly permissions: readonly Permission[] } | null,
): boolean => {
  if (need === 'public') return true;
  if (user === null) return false;
  if (need === 'own') return user.role === 'patient';
  if (need === 'kiosk') return false;
  return user.role !== 'patient' && (need === 'signed-in' || user.permissions.includes(need));
};
