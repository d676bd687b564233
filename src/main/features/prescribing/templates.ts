import { z } from 'zod';
import type { Connection } from '#main/core/dispatch.ts';
import { accountNames, idsIn } from '#main/data/local/names.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { isGranted } from '#shared/contract/permissions.ts';
import { PrescriptionTemplate, type TemplateItem } from '#shared/contract/prescriptions.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { parseFrequency } from '#shared/domain/prescribing/frequency.ts';
import { lineProblems } from '#shared/domain/prescribing/prescription.ts';
import {
  isShared,
  keptProblems,
  mayEditTemplate,
  type OwnedTemplate,
} from '#shared/domain/prescribing/template.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PrescriptionTemplateId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { PrescribingDeps } from './deps.ts';
import { readNumber } from './lines.ts';
import { findTemplate, type TemplateRow, templatesFor, workingAccounts } from './repository.ts';

const itemsOf = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
};

const ownedOf = ({ kind, practitioner_id, created_by }: TemplateRow): OwnedTemplate => ({
  kind: kind === 'favourite' ? kind : 'order-set',
  practitionerId: practitioner_id,
  createdBy: created_by,
});

/** Templates as the contract has them; none where another version of the program wrote what this one cannot read. */
const viewsOf = (
  { store }: PrescribingDeps,
  rows: readonly TemplateRow[],
  user: SignedInUser,
): Output<'prescriptions.templates'> => {
  const names = accountNames(store, idsIn(rows.map(({ created_by }) => created_by)));
  const working = workingAccounts(store);
  return rows.flatMap((row) => {
    const { id, kind, name, items, created_by } = row;
    const owned = ownedOf(row);
    const read = z.safeParse(PrescriptionTemplate, {
      id,
      kind,
      name,
      items: itemsOf(items),
      shared: isShared(owned),
      by: created_by === null ? null : (names.get(created_by) ?? null),
      mayEdit: mayEditTemplate(owned, editorOf(user), created_by !== null && working.has(created_by)),
    });
    return read.success ? [read.data] : [];
  });
};

const editorOf = (user: SignedInUser) => ({
  accountId: user.id,
  practitionerId: user.practitionerId,
  approves: isGranted('prescription-template.approve', user),
});

export const templates = (
  deps: PrescribingDeps,
  { user }: Connection,
): Result<Output<'prescriptions.templates'>> =>
  user === null
    ? fail('not-signed-in')
    : ok(viewsOf(deps, templatesFor(deps.store, user.practitionerId), user));

/** As much JSON as its column holds. */
const mostText = 20_000;

/** A line in its stored spelling, or as it was typed where it cannot be read. */
const readItem = (item: TemplateItem): TemplateItem => ({
  ...item,
  doseValue: readNumber(item.doseValue),
  quantity: readNumber(item.quantity),
  maxPerDay: readNumber(item.maxPerDay),
  frequency: item.frequency === null ? null : (parseFrequency(item.frequency) ?? item.frequency),
});

/** What cannot be read in the lines, by line and field. */
const problemsOf = (
  deps: PrescribingDeps,
  items: readonly TemplateItem[],
): Readonly<Record<string, string>> => {
  const startDate = dayAt(deps.clock.now(), deps.home().timeZone);
  return Object.fromEntries(
    items.flatMap((item, index) =>
      Object.entries(keptProblems(lineProblems({ ...item, startDate, endDate: null }))).map(
        ([field, what]) => [`items.${index}.${field}`, what] as const,
      ),
    ),
  );
};

/** The row that is written over, when that may be done; null for a new one. */
const editable = (
  { store }: PrescribingDeps,
  id: PrescriptionTemplateId | null,
  user: SignedInUser,
): Result<TemplateRow | null> => {
  if (id === null) return ok(null);
  const row = findTemplate(store, id);
  if (row === undefined) return fail('not-found');
  const works = row.created_by !== null && workingAccounts(store).has(row.created_by);
  return mayEditTemplate(ownedOf(row), editorOf(user), works) ? ok(row) : fail('not-permitted');
};

export const keepTemplate = (
  deps: PrescribingDeps,
  { id, kind, name, items: typed, shared }: Parsed<'prescriptions.keepTemplate'>,
  { user }: Connection,
): Result<Output<'prescriptions.keepTemplate'>> => {
  if (user === null) return fail('not-signed-in');
  const forAll = kind === 'order-set' && shared;
  const practitionerId = forAll ? null : user.practitionerId;
  if (practitionerId === null && !forAll) return fail('not-permitted');
  const items = typed.map(readItem);
  const fields = problemsOf(deps, items);
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const text = JSON.stringify(items);
  if (text.length > mostText) return fail('too-large');
  const before = editable(deps, id, user);
  if (!before.ok) return before;
  // What others use is not taken from them: who wants it otherwise makes a copy.
  if (before.value !== null && isShared(ownedOf(before.value)) && !forAll) return fail('not-permitted');
  const said = { kind, name, practitioner_id: practitionerId, items: text, active: 1 as const };
  const kept = (before.value?.id ?? deps.newId()) as PrescriptionTemplateId;
  deps.store.mutate({ kind: 'prescription.template', user: user.id }, (writer) => {
    if (before.value !== null) return writer.update('prescription_template', kept, said);
    writer.insert('prescription_template', {
      ...said,
      id: kept,
      created_at: instant(deps.clock.now()),
      created_by: user.id,
    });
  });
  deps.engine.wake();
  const row = findTemplate(deps.store, kept);
  const [view] = row === undefined ? [] : viewsOf(deps, [row], user);
  return view === undefined ? fail('not-found') : ok(view);
};

export const dropTemplate = (
  deps: PrescribingDeps,
  { id }: Parsed<'prescriptions.dropTemplate'>,
  { user }: Connection,
): Result<null> => {
  if (user === null) return fail('not-signed-in');
  const row = editable(deps, id, user);
  if (!row.ok) return row;
  deps.store.mutate({ kind: 'prescription.template', user: user.id }, (writer) =>
    writer.update('prescription_template', id, { active: 0 }),
  );
  deps.engine.wake();
  return ok(null);
};
