import { z } from 'zod';
import { AccountView } from '#shared/contract/accounts.ts';
import { roles } from '#shared/contract/permissions.ts';
import { AccountDraft } from '#shared/domain/accounts/account.ts';
import { StaffAccountId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type CallAs, defineList, defineOperation, type Operation, offset, pageOf } from '../operation.ts';
import { named } from '../schemas.ts';

const tag = 'Users';
const Account = named('StaffAccount', AccountView);
const params = z.object({ userId: StaffAccountId });

const find = async (call: CallAs<'accounts.list'>, id: StaffAccountId): Promise<Result<AccountView>> => {
  const all = await call('accounts.list', {});
  if (!all.ok) return all;
  const account = all.value.accounts.find((one) => one.id === id);
  return account === undefined ? fail('not-found') : ok(account);
};

const listUsers = defineList({
  path: '/users',
  id: 'listUsers',
  tag,
  summary: 'Accounts of the staff',
  description: 'By name, those that are closed too; at most 1,000.',
  query: z.object({ role: z.enum(roles).optional(), active: z.boolean().optional() }),
  item: Account,
  cursor: offset,
  calls: ['accounts.list'],
  run: async ({ query }, call) => {
    const all = await call('accounts.list', {});
    if (!all.ok) return all;
    const fitting = all.value.accounts.filter(
      ({ role, active }) =>
        (query.role === undefined || role === query.role) &&
        (query.active === undefined || active === query.active),
    );
    return ok(pageOf(fitting, query));
  },
});

const getUser = defineOperation({
  method: 'GET',
  path: '/users/{userId}',
  id: 'getUser',
  tag,
  summary: 'An account of the staff',
  params,
  answer: { status: 200, schema: Account },
  calls: ['accounts.list'],
  run: ({ params: { userId } }, call) => find(call, userId),
});

const createUser = defineOperation({
  method: 'POST',
  path: '/users',
  id: 'createUser',
  tag,
  summary: 'A new account without a password',
  description:
    'The answer has the one-time code with which its person sets a password at a workstation. It is told once.',
  body: named('NewUser', AccountDraft),
  answer: {
    status: 201,
    schema: named('OneTimeCode', z.object({ id: StaffAccountId, code: z.string(), until: z.iso.datetime() })),
  },
  calls: ['accounts.create'],
  location: ({ id }) => `/users/${id}`,
  run: ({ body }, call) => call('accounts.create', body),
});

const updateUser = defineOperation({
  method: 'PATCH',
  path: '/users/{userId}',
  id: 'updateUser',
  tag,
  summary: 'Change fields of an account',
  params,
  body: named('UserChanges', AccountDraft.partial()),
  answer: { status: 200, schema: Account },
  calls: ['accounts.update', 'accounts.list'],
  ifMatch: getUser,
  problems: ['last-administrator'],
  fields: { changes: '' },
  run: async ({ params: { userId }, body }, call) => {
    const done = await call('accounts.update', { id: userId, changes: body });
    return done.ok ? find(call, userId) : done;
  },
});

const closeUser = defineOperation({
  method: 'DELETE',
  path: '/users/{userId}',
  id: 'closeUser',
  tag,
  summary: 'Close an account',
  description: 'Its sessions end; what it did stays on record. It can be opened again.',
  params,
  answer: { status: 200, schema: Account },
  calls: ['accounts.setActive', 'accounts.list'],
  ifMatch: getUser,
  problems: ['last-administrator'],
  run: async ({ params: { userId } }, call) => {
    const done = await call('accounts.setActive', { id: userId, active: false });
    return done.ok ? find(call, userId) : done;
  },
});

const reopenUser = defineOperation({
  method: 'POST',
  path: '/users/{userId}/reopen',
  id: 'reopenUser',
  tag,
  summary: 'Open a closed account again',
  params,
  answer: { status: 200, schema: Account },
  calls: ['accounts.setActive', 'accounts.list'],
  ifMatch: getUser,
  run: async ({ params: { userId } }, call) => {
    const done = await call('accounts.setActive', { id: userId, active: true });
    return done.ok ? find(call, userId) : done;
  },
});

export const userOperations: readonly Operation[] = [
  listUsers,
  getUser,
  createUser,
  updateUser,
  closeUser,
  reopenUser,
];
