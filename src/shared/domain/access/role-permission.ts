import { v5 } from 'uuid';
import { type Permission, permissions, type Role } from '#shared/contract/permissions.ts';
import { fixedBecause, isUsual } from './bounds.ts';

/** The namespace of the ids below. */
const namespace = '0193a5e0-5c1a-7c60-9d0f-6f2f1d6f7a01';

/**
 * The id of what a clinic says of a role and a permission: made of both (a UUID version 5), so that two workstations that change
 * one without hearing of each other write one row.
 */
export const rolePermissionId = (role: Role, permission: Permission): string =>
  v5(`${role} ${permission}`, namespace);

/** What a clinic has changed of one role. What this version does not know counts for nothing. */
export interface RoleChange {
  readonly permission: string;
  readonly granted: boolean;
}

/**
 * What a role may do in a clinic: what is usual, changed as far as it may be. A change of something fixed, from a workstation of
 * another version or a hand at the centre, changes nothing.
 */
export const grantedTo = (role: Role, changes: readonly RoleChange[]): Permission[] => {
  const changed = new Map(changes.map(({ permission, granted }) => [permission, granted]));
  return permissions.filter((permission) => {
    const said = changed.get(permission);
    return said === undefined || fixedBecause(role, permission) !== null ? isUsual(role, permission) : said;
  });
};
