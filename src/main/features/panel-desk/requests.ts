import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { goingOn } from '#main/data/local/merged.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { LinkRequest } from '#shared/contract/panel-desk.ts';
import type { SimilarPatient } from '#shared/contract/patients.ts';
import { isGranted } from '#shared/contract/permissions.ts';
import type { LinkStatus } from '#shared/domain/panel/link.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { noteAccess } from './access.ts';
import {
  countToCome,
  findLink,
  findRecord,
  type LinkRow,
  type PatientRow,
  requestedLinks,
} from './repository.ts';

/** What deciding needs of the feature that keeps patients. */
export interface DecidingDeps extends FeatureDeps {
  /** Charts that look like a record, the likeliest first, the record itself and those merged with it left out. */
  readonly alike: (patientId: string) => readonly SimilarPatient[];
  /** Why two records cannot be made one, or how it is written. */
  readonly merging: (
    wish: Parsed<'patients.merge'>,
  ) => Result<(writer: LocalWriter, account: string | null) => void>;
}

/** More are read when these are decided. */
const mostShown = 100;

/** The record that goes on in place of a merged one. */
const rootOf = ({ store }: FeatureDeps, { id, merged_into }: PatientRow): string =>
  merged_into === null ? id : (goingOn(store, [id]).get(id) ?? merged_into);

const requestOf = (deps: FeatureDeps, link: LinkRow, certainty: LinkRequest['certainty']) => {
  const record = findRecord(deps.store, link.patient_id);
  // A link comes with its record; one that was voided has nobody to decide about.
  if (record === undefined) return [];
  const root = record.merged_into === null ? undefined : findRecord(deps.store, rootOf(deps, record));
  return [
    {
      id: link.id,
      accountName: link.account_name,
      accountEmail: link.account_email,
      relationship: link.relationship as LinkRequest['relationship'],
      note: link.note,
      requestedAt: link.requested_at,
      patient: {
        id: record.id as PatientId,
        mrn: record.mrn,
        family: record.family,
        given: record.given,
        gender: record.gender,
        birthDate: record.birth_date,
        phone: record.phone,
        email: record.email,
        addressLine: record.address_line,
        city: record.city,
        mergedInto:
          root === undefined
            ? null
            : { id: root.id as PatientId, mrn: root.mrn, family: root.family, given: root.given },
      },
      appointments: countToCome(deps.store, record.id, instant(deps.clock.now())),
      certainty,
    },
  ];
};

export const requests = (deps: FeatureDeps): Output<'panelDesk.requests'> => {
  const links = requestedLinks(deps.store, mostShown);
  const uncertain = deps.store.uncertain(
    'patient_account_link',
    links.map(({ id }) => id),
  );
  return links.flatMap((link) => requestOf(deps, link, uncertain.get(link.id) ?? 'confirmed'));
};

/** A link that still waits, with its record. */
const waiting = (
  { store }: FeatureDeps,
  linkId: string,
): Result<{ readonly link: LinkRow; readonly record: PatientRow }> => {
  const link = findLink(store, linkId);
  const record = link && findRecord(store, link.patient_id);
  if (link === undefined || record === undefined) return fail('not-found');
  return link.status === 'requested' ? ok({ link, record }) : fail('changed-meanwhile');
};

export const alikeCharts = (deps: DecidingDeps, linkId: string): Result<SimilarPatient[]> => {
  const found = waiting(deps, linkId);
  if (!found.ok) return found;
  return ok(found.value.record.merged_into === null ? [...deps.alike(found.value.record.id)] : []);
};

type Decision = Extract<LinkStatus, 'approved' | 'refused'>;

/** One mutation: the decision, its line in the trail, and what belongs to it. */
const decide = (
  deps: FeatureDeps,
  { link, record }: { readonly link: LinkRow; readonly record: PatientRow },
  status: Decision,
  reason: string | null,
  { user }: Connection,
  besides: (writer: LocalWriter, account: string | null) => void = () => undefined,
): Result<null> => {
  const by = user?.id ?? null;
  const kind = status === 'approved' ? 'panel.approve' : 'panel.refuse';
  deps.store.mutate({ kind, user: by }, (writer) => {
    besides(writer, by);
    writer.update('patient_account_link', link.id, {
      status,
      decided_at: instant(deps.clock.now()),
      decided_by: by,
      decision_reason: reason,
    });
    noteAccess(deps, writer, `panel-access-${status}`, by, record.id);
  });
  deps.engine.wake();
  return ok(null);
};

export const approveAs = (
  deps: DecidingDeps,
  { linkId, chartId, take, was }: Parsed<'panelDesk.approveAs'>,
  connection: Connection,
): Result<null> => {
  if (!isGranted('patient.merge', connection.user)) return fail('not-permitted');
  const found = waiting(deps, linkId);
  if (!found.ok) return found;
  const merge = deps.merging({ id: chartId, otherId: found.value.record.id as PatientId, take, was });
  return merge.ok ? decide(deps, found.value, 'approved', null, connection, merge.value) : merge;
};

export const approve = (
  deps: FeatureDeps,
  { linkId }: Parsed<'panelDesk.approve'>,
  connection: Connection,
): Result<null> => {
  const found = waiting(deps, linkId);
  return found.ok ? decide(deps, found.value, 'approved', null, connection) : found;
};

export const refuse = (
  deps: FeatureDeps,
  { linkId, reason }: Parsed<'panelDesk.refuse'>,
  connection: Connection,
): Result<null> => {
  const found = waiting(deps, linkId);
  return found.ok ? decide(deps, found.value, 'refused', reason, connection) : found;
};
