import { defaultRoles, type Permission, type Role } from '#shared/contract/permissions.ts';

/** Why a clinic cannot change whether a role has a permission. */
export const fixedReasons = ['own-data', 'signature', 'administrators', 'care'] as const;
export type FixedReason = (typeof fixedReasons)[number];

/** What only those answer for who are trained and named for it. */
const answeredFor: readonly string[] = ['appointment.approve', 'note.approve', 'result.approve'];
/** What guards everything else, and what cannot be taken back: with others, or with nobody, it would guard nothing. */
const administrators: readonly string[] = ['audit', 'import', 'setting', 'user', 'workstation'];
/** What is in a chart. */
const clinical: readonly string[] = [
  'allergy',
  'chart',
  'condition',
  'document',
  'encounter',
  'flag',
  'note',
  'observation',
  'order',
  'prescription',
  'result',
];
const treating: readonly Role[] = ['nurse', 'doctor', 'pharmacist'];

/**
 * Why `permission` of `role` stays as it is usually; null where a clinic may change it. Patients see no more than their own data,
 * signatures are of those who answer for them, an administrator can always put things right, charts are for those who treat.
 */
export const fixedBecause = (role: Role, permission: Permission): FixedReason | null => {
  const [noun = '', verb = ''] = permission.split('.');
  if (role === 'patient') return 'own-data';
  if (verb === 'sign' || answeredFor.includes(permission)) return 'signature';
  if (administrators.includes(noun)) return 'administrators';
  return clinical.includes(noun) && !treating.includes(role) ? 'care' : null;
};

/** Whether a role usually has a permission. */
export const isUsual = (role: Role, permission: Permission): boolean =>
  defaultRoles[permission].includes(role);
