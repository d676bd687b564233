import { z } from 'zod';
import type { Connection } from '#main/core/dispatch.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import {
  PrescriptionTemplate,
  type PrescriptionTemplate as Template,
} from '#shared/contract/prescriptions.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PrescriptionTemplateId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { PrescribingDeps } from './deps.ts';
import { findTemplate, type TemplateRow, templatesFor } from './repository.ts';

const itemsOf = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
};

/** A template as the contract has it; none where another version of the program wrote what this one cannot read. */
const viewOf = ({ id, kind, name, items }: TemplateRow): readonly Template[] => {
  const read = z.safeParse(PrescriptionTemplate, { id, kind, name, items: itemsOf(items) });
  return read.success ? [read.data] : [];
};

export const templates = (deps: PrescribingDeps, { user }: Connection): Output<'prescriptions.templates'> =>
  templatesFor(deps.store, user?.practitionerId ?? null).flatMap(viewOf);

/** As much JSON as its column holds. */
const mostText = 20_000;

/** A favourite is its doctor's, a set everybody's. */
const isOwn = (row: TemplateRow, { user }: Connection): boolean =>
  row.kind === 'order-set' || row.practitioner_id === (user?.practitionerId ?? null);

export const keepTemplate = (
  deps: PrescribingDeps,
  { id, kind, name, items }: Parsed<'prescriptions.keepTemplate'>,
  connection: Connection,
): Result<Output<'prescriptions.keepTemplate'>> => {
  const { user } = connection;
  const practitionerId = kind === 'favourite' ? (user?.practitionerId ?? null) : null;
  if (kind === 'favourite' && practitionerId === null) return fail('not-permitted');
  const text = JSON.stringify(items);
  if (text.length > mostText) return fail('too-large');
  const before = id === null ? null : findTemplate(deps.store, id);
  if (before === undefined) return fail('not-found');
  if (before !== null && !isOwn(before, connection)) return fail('not-permitted');
  const said = { kind, name, practitioner_id: practitionerId, items: text, active: 1 as const };
  const own = (before?.id ?? deps.newId()) as PrescriptionTemplateId;
  deps.store.mutate({ kind: 'prescription.template', user: user?.id ?? null }, (writer) => {
    if (before !== null) return writer.update('prescription_template', own, said);
    writer.insert('prescription_template', {
      ...said,
      id: own,
      created_at: instant(deps.clock.now()),
      created_by: user?.id ?? null,
    });
  });
  deps.engine.wake();
  return ok({ id: own, kind, name, items });
};

export const dropTemplate = (
  deps: PrescribingDeps,
  { id }: Parsed<'prescriptions.dropTemplate'>,
  connection: Connection,
): Result<null> => {
  const row = findTemplate(deps.store, id);
  if (row === undefined) return fail('not-found');
  if (!isOwn(row, connection)) return fail('not-permitted');
  deps.store.mutate({ kind: 'prescription.template', user: connection.user?.id ?? null }, (writer) =>
    writer.update('prescription_template', id, { active: 0 }),
  );
  deps.engine.wake();
  return ok(null);
};
