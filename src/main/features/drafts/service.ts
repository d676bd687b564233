import { chartAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { inChart } from '#main/core/in-chart.ts';
import type { FormDraftTable } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { type KeptDraft, mostDrafts, TypedForm } from '#shared/contract/drafts.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { draftsOf, type FormPlace, findDrafts, idsOf, typedBefore } from './repository.ts';

/** Who has not come back to a form in four weeks has written it elsewhere. */
const keptFor = 28 * 86_400_000;

const placeOf = (
  { patientId, subject }: Pick<Parsed<'drafts.discard'>, 'patientId' | 'subject'>,
  form: string,
  user: SignedInUser,
): FormPlace => ({ account_id: user.id, patient_id: patientId, form, subject: subject ?? '' });

/** What a row says; null for what an earlier version wrote and this one does not understand. */
const typedIn = ({ form, fields }: FormDraftTable): TypedForm | null => {
  try {
    return TypedForm.parse({ form, fields: JSON.parse(fields) });
  } catch {
    return null;
  }
};

const ofPatient = (
  deps: FeatureDeps,
  patientId: PatientId,
  user: SignedInUser,
): Output<'drafts.ofPatient'> => {
  const oldest = instant(deps.clock.now() - keptFor);
  const newest = new Map<string, KeptDraft>();
  // Two records that became one may each have the same form: the later one is gone on with.
  for (const row of draftsOf(deps.store, { account_id: user.id, patient_id: patientId })) {
    const typed = row.saved_at < oldest ? null : typedIn(row);
    const name = `${row.form} ${row.subject}`;
    if (typed !== null && !newest.has(name))
      newest.set(name, { typed, subject: row.subject || null, savedAt: row.saved_at });
  }
  return [...newest.values()];
};

/** Drops what is too old, of anybody, and what one user has too many of. */
const tidy = (writer: LocalWriter, now: number, user: SignedInUser): void => {
  for (const id of typedBefore(writer, instant(now - keptFor))) writer.drop('form_draft', id);
  for (const id of idsOf(writer, user.id).slice(mostDrafts)) writer.drop('form_draft', id);
};

const save = (deps: FeatureDeps, input: Parsed<'drafts.save'>, user: SignedInUser): Result<null> => {
  if (input.writer !== user.id) return fail('not-permitted');
  const place = placeOf(input, input.typed.form, user);
  const [known] = findDrafts(deps.store, place);
  if (known === undefined) {
    // What was begun while the chart was open is one's own and is kept, however it stands now.
    const open = chartAccess(deps, input.patientId, user);
    if (!open.ok) return open;
  }
  const now = deps.clock.now();
  deps.store.mutate({ kind: 'form.keep', user: user.id }, (writer) => {
    writer.keep('form_draft', {
      ...place,
      ...(known === undefined ? {} : { patient_id: known.patient_id }),
      id: known?.id ?? deps.newId(),
      fields: JSON.stringify(input.typed.fields),
      saved_at: instant(now),
    });
    tidy(writer, now, user);
  });
  return ok(null);
};

const discard = (deps: FeatureDeps, input: Parsed<'drafts.discard'>, user: SignedInUser): Result<null> => {
  const rows = findDrafts(deps.store, placeOf(input, input.form, user));
  if (rows.length === 0) return ok(null);
  deps.store.mutate({ kind: 'form.discard', user: user.id }, (writer) => {
    for (const { id } of rows) writer.drop('form_draft', id);
  });
  return ok(null);
};

/** Somebody is signed in: the contract's roles say so. */
const asUser = <T>({ user }: Connection, work: (user: SignedInUser) => Result<T>): Result<T> =>
  user === null ? fail('not-signed-in') : work(user);

/** What is typed into the forms of a chart, kept on this workstation alone and seen by who typed it alone. */
export const draftHandlers = (
  deps: FeatureDeps,
): Handlers<'drafts.ofPatient' | 'drafts.save' | 'drafts.discard'> => ({
  'drafts.ofPatient': ({ patientId }, connection) =>
    asUser(connection, (user) => inChart(deps, patientId, user, () => ok(ofPatient(deps, patientId, user)))),
  'drafts.save': (input, connection) => asUser(connection, (user) => save(deps, input, user)),
  'drafts.discard': (input, connection) =>
    asUser(connection, (user) => inChart(deps, input.patientId, user, () => discard(deps, input, user))),
});
