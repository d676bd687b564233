import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { PayerDetails } from '#shared/contract/payers.ts';
import { changedFields, isChangedElsewhere } from '#shared/domain/records/changes.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findPayer, type PayerRow, payers } from './repository.ts';

const detailsOf = (row: PayerRow): PayerDetails => ({
  name: row.name,
  identifier: row.identifier,
  email: row.email,
  phone: row.phone,
  addressLine: row.address_line,
  active: row.active === 1,
});

const list = ({ store }: FeatureDeps): Output<'payers.list'> => {
  const rows = payers(store);
  const uncertain = store.uncertain(
    'organization',
    rows.map(({ id }) => id),
  );
  return {
    payers: rows.map((row) => ({
      ...detailsOf(row),
      id: row.id as OrganizationId,
      certainty: uncertain.get(row.id) ?? 'confirmed',
    })),
  };
};

const fold = (name: string) => name.toLocaleLowerCase();

const columns = (details: PayerDetails) => ({
  name: details.name,
  identifier: details.identifier,
  email: details.email,
  phone: details.phone,
  address_line: details.addressLine,
  active: details.active ? (1 as const) : (0 as const),
});

const save = (
  deps: FeatureDeps,
  { id: known, was, ...details }: Parsed<'payers.save'>,
  connection: Connection,
): Result<{ id: OrganizationId }> => {
  const { store } = deps;
  const row = known === null ? undefined : findPayer(store, known);
  if (known !== null && row === undefined) return fail('not-found');
  if (row && was !== null && isChangedElsewhere(detailsOf(row), was, details))
    return fail('changed-meanwhile');
  if (payers(store).some((one) => one.id !== known && fold(one.name) === fold(details.name)))
    return fail('invalid-input', { fields: { name: 'duplicate' } });
  const id = known ?? deps.newId();
  const changes = row && { ...detailsOf(row), ...changedFields(was ?? detailsOf(row), details) };
  write(deps, 'payer.save', connection, (writer) =>
    changes === undefined
      ? writer.insert('organization', {
          ...columns(details),
          id,
          kind: 'payer',
          created_at: instant(deps.clock.now()),
          created_by: connection.user?.id ?? null,
        })
      : writer.update('organization', id, columns(changes)),
  );
  return ok({ id: id as OrganizationId });
};

/** Whoever pays for patients. */
export const payerHandlers = (deps: FeatureDeps): Handlers<'payers.list' | 'payers.save'> => ({
  'payers.list': () => ok(list(deps)),
  'payers.save': (input, connection) => save(deps, input, connection),
});
