import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { ask, findRequest, openRequestsOf, type RequestTask } from '#main/core/patient-requests.ts';
import { type PanelDeps, releasedRow, releasedTo } from '#main/core/released.ts';
import { write } from '#main/core/write.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { PanelPrescription } from '#shared/contract/panel-prescriptions.ts';
import type { PatientRequest } from '#shared/contract/panel-records.ts';
import { renewalRequestCode } from '#shared/domain/panel/request.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** A prescription as its patient sees it, with the versions a request may name. */
export type Shown = Omit<PanelPrescription, 'renewal' | 'mayRenew'> & {
  readonly versions: readonly string[];
  readonly holds: { readonly id: string; readonly requesterId: string | null } | null;
  readonly renewed: boolean;
};

export interface PrescriptionsDeps extends PanelDeps {
  /** What goes on, or what is over, the latest first. */
  readonly prescriptions: (
    patientId: string,
    page: { readonly past: boolean; readonly after: string | null; readonly limit: number },
  ) => { readonly items: readonly Shown[]; readonly next: string | null };
  /** The prescriptions of a person that some versions belong to, by the version. */
  readonly ofVersions: (patientId: string, ids: readonly string[]) => ReadonlyMap<string, Shown>;
  /** Requests as their patient sees them. */
  readonly requestViews: (patientId: string, tasks: readonly RequestTask[]) => PatientRequest[];
}

const openOf = (tasks: readonly RequestTask[], { versions }: Shown): RequestTask | undefined =>
  tasks.find(({ focus_id }) => focus_id !== null && versions.includes(focus_id));

/** What holds or is over can be written again; what was stopped, held back or is being checked is talked about first. */
const canBeAsked = ({ state, renewed }: Shown): boolean =>
  (state === 'active' || state === 'completed') && !renewed;

/** With what was asked of each. */
const views = (deps: PrescriptionsDeps, patientId: string, items: readonly Shown[]): PanelPrescription[] => {
  const tasks = openRequestsOf(deps.store, patientId, renewalRequestCode);
  const requests = new Map(deps.requestViews(patientId, tasks).map((view) => [view.id as string, view]));
  return items.map((shown) => {
    const { versions: _, holds, renewed: __, ...prescription } = shown;
    const task = openOf(tasks, shown);
    return {
      ...prescription,
      renewal: (task && requests.get(task.id)) ?? null,
      mayRenew: task === undefined && holds !== null && canBeAsked(shown),
    };
  });
};

const list = (
  deps: PrescriptionsDeps,
  { patientId, past, before, limit }: Parsed<'panel.prescriptions'>,
  connection: Connection,
): Result<Output<'panel.prescriptions'>> => {
  const released = releasedTo(deps, connection, patientId, 'prescriptions');
  if (!released.ok) return released;
  if (!released.value.shown) return ok({ shown: false, items: [], next: null });
  const { items, next } = deps.prescriptions(patientId, { past, after: before, limit });
  return ok({ shown: true, items: views(deps, patientId, items), next });
};

const requestRenewal = (
  deps: PrescriptionsDeps,
  { patientId, prescriptionId, words }: Parsed<'panel.requestRenewal'>,
  connection: Connection,
): Result<PatientRequest> => {
  const released = releasedTo(deps, connection, patientId, 'prescriptions');
  if (!released.ok) return released;
  const shown = released.value.shown
    ? deps.ofVersions(patientId, [prescriptionId]).get(prescriptionId)
    : undefined;
  if (shown === undefined) return fail('not-found');
  if (shown.holds === null) return fail('forked');
  if (openOf(openRequestsOf(deps.store, patientId, renewalRequestCode), shown)) return fail('duplicate');
  if (!canBeAsked(shown)) return fail('not-active');
  const { id: focusId, requesterId: practitionerId } = shown.holds;
  const by = connection.user?.id ?? null;
  let id = '';
  write(deps, 'renewal.request', connection, (writer) => {
    id = ask(deps, writer, {
      code: renewalRequestCode,
      patientId,
      words: { by, what: words, why: '' },
      practitionerId,
      focusId,
    });
  });
  const task = findRequest(deps.store, id, renewalRequestCode);
  const [view] = task === undefined ? [] : deps.requestViews(patientId, [task]);
  return view === undefined ? fail('not-found') : ok(view);
};

/** A patient's own prescriptions, and asking for more of one. */
export const panelPrescriptionsHandlers = (
  deps: PrescriptionsDeps,
): Handlers<'panel.prescriptions' | 'panel.prescription' | 'panel.requestRenewal'> => ({
  'panel.prescriptions': (input, connection) => list(deps, input, connection),
  'panel.prescription': ({ patientId, id }, connection) =>
    releasedRow(deps, connection, patientId, 'prescriptions', () => {
      const shown = deps.ofVersions(patientId, [id]).get(id);
      return shown === undefined ? null : views(deps, patientId, [shown])[0];
    }),
  'panel.requestRenewal': (input, connection) => requestRenewal(deps, input, connection),
});
