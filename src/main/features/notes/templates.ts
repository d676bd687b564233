import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { practitionerNames } from '#main/data/local/names.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { NoteTemplateView } from '#shared/contract/notes.ts';
import { decodeBody, encodeBody } from '#shared/domain/notes/sections.ts';
import { templateProblems } from '#shared/domain/notes/template.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { NoteTemplateId, PractitionerId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type LocalRowOf } from '#shared/sync/catalogue.ts';
import { activePractitioners, findTemplate, practitionersById, templates } from './repository.ts';

const views = (deps: FeatureDeps, rows: readonly LocalRowOf<'note_template'>[]): NoteTemplateView[] => {
  const uncertain = deps.store.uncertain(
    'note_template',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id as NoteTemplateId,
    name: row.name,
    speciality: row.speciality,
    sections: decodeBody(row.sections).map((section) => ({ ...section })),
    active: row.active === 1,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

const save = (
  deps: FeatureDeps,
  input: Parsed<'notes.saveTemplate'>,
  user: string,
): Result<NoteTemplateView> => {
  const name = input.name.trim();
  const problems = templateProblems(input);
  const isTaken = templates(deps.store).some(
    (row) => row.id !== input.id && row.name.toLocaleLowerCase() === name.toLocaleLowerCase(),
  );
  const fields = { ...(isTaken ? { name: 'duplicate' } : {}), ...problems };
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const known = input.id === null ? undefined : findTemplate(deps.store, input.id);
  if (input.id !== null && known === undefined) return fail('not-found');
  const id = known?.id ?? deps.newId();
  const columns = {
    name,
    speciality: input.speciality?.trim() || null,
    sections: encodeBody(input.sections.map(({ title, text }) => ({ title: title.trim(), text }))),
    active: input.active ? (1 as const) : (0 as const),
  };
  deps.store.mutate({ kind: 'note-template.save', user }, (writer) => {
    if (known !== undefined) writer.update('note_template', id, columns);
    else
      writer.insert('note_template', {
        ...blank('note_template'),
        ...columns,
        id,
        created_at: instant(deps.clock.now()),
        created_by: user,
      });
  });
  deps.engine.wake();
  const row = findTemplate(deps.store, id);
  const [view] = row === undefined ? [] : views(deps, [row]);
  return view === undefined ? fail('not-found') : ok(view);
};

/** Nobody supervises themselves, whoever stands in between. */
const isCircle = (deps: FeatureDeps, practitioner: string, supervisor: string): boolean => {
  const seen = new Set<string>();
  for (let next: string | null = supervisor; next !== null && !seen.has(next); ) {
    if (next === practitioner) return true;
    seen.add(next);
    next = practitionersById(deps.store, [next])[0]?.supervisor_id ?? null;
  }
  return false;
};

const setSupervisor = (
  deps: FeatureDeps,
  { practitionerId, supervisorId }: Parsed<'notes.setSupervisor'>,
  user: string,
): Result<null> => {
  const wanted = supervisorId === null ? [practitionerId] : [practitionerId, supervisorId];
  if (practitionersById(deps.store, wanted).length < new Set(wanted).size) return fail('not-found');
  if (supervisorId !== null && isCircle(deps, practitionerId, supervisorId))
    return fail('invalid-input', { fields: { supervisorId: 'circle' } });
  deps.store.mutate({ kind: 'practitioner.supervisor', user }, (writer) =>
    writer.update('practitioner', practitionerId, { supervisor_id: supervisorId }),
  );
  deps.engine.wake();
  return ok(null);
};

/** What an administrator decides about notes: their templates, and whose are signed by a supervisor as well. */
export const templateHandlers = (
  deps: FeatureDeps,
): Handlers<'notes.templates' | 'notes.saveTemplate' | 'notes.supervision' | 'notes.setSupervisor'> => ({
  'notes.templates': () => ok(views(deps, templates(deps.store))),
  'notes.saveTemplate': (input, { user }) =>
    user === null ? fail('not-signed-in') : save(deps, input, user.id),
  'notes.supervision': () => {
    const rows = activePractitioners(deps.store);
    const names = practitionerNames(
      deps.store,
      rows.map(({ id }) => id),
    );
    return ok(
      rows.map((row) => ({
        id: row.id as PractitionerId,
        name: names.get(row.id) ?? '',
        speciality: row.speciality,
        supervisorId: row.supervisor_id as PractitionerId | null,
      })),
    );
  },
  'notes.setSupervisor': (input, { user }) =>
    user === null ? fail('not-signed-in') : setSupervisor(deps, input, user.id),
});
