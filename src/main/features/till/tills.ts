import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import { userOf } from '#main/session/accounts.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import type { LocationId, StaffAccountId, TillId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findTill, openSessions, type SiteRow, sitesWith, tillsOf, workingAccounts } from './repository.ts';
import { sessionsFrom, sessionViews } from './view.ts';

/** The sites whose payments are all here: of another the figures would be too small. */
export const sitesHere = ({ store }: FeatureDeps): readonly SiteRow[] => {
  const here = store.workstation();
  return sitesWith(store, here === null || here.wholeClinic ? null : here.locationId);
};

/** Who of the staff may have a session at a till. */
export const isCashier = (deps: FeatureDeps, accountId: string): boolean => {
  const account = workingAccounts(deps.store).find(({ id }) => id === accountId);
  return userOf(deps.store, account)?.permissions.includes('till.create') ?? false;
};

const cashiers = ({ store }: FeatureDeps): { id: StaffAccountId; name: string }[] =>
  workingAccounts(store)
    .filter((account) => userOf(store, account)?.permissions.includes('till.create'))
    .map(({ id, display_name }) => ({ id: id as StaffAccountId, name: display_name }));

export const desk = (deps: FeatureDeps): Output<'till.desk'> => {
  const { store, settings, clock, home } = deps;
  const sites = sitesHere(deps);
  const ids = sites.map(({ id }) => id);
  const tills = tillsOf(store, ids);
  const uncertain = store.uncertain(
    'till',
    tills.map(({ id }) => id),
  );
  return {
    tills: tills.map(({ id, name, location_id, site_name, active }) => ({
      id: id as TillId,
      name,
      siteId: location_id as LocationId,
      siteName: site_name,
      active: active === 1,
      certainty: uncertain.get(id) ?? 'confirmed',
    })),
    sites: sites.map(({ id, name }) => ({ id: id as LocationId, name })),
    siteId: store.workstation()?.locationId as LocationId | null,
    open: [...sessionViews(store, sessionsFrom(store, openSessions(store, ids, clock.now())))],
    cashiers: cashiers(deps),
    currency: settings.of('clinic.currency', null),
    today: dayAt(clock.now(), home().timeZone),
  };
};

const fold = (name: string) => name.toLocaleLowerCase();

export const saveTill = (
  deps: FeatureDeps,
  { id: known, name, locationId, active }: Parsed<'till.save'>,
  connection: Connection,
): Result<{ id: TillId }> => {
  const { store } = deps;
  const sites = sitesHere(deps);
  if (known !== null && findTill(store, known) === undefined) return fail('not-found');
  const isTwice = tillsOf(
    store,
    sites.map(({ id }) => id),
  ).some((till) => till.id !== known && till.location_id === locationId && fold(till.name) === fold(name));
  const fields = {
    ...(isTwice && { name: 'duplicate' }),
    ...(!sites.some(({ id }) => id === locationId) && { locationId: 'invalid' }),
  };
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const id = known ?? deps.newId();
  const columns = { name, location_id: locationId as string, active: active ? (1 as const) : (0 as const) };
  write(deps, 'till.save', connection, (writer) =>
    known === null ? writer.insert('till', { id, ...columns }) : writer.update('till', id, columns),
  );
  return ok({ id: id as TillId });
};
