import { chartAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { inChart } from '#main/core/in-chart.ts';
import type { CallName, Parsed } from '#shared/contract/contract.ts';
import type { NoteThreadView } from '#shared/contract/notes.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { asUser, draftHandlers } from './drafts.ts';
import { begunNotes, type Place, patientOf, toCosign, wholeFamily, withAnswers } from './repository.ts';
import { type NoteDeps, signingHandlers } from './signing.ts';
import { templateHandlers } from './templates.ts';
import { noteView, threadViews } from './view.ts';

const placeOf = (after: string | null): Place | null => {
  const [created_at, id] = after?.split('|') ?? [];
  return created_at === undefined || id === undefined ? null : { created_at, id };
};

const list = (deps: FeatureDeps, input: Parsed<'notes.list'>, user: SignedInUser) => {
  const begun = begunNotes(deps.store, input.patientId, placeOf(input.after), input.limit + 1);
  const page = begun.slice(0, input.limit);
  const last = begun.length > input.limit ? page.at(-1) : undefined;
  const rows = withAnswers(
    deps.store,
    page.map(({ id }) => id),
  );
  return {
    threads: threadViews(deps.store, rows, user),
    next: last === undefined ? null : `${last.created_at}|${last.id}`,
  };
};

/** See the contract. What is no signed note of this workstation's is not there. */
const thread = (deps: FeatureDeps, id: string, user: SignedInUser): Result<NoteThreadView> => {
  const rows = wholeFamily(deps.store, id);
  return inChart(deps, rows[0]?.patient_id, user, () => {
    const [found] = threadViews(deps.store, rows, user);
    return found === undefined ? fail('not-found') : ok(found);
  });
};

const waiting = (deps: FeatureDeps, user: SignedInUser) =>
  (user.practitionerId === null ? [] : toCosign(deps.store, user.practitionerId)).flatMap((row) => {
    const note = noteView(deps.store, wholeFamily(deps.store, row.id), row.id, user);
    const patient = patientOf(deps.store, row.patient_id);
    if (note === null || patient === undefined) return [];
    // A supervisor who does not treat the patient gives a reason first, as everybody does.
    const restricted = !chartAccess(deps, row.patient_id, user).ok;
    return [
      {
        note: restricted ? { ...note, title: '', sections: [], reason: null } : note,
        restricted,
        patientName: fullName(patient),
        patientMrn: patient.mrn,
      },
    ];
  });

/** Notes of encounters: written, signed, added to, amended, co-signed. */
export const noteHandlers = (deps: NoteDeps): Handlers<Extract<CallName, `notes.${string}`>> => ({
  ...draftHandlers(deps),
  ...signingHandlers(deps),
  ...templateHandlers(deps),
  'notes.list': (input, connection) =>
    asUser(connection, (user) => {
      const open = chartAccess(deps, input.patientId, user);
      return open.ok ? ok(list(deps, input, user)) : open;
    }),
  'notes.thread': ({ id }, connection) => asUser(connection, (user) => thread(deps, id, user)),
  'notes.toCosign': (_input, connection) => asUser(connection, (user) => ok(waiting(deps, user))),
});
