import { randomBytes } from 'node:crypto';
import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { linkCodeHash } from '#main/core/link-code.ts';
import { accountNames, idsIn } from '#main/data/local/names.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { AccountLink } from '#shared/contract/panel-desk.ts';
import { makeCode as oneTimeCode } from '#shared/domain/accounts/code.ts';
import type { LinkStatus } from '#shared/domain/panel/link.ts';
import { linkCodePath } from '#shared/domain/panel/link-code.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findLink, findRecord, linksOfPatient, openCodes, seenBy } from './repository.ts';

const day = 86_400_000;

/** A line in the trail of the patient whose access it is about. */
export const noteAccess = (
  deps: FeatureDeps,
  writer: LocalWriter,
  event: string,
  user: string | null,
  patientId: string,
): void =>
  writer.insert(
    'audit_event',
    auditRow(deps, { action: 'U', event, accountId: user, entity: { table: 'patient', id: patientId } }),
  );

/** Who looks after a record, and whether a printed code is out. */
export const access = (deps: FeatureDeps, patientId: string): Result<Output<'panelDesk.access'>> => {
  const { store } = deps;
  if (findRecord(store, patientId) === undefined) return fail('not-found');
  const rows = linksOfPatient(store, patientId);
  const now = instant(deps.clock.now());
  const code = openCodes(store, patientId).find(({ until_at }) => until_at > now);
  const names = accountNames(store, idsIn([...rows.map(({ decided_by }) => decided_by), code?.created_by]));
  const uncertain = store.uncertain(
    'patient_account_link',
    rows.map(({ id }) => id),
  );
  return ok({
    links: rows.map((row) => ({
      id: row.id,
      accountName: row.account_name,
      accountEmail: row.account_email,
      relationship: row.relationship as AccountLink['relationship'],
      status: row.status as LinkStatus,
      byCode: row.code_id !== null,
      requestedAt: row.requested_at,
      decidedAt: row.decided_at,
      decidedBy: names.get(row.decided_by ?? '') ?? null,
      reason: row.decision_reason,
      certainty: uncertain.get(row.id) ?? 'confirmed',
    })),
    code:
      code === undefined
        ? null
        : {
            until: code.until_at,
            createdAt: code.created_at,
            createdBy: names.get(code.created_by ?? '') ?? null,
          },
  });
};

const voidCodes = (
  deps: FeatureDeps,
  writer: LocalWriter,
  patientId: string,
  user: string | null,
  reason: 'replaced' | 'taken back',
) => {
  for (const { id } of openCodes(deps.store, patientId))
    writer.update('patient_link_code', id, {
      voided_at: instant(deps.clock.now()),
      voided_by: user,
      void_reason: reason,
    });
};

/** Of the code itself only a digest is kept; the ones before it count no more. */
export const makeCode = (
  deps: FeatureDeps,
  patientId: string,
  { user }: Connection,
): Result<Output<'panelDesk.makeCode'>> => {
  const record = findRecord(deps.store, patientId);
  if (record === undefined) return fail('not-found');
  if (record.merged_into !== null) return fail('merged-already');
  const code = oneTimeCode(() => randomBytes(16));
  const hash = linkCodeHash(code);
  if (hash === null) throw new Error('a code that cannot be read');
  const by = user?.id ?? null;
  const now = deps.clock.now();
  const until = instant(now + deps.settings.of('panel.code-days', null) * day);
  deps.store.mutate({ kind: 'panel.make-code', user: by }, (writer) => {
    voidCodes(deps, writer, patientId, by, 'replaced');
    writer.insert('patient_link_code', {
      id: deps.newId(),
      patient_id: patientId,
      code_hash: hash,
      until_at: until,
      used_at: null,
      used_by: null,
      created_at: instant(now),
      created_by: by,
      voided_at: null,
      voided_by: null,
      void_reason: null,
    });
    noteAccess(deps, writer, 'panel-code-made', by, patientId);
  });
  deps.engine.wake();
  const address = deps.settings.of('panel.address', null)?.replace(/\/$/, '') ?? null;
  const link = address === null ? null : `${address}/panel#${linkCodePath(code)}`;
  return ok({ code, until, address: address === null ? null : `${address}/panel`, link });
};

export const voidCode = (deps: FeatureDeps, patientId: string, { user }: Connection): Result<null> => {
  if (openCodes(deps.store, patientId).length === 0) return fail('not-found');
  const by = user?.id ?? null;
  deps.store.mutate({ kind: 'panel.void-code', user: by }, (writer) => {
    voidCodes(deps, writer, patientId, by, 'taken back');
    noteAccess(deps, writer, 'panel-code-voided', by, patientId);
  });
  deps.engine.wake();
  return ok(null);
};

/** The account sees the person no more, under whichever record, from the next thing it asks on. */
export const endAccess = (
  deps: FeatureDeps,
  { linkId, reason }: Parsed<'panelDesk.endAccess'>,
  { user }: Connection,
): Result<null> => {
  const row = findLink(deps.store, linkId);
  if (row === undefined) return fail('not-found');
  if (row.status !== 'approved') return fail('changed-meanwhile');
  const by = user?.id ?? null;
  deps.store.mutate({ kind: 'panel.end-access', user: by }, (writer) => {
    for (const { id } of seenBy(deps.store, row))
      writer.update('patient_account_link', id, {
        status: 'ended',
        decided_at: instant(deps.clock.now()),
        decided_by: by,
        decision_reason: reason,
      });
    noteAccess(deps, writer, 'panel-access-ended', by, row.patient_id);
  });
  deps.engine.wake();
  return ok(null);
};
