import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { CentreError } from '#main/data/central/centre.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { WorkstationView } from '#shared/contract/workstations.ts';
import { fold } from '#shared/domain/patients/fold.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { centreErrors, type KnownWorkstation } from '#shared/sync/wire.ts';
import { siteNames } from './repository.ts';

type Told = Output<'workstations.list'>;

/** In use, or may be at any time. */
const isInUse = ({ state }: KnownWorkstation): boolean => state === 'active' || state === 'unused';

const hasEnded = ({ state }: KnownWorkstation): boolean => state === 'revoked' || state === 'wiped';

const views = ({ store }: FeatureDeps, known: readonly KnownWorkstation[]): WorkstationView[] => {
  const names = siteNames(store, [...new Set(known.flatMap(({ location_id }) => location_id ?? []))]);
  return known.map((one) => ({
    id: one.id,
    no: one.no,
    name: one.name,
    locationId: one.location_id as LocationId | null,
    siteName: one.location_id === null ? null : (names.get(one.location_id) ?? null),
    whole: one.scope === 'clinic',
    version: one.app,
    lastContact: one.last_contact,
    behind: one.behind,
    rejected: one.rejected,
    state: one.state,
    here: one.here,
    enrolledAt: one.enrolled,
    enrolledBy: one.enrolled_by,
    enrolledFrom: known.find(({ no }) => no === one.enrolled_from)?.name ?? null,
    loginOpen: one.can_log_in && hasEnded(one),
    lastOfSite:
      isInUse(one) &&
      !known.some((other) => other.id !== one.id && other.location_id === one.location_id && isInUse(other)),
  }));
};

/** What a refusal of the centre means to who asked. */
const refusal = (error: unknown) => {
  if (!(error instanceof CentreError)) throw error;
  switch (error.sqlstate) {
    case centreErrors.noSuchRow:
      return fail('not-found');
    case centreErrors.notAllowed:
      return fail('not-permitted');
    case centreErrors.codesForbidden:
      return fail('codes-forbidden');
    case centreErrors.codesUsedUp:
      return fail('codes-used-up');
    default:
      return fail('centre-unavailable');
  }
};

/**
 * The workstations of the clinic. Only the centre knows them; what it told last is remembered for as long as this process lives, for
 * the account it was told to.
 */
export const workstationHandlers = (
  deps: FeatureDeps,
): Handlers<'workstations.list' | 'workstations.change' | 'workstations.enrol'> => {
  let last: { readonly user: string; readonly told: Told } | null = null;

  const remember = (user: string, known: readonly KnownWorkstation[]): Told => {
    const told = { asOf: instant(deps.clock.now()), live: true, workstations: views(deps, known) };
    last = { user, told };
    return told;
  };

  const list = async ({ user }: Connection): Promise<Result<Told>> => {
    if (user === null) return fail('not-signed-in');
    try {
      return ok(remember(user.id, await deps.engine.workstations(user.id)));
    } catch (error) {
      const failure = refusal(error);
      const isOffline = !failure.ok && failure.error.code === 'centre-unavailable';
      return isOffline && last?.user === user.id ? ok({ ...last.told, live: false }) : failure;
    }
  };

  const change = async (
    { id, action, typed, here }: Parsed<'workstations.change'>,
    { user }: Connection,
  ): Promise<Result<Told>> => {
    if (user === null) return fail('not-signed-in');
    try {
      const known = (await deps.engine.workstations(user.id)).find((one) => one.id === id);
      if (known === undefined) return fail('not-found');
      if (known.here && (action === 'suspend' || action === 'revoke')) return fail('not-permitted');
      const isFinal = action === 'wipe' || action === 'revoke';
      if (isFinal && (typed.trim() !== known.name || (known.here && !here))) return fail('needs-confirming');
      return ok(remember(user.id, await deps.engine.setWorkstation({ user: user.id, id, action })));
    } catch (error) {
      return refusal(error);
    }
  };

  const enrol = async (
    { name, locationId, whole }: Parsed<'workstations.enrol'>,
    { user }: Connection,
  ): Promise<Result<Output<'workstations.enrol'>>> => {
    if (user === null) return fail('not-signed-in');
    if (!whole && locationId === null) return fail('invalid-input', { fields: { locationId: 'required' } });
    try {
      const known = await deps.engine.workstations(user.id);
      const isTaken = known.some((one) => !hasEnded(one) && fold(one.name) === fold(name));
      if (isTaken) return fail('invalid-input', { fields: { name: 'duplicate' } });
      const scope = whole ? 'clinic' : 'site';
      return ok(await deps.engine.enrolWorkstation({ user: user.id, name, locationId, scope }));
    } catch (error) {
      return refusal(error);
    }
  };

  return {
    'workstations.enrol': enrol,
    'workstations.list': (_input, connection) => list(connection),
    'workstations.change': change,
  };
};
