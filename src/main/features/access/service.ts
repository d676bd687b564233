import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { RoleDifference } from '#shared/contract/access.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { fixedBecause, isUsual } from '#shared/domain/access/bounds.ts';
import { rolePermissionId } from '#shared/domain/access/role-permission.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { changedPermissions, findRolePermission } from './repository.ts';

/** Rows of a later version name what this one does not know; what is usual or fixed makes no difference. */
const differences = ({ store }: FeatureDeps): RoleDifference[] =>
  changedPermissions(store).flatMap(({ role, permission, granted }) => {
    const known = RoleDifference.safeParse({ role, permission, granted: granted === 1 });
    if (!known.success) return [];
    const { data } = known;
    const isSame = isUsual(data.role, data.permission) === data.granted;
    return isSame || fixedBecause(data.role, data.permission) !== null ? [] : [data];
  });

const set = (
  deps: FeatureDeps,
  { role, permission, granted }: Parsed<'access.set'>,
  { user }: Connection,
): Result<null> => {
  if (fixedBecause(role, permission) !== null) return fail('not-permitted');
  const id = rolePermissionId(role, permission);
  const known = findRolePermission(deps.store, id);
  const said = isUsual(role, permission) === granted ? null : granted ? 1 : 0;
  if ((known?.granted ?? null) === said) return ok(null);
  deps.store.mutate({ kind: 'role-permission.set', user: user?.id ?? null }, (writer) =>
    known === undefined
      ? writer.insert('role_permission', { id, role, permission, granted: said })
      : writer.update('role_permission', id, { granted: said }),
  );
  deps.engine.wake();
  return ok(null);
};

const reset = (deps: FeatureDeps, { user }: Connection): Result<null> => {
  const changed = changedPermissions(deps.store);
  if (changed.length === 0) return ok(null);
  deps.store.mutate({ kind: 'role-permission.reset', user: user?.id ?? null }, (writer) => {
    for (const { id } of changed) writer.update('role_permission', id, { granted: null });
  });
  deps.engine.wake();
  return ok(null);
};

/** What the clinic allows its roles otherwise than usual. */
export const accessHandlers = (
  deps: FeatureDeps,
): Handlers<'access.differences' | 'access.set' | 'access.reset'> => ({
  'access.differences': () => ok(differences(deps)),
  'access.set': (input, connection) => set(deps, input, connection),
  'access.reset': (_input, connection) => reset(deps, connection),
});
