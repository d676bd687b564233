import type { FeatureDeps } from '#main/core/deps.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { PanelPrescription } from '#shared/contract/panel-prescriptions.ts';
import type { PrescriptionView } from '#shared/contract/prescriptions.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { type Chain, chainsOf, isForked } from '#shared/domain/prescribing/chain.ts';
import type { PrescriptionId } from '#shared/kernel/ids.ts';
import { stateOn } from './chains.ts';
import { prescriptionsById, type ShortVersion, versionsOf } from './repository.ts';
import { chainViews, prescriptionViews } from './view.ts';

type Deps = Pick<FeatureDeps, 'store' | 'clock' | 'home'>;

/** A prescription as its patient sees it, but for what they asked about it. */
export type ShownPrescription = Omit<PanelPrescription, 'renewal' | 'mayRenew'> & {
  /** All its versions: a request may name any of them. */
  readonly versions: readonly string[];
  /** The version that holds, and who wrote it; null while the clinic checks which does. */
  readonly holds: { readonly id: string; readonly requesterId: string | null } | null;
  /** Another prescription was written in its place. */
  readonly renewed: boolean;
};

interface Seen {
  readonly chain: Chain<ShortVersion>;
  readonly state: PanelPrescription['state'];
  /** The version that says what it is. */
  readonly shown: string;
}

const isSigned = ({ signedAt, source }: ShortVersion): boolean => signedAt !== null || source !== null;

/**
 * How a prescription stands for its patient; null where nothing of it is theirs to see: it was never signed, or taken back.
 * Where two versions hold, or somebody is writing another one, the clinic is checking it: nothing of it is certain.
 */
const seenOf = (chain: Chain<ShortVersion>, today: string): Seen | null => {
  const signed = chain.versions.filter((version) => isSigned(version) && !version.voided);
  const [latest] = signed.toReversed();
  if (latest === undefined || chain.newest.length === 0) return null;
  if (isForked(chain) || !chain.newest.every(isSigned)) return { chain, state: 'checking', shown: latest.id };
  const [holds] = chain.newest;
  if (holds === undefined) return null;
  const state = stateOn(holds, today);
  return state === 'entered-in-error' || state === 'draft' ? null : { chain, state, shown: holds.id };
};

const isPast = ({ state }: Seen): boolean => state === 'stopped' || state === 'completed';

/** Which of some versions were renewed in another prescription that is signed and stands. */
export const renewedAmong = (
  reader: LocalReader,
  patientId: string,
  ids: readonly string[],
): ReadonlySet<string> =>
  new Set(
    reader
      .all(
        localDb
          .selectFrom('medication_request')
          .select('renews_id')
          .where('patient_id', 'in', samePatient(patientId))
          .where('renews_id', 'in', [...ids])
          .where('signed_at', 'is not', null)
          .where('voided_at', 'is', null),
      )
      .flatMap(({ renews_id }) => renews_id ?? []),
  );

const unsaid = {
  doseValue: null,
  doseUnit: null,
  route: null,
  frequency: null,
  asNeeded: false,
  asNeededFor: null,
  maxPerDay: null,
  duration: null,
} as const;

/** The directions of a version that holds; of one that is being checked none, so that nobody takes the wrong one. */
const directionsOf = (view: PrescriptionView) => ({
  dosage: view.dosage,
  doseValue: view.doseValue,
  doseUnit: view.doseUnit,
  route: view.route,
  frequency: view.frequency,
  asNeeded: view.asNeeded,
  asNeededFor: view.asNeededFor,
  maxPerDay: view.maxPerDay,
  duration: view.duration,
});

const views = (deps: Deps, patientId: string, seen: readonly Seen[], today: string) => {
  const { store } = deps;
  const shown = new Map(
    prescriptionViews(
      store,
      [
        ...prescriptionsById(
          store,
          seen.map((one) => one.shown),
        ).values(),
      ],
      today,
    ).map((view) => [view.id as string, view]),
  );
  const certain = seen.filter(({ state }) => state !== 'checking').map(({ chain }) => chain);
  const left = new Map(chainViews(store, certain, today).map((view) => [view.id as string, view.remaining]));
  const renewed = renewedAmong(
    store,
    patientId,
    seen.flatMap(({ chain }) => chain.versions.map(({ id }) => id)),
  );
  return seen.flatMap(({ chain, state, shown: id }): readonly ShownPrescription[] => {
    const view = shown.get(id);
    if (view === undefined) return [];
    const checking = state === 'checking';
    return [
      {
        id: chain.id as PrescriptionId,
        state,
        medication: view.medication,
        form: view.form,
        strength: checking ? null : view.strength,
        ...(checking ? { ...unsaid, dosage: '' } : directionsOf(view)),
        prescriber: view.requesterName,
        startDate: view.startDate,
        endDate: checking ? null : view.endDate,
        remaining: left.get(chain.id) ?? null,
        quantityUnit: view.quantityUnit,
        versions: chain.versions.map((version) => version.id),
        holds: checking ? null : { id, requesterId: view.requesterId },
        renewed: chain.versions.some((version) => renewed.has(version.id)),
      },
    ];
  });
};

const allOf = (deps: Deps, patientId: string) => {
  const today = dayAt(deps.clock.now(), deps.home().timeZone);
  const seen = chainsOf(versionsOf(deps.store, patientId)).flatMap((chain) => seenOf(chain, today) ?? []);
  return { today, seen };
};

/** What a person takes, or what is over, as they see it, the latest first; `after` is the last one of the page before. */
export const prescriptionsForPatient = (
  deps: Deps,
  patientId: string,
  { past, after, limit }: { readonly past: boolean; readonly after: string | null; readonly limit: number },
): { readonly items: readonly ShownPrescription[]; readonly next: string | null } => {
  const { today, seen } = allOf(deps, patientId);
  const some = seen.filter((one) => isPast(one) === past);
  const from = after === null ? 0 : some.findIndex(({ chain }) => chain.id === after) + 1;
  const page = some.slice(from, from + limit);
  const last = some.length > from + limit ? page.at(-1) : undefined;
  return {
    items: views(deps, patientId, page, today),
    next: last?.chain.id ?? null,
  };
};

/** The prescription of a person that one of these versions belongs to, as they see it, by the version. */
export const prescriptionsOfVersions = (
  deps: Deps,
  patientId: string,
  ids: readonly string[],
): ReadonlyMap<string, ShownPrescription> => {
  const { today, seen } = allOf(deps, patientId);
  const wanted = new Set(ids);
  const some = seen.filter(({ chain }) => chain.versions.some(({ id }) => wanted.has(id)));
  return new Map(
    views(deps, patientId, some, today).flatMap((shown) =>
      shown.versions.filter((id) => wanted.has(id)).map((id) => [id, shown] as const),
    ),
  );
};
