import { chartAccess } from '#main/core/chart-access.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { encounterNow } from '#main/core/encounter.ts';
import { practitionerNames } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { DocumentDraft } from '#shared/contract/documents.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { decodeBody, type Section } from '#shared/domain/notes/sections.ts';
import { measureNames, measures } from '#shared/domain/vitals/measures.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import {
  activeProblems,
  findEncounter,
  measured,
  nextAppointment,
  prescriptions,
  signedNotes,
} from './gather.ts';
import type { DocumentDeps } from './keep.ts';
import { findPatient } from './repository.ts';
import { filled, type PaperWords, paperWords } from './words.ts';

/** UCUM units as people write them. */
const unitWords: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '[degF]': '°F',
  '[lb_av]': 'lb',
  '[in_i]': 'in',
  'kg/m2': 'kg/m²',
  '{score}': '/ 10',
};

const vitalsText = (reader: LocalReader, encounterId: string, { paper, number }: PaperWords): string => {
  const values = measured(reader, encounterId);
  const said = (code: string) => {
    const row = values.get(code);
    return row?.value
      ? { value: number(row.value), unit: unitWords[row.unit ?? ''] ?? row.unit ?? '' }
      : null;
  };
  const upper = said(measures.systolic.code);
  const lower = said(measures.diastolic.code);
  const pressure =
    upper || lower
      ? [`${paper.vitals.pressure}: ${upper?.value ?? '–'}/${lower?.value ?? '–'} ${(upper ?? lower)?.unit}`]
      : [];
  const others = measureNames.flatMap((name) => {
    if (name === 'systolic' || name === 'diastolic') return [];
    const one = said(measures[name].code);
    return one === null ? [] : [`${paper.vitals[name]}: ${one.value} ${one.unit}`.trim()];
  });
  return [...pressure, ...others].join('\n');
};

const listed = (lines: readonly string[]): string => lines.map((line) => `– ${line}`).join('\n');

const medicationText = (reader: LocalReader, patientId: string, encounterId: string | null): string =>
  listed(
    prescriptions(reader, patientId, encounterId).map(({ medication, dosage }) => `${medication}: ${dosage}`),
  );

const noteText = (reader: LocalReader, encounterId: string): string =>
  signedNotes(reader, encounterId)
    .flatMap(({ body }) => decodeBody(body))
    .map(({ title, text }) => (title === '' ? text : `${title}\n${text}`))
    .join('\n\n');

const nextText = (deps: DocumentDeps, patientId: string, words: PaperWords): string => {
  const next = nextAppointment(deps.store, patientId, instant(deps.clock.now()));
  if (next === undefined) return '';
  const name = practitionerNames(deps.store, [next.practitioner_id]).get(next.practitioner_id) ?? '';
  return filled(words.paper.nextVisit, {
    day: words.day(next.start_local),
    time: next.start_local.slice(11, 16),
    name,
  });
};

type Part = readonly [title: string, text: string];
const filledParts = (parts: readonly Part[]): Section[] =>
  parts.flatMap(([title, text]) => (text.trim() === '' ? [] : [{ title, text }]));

const summary = (
  deps: DocumentDeps,
  patientId: string,
  encounterId: string | null,
  words: PaperWords,
): Section[] => {
  const { sections } = words.paper;
  const { store } = deps;
  const of = (text: (encounter: string) => string) => (encounterId === null ? '' : text(encounterId));
  return filledParts([
    [sections.reason, of((id) => findEncounter(store, id)?.reason ?? '')],
    [sections.vitals, of((id) => vitalsText(store, id, words))],
    [sections.problems, listed(activeProblems(store, patientId))],
    [sections.note, of((id) => noteText(store, id))],
    [sections.medication, of((id) => medicationText(store, patientId, id))],
    [sections.next, nextText(deps, patientId, words)],
  ]);
};

/** What a template says before anybody has read it. */
export const draft = (
  deps: DocumentDeps,
  { patientId, template, language }: Parsed<'documents.draft'>,
  { user }: Connection,
): Result<DocumentDraft> => {
  const open = chartAccess(deps, patientId, user);
  if (!open.ok) return open;
  if (user === null || findPatient(deps.store, patientId) === undefined) return fail('not-found');
  const { timeZone } = deps.home();
  const words = paperWords(language, timeZone);
  const { paper } = words;
  const problems = activeProblems(deps.store, patientId);
  const sections = (): Section[] => {
    switch (template) {
      case 'sick-note':
        return [{ title: '', text: paper.sickNote }];
      case 'referral':
        return [
          { title: '', text: paper.referral },
          ...filledParts([
            [paper.sections.problems, listed(problems)],
            [paper.sections.medication, medicationText(deps.store, patientId, null)],
          ]),
        ];
      case 'visit-summary':
        return summary(deps, patientId, encounterNow(deps, { patientId, user }), words);
    }
  };
  return ok({
    title: words.category[template],
    sections: sections(),
    diagnosis: problems.slice(0, 5).join(', ').slice(0, 500),
    today: dayAt(deps.clock.now(), timeZone),
  });
};
