import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** Whether the clinic has ever said something about a role and a permission. */
export const findRolePermission = (
  reader: LocalReader,
  id: string,
): LocalRowOf<'role_permission'> | undefined =>
  reader.get(localDb.selectFrom('role_permission').selectAll().where('id', '=', id));

/** What the clinic has changed, of every role. */
export const changedPermissions = (reader: LocalReader): readonly LocalRowOf<'role_permission'>[] =>
  reader.all(localDb.selectFrom('role_permission').selectAll().where('granted', 'is not', null));
