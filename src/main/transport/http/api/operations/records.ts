import { z } from 'zod';
import { AllergyView, AllergyWords } from '#shared/contract/allergies.ts';
import { contract } from '#shared/contract/contract.ts';
import { NoteThreadView, NoteView } from '#shared/contract/notes.ts';
import { NewResult, ReportView } from '#shared/contract/orders.ts';
import { EncounterView } from '#shared/contract/pages.ts';
import {
  PanelAllergy,
  PanelCondition,
  PanelEncounter,
  PanelNote,
  PanelReport,
  PanelVitals,
} from '#shared/contract/panel-records.ts';
import { ProblemView, ProblemWords } from '#shared/contract/problems.ts';
import { VitalReading, VitalSet } from '#shared/contract/vitals.ts';
import { NoteId, PatientId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type CallAs, defineList, defineOperation, type Operation, offset, pageOf } from '../operation.ts';
import { named } from '../schemas.ts';
import { ownLimit, ownOne, released } from './own.ts';
import { Place } from './shared.ts';

const tag = 'Health records';
const ofPatient = z.object({ patientId: PatientId });
const Encounter = named('Encounter', EncounterView);
named('NoteVersion', NoteView);
const Note = named('Note', NoteThreadView);
named('Observation', VitalReading);
const ObservationSet = named('ObservationSet', VitalSet);
const Condition = named('Condition', ProblemView);
const ConditionDetails = named('ConditionDetails', ProblemWords);
const Allergy = named('Allergy', AllergyView);
const AllergyDetails = named('AllergyDetails', AllergyWords);
const Report = named('DiagnosticReport', ReportView);
// What a patient's account sees of the same, as far as the clinic releases it.
const OwnEncounter = named('OwnEncounter', PanelEncounter);
const OwnNote = named('OwnNote', PanelNote);
const OwnObservations = named('OwnObservationSet', PanelVitals);
const OwnCondition = named('OwnCondition', PanelCondition);
const OwnReport = named('OwnDiagnosticReport', PanelReport);
const OwnAllergy = named('OwnAllergy', PanelAllergy);
const OwnAllergies = named('OwnAllergies', contract['panel.allergies'].output);
const ownProblems = ['restricted', 'not-approved', 'not-released'] as const;
/** Where a list goes on, as its call writes it. */
const next = z.string().max(100);
const texts = (after: string | number | null): string | null => (typeof after === 'string' ? after : null);
const numbers = (after: string | number | null): number | null => (typeof after === 'number' ? after : null);
const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');
const Why = named('ReasonToWithdraw', z.object({ reason: words(1000) }));

const listEncounters = defineList({
  path: '/patients/{patientId}/encounters',
  id: 'listEncounters',
  tag,
  summary: 'Encounters of a patient, the latest first',
  params: ofPatient,
  item: z.union([Encounter, OwnEncounter]),
  cursor: z.union([Place, next]),
  calls: ['encounters.page'],
  problems: ownProblems,
  run: async ({ params: { patientId }, query }, call) => {
    const after = typeof query.after === 'string' ? null : query.after;
    const page = await call('encounters.page', { patientId, ...query, after });
    return page.ok ? ok({ items: page.value.encounters, after: page.value.next }) : page;
  },
  own: {
    calls: ['panel.encounters'],
    run: async ({ params: { patientId }, query: { after, limit } }, call) => {
      const before = typeof after === 'string' ? after : null;
      return released(await call('panel.encounters', { patientId, before, limit: ownLimit(limit) }));
    },
  },
});

const getEncounter = defineOperation({
  method: 'GET',
  path: '/encounters/{encounterId}',
  id: 'getEncounter',
  tag,
  summary: 'An encounter',
  params: z.object({ encounterId: z.guid() }),
  answer: { status: 200, schema: z.union([Encounter, OwnEncounter]) },
  calls: ['encounters.get'],
  problems: ownProblems,
  run: ({ params: { encounterId } }, call) => call('encounters.get', { id: encounterId }),
  own: {
    calls: ['panel.me', 'panel.encounter'],
    run: ({ params: { encounterId: id } }, call) =>
      ownOne(call, (patientId) => call('panel.encounter', { patientId, id })),
  },
});

const listNotes = defineList({
  path: '/patients/{patientId}/notes',
  id: 'listNotes',
  tag,
  summary: 'Signed notes of a patient, those that began last first',
  description:
    'Each with its earlier versions and what was added to it. A note is written and signed at a desk.',
  params: ofPatient,
  item: z.union([Note, OwnNote]),
  cursor: next,
  limit: { usual: 10, most: 20 },
  calls: ['notes.list'],
  problems: ownProblems,
  run: async ({ params: { patientId }, query }, call) => {
    const page = await call('notes.list', { patientId, ...query });
    return page.ok ? ok({ items: page.value.threads, after: page.value.next }) : page;
  },
  own: {
    calls: ['panel.notes'],
    run: async ({ params: { patientId }, query: { after, limit } }, call) =>
      released(await call('panel.notes', { patientId, before: after, limit: ownLimit(limit) })),
  },
});

const getNote = defineOperation({
  method: 'GET',
  path: '/notes/{noteId}',
  id: 'getNote',
  tag,
  summary: 'A signed note with all its versions',
  description: 'By the id of any version or addendum.',
  params: z.object({ noteId: NoteId }),
  answer: { status: 200, schema: z.union([Note, OwnNote]) },
  calls: ['notes.thread'],
  problems: ownProblems,
  run: ({ params: { noteId } }, call) => call('notes.thread', { id: noteId }),
  own: {
    calls: ['panel.me', 'panel.note'],
    run: ({ params: { noteId: id } }, call) =>
      ownOne(call, (patientId) => call('panel.note', { patientId, id })),
  },
});

const listObservations = defineList({
  path: '/patients/{patientId}/observations',
  id: 'listObservations',
  tag,
  summary: 'Vital signs of a patient, the latest first',
  description: 'What was measured at one moment is one item.',
  params: ofPatient,
  item: z.union([ObservationSet, OwnObservations]),
  cursor: next,
  calls: ['vitals.history'],
  problems: ownProblems,
  run: async ({ params: { patientId }, query: { after, limit } }, call) => {
    const page = await call('vitals.history', { patientId, before: after, limit });
    return page.ok ? ok({ items: page.value.sets, after: page.value.next }) : page;
  },
  own: {
    calls: ['panel.vitals'],
    run: async ({ params: { patientId }, query: { after, limit } }, call) =>
      released(await call('panel.vitals', { patientId, before: after, limit: ownLimit(limit) })),
  },
});

const createObservations = defineOperation({
  method: 'POST',
  path: '/patients/{patientId}/observations',
  id: 'createObservations',
  tag,
  summary: 'Record vital signs',
  description:
    '`needs-confirming` names what is unlikely until `confirmed` has its name; what cannot be is `invalid-input`. Recorded values do not change: a correction is made at a desk.',
  params: ofPatient,
  body: named('NewObservations', contract['vitals.record'].input.omit({ patientId: true })),
  answer: { status: 201, schema: ObservationSet },
  calls: ['vitals.record'],
  problems: ['restricted', 'needs-confirming'],
  run: ({ params: { patientId }, body }, call) => call('vitals.record', { patientId, ...body }),
});

const conditionsOf = (call: CallAs<'problems.list'>, patientId: PatientId) =>
  call('problems.list', { patientId });
const ofCondition = ofPatient.extend({ conditionId: z.guid() });

const listConditions = defineList({
  path: '/patients/{patientId}/conditions',
  id: 'listConditions',
  tag,
  summary: 'Problems of a patient, what goes on first',
  params: ofPatient,
  item: z.union([Condition, OwnCondition]),
  cursor: z.union([offset, next]),
  calls: ['problems.list'],
  problems: ownProblems,
  run: async ({ params: { patientId }, query: { after, limit } }, call) => {
    const all = await conditionsOf(call, patientId);
    return all.ok ? ok(pageOf(all.value, { limit, after: numbers(after) })) : all;
  },
  own: {
    calls: ['panel.conditions'],
    run: async ({ params: { patientId }, query: { after, limit } }, call) =>
      released(await call('panel.conditions', { patientId, before: texts(after), limit: ownLimit(limit) })),
  },
});

const findCondition = async (
  call: CallAs<'problems.list'>,
  { patientId, conditionId }: z.output<typeof ofCondition>,
): Promise<Result<ProblemView>> => {
  const all = await conditionsOf(call, patientId);
  if (!all.ok) return all;
  const found = all.value.find(({ id }) => id === conditionId);
  return found === undefined ? fail('not-found') : ok(found);
};

const getCondition = defineOperation({
  method: 'GET',
  path: '/patients/{patientId}/conditions/{conditionId}',
  id: 'getCondition',
  tag,
  summary: 'A problem of a patient',
  params: ofCondition,
  answer: { status: 200, schema: z.union([Condition, OwnCondition]) },
  calls: ['problems.list'],
  problems: ownProblems,
  run: ({ params }, call) => findCondition(call, params),
  own: {
    calls: ['panel.condition'],
    run: ({ params: { patientId, conditionId: id } }, call) => call('panel.condition', { patientId, id }),
  },
});

const createCondition = defineOperation({
  method: 'POST',
  path: '/patients/{patientId}/conditions',
  id: 'createCondition',
  tag,
  summary: 'Add a problem',
  params: ofPatient,
  body: ConditionDetails,
  answer: { status: 201, schema: Condition },
  location: ({ patientId, id }) => `/patients/${patientId}/conditions/${id}`,
  calls: ['problems.add'],
  problems: ['restricted'],
  run: ({ params: { patientId }, body }, call) => call('problems.add', { patientId, problem: body }),
});

const updateCondition = defineOperation({
  method: 'PUT',
  path: '/patients/{patientId}/conditions/{conditionId}',
  id: 'updateCondition',
  tag,
  summary: 'Change a problem',
  params: ofCondition,
  body: ConditionDetails,
  answer: { status: 200, schema: Condition },
  calls: ['problems.change', 'problems.list'],
  ifMatch: getCondition,
  problems: ['restricted'],
  run: async ({ params, body }, call) => {
    const found = await findCondition(call, params);
    return found.ok ? call('problems.change', { id: found.value.id, problem: body }) : found;
  },
});

const withdrawCondition = defineOperation({
  method: 'DELETE',
  path: '/patients/{patientId}/conditions/{conditionId}',
  id: 'withdrawCondition',
  tag,
  summary: 'Withdraw a problem that should not have been written',
  description: 'It stays on record with the reason.',
  params: ofCondition,
  body: Why,
  answer: { status: 204, schema: z.null() },
  calls: ['problems.withdraw', 'problems.list'],
  ifMatch: getCondition,
  problems: ['restricted'],
  run: async ({ params, body }, call) => {
    const found = await findCondition(call, params);
    return found.ok ? call('problems.withdraw', { id: found.value.id, ...body }) : found;
  },
});

const ofAllergy = ofPatient.extend({ allergyId: z.guid() });

const listAllergies = defineOperation({
  method: 'GET',
  path: '/patients/{patientId}/allergies',
  id: 'listAllergies',
  tag,
  summary: 'Allergies of a patient, and what they say together',
  description:
    '`state`: `not-asked`, `none-known`, `some`, or `contradiction`: some, and a statement that there are none.',
  params: ofPatient,
  answer: {
    status: 200,
    schema: z.union([named('Allergies', contract['allergies.list'].output), OwnAllergies]),
  },
  calls: ['allergies.list'],
  problems: ownProblems,
  run: ({ params: { patientId } }, call) => call('allergies.list', { patientId }),
  own: {
    calls: ['panel.allergies'],
    run: async ({ params: { patientId } }, call) => {
      const all = await call('panel.allergies', { patientId, limit: ownLimit(100) });
      return all.ok && !all.value.shown ? fail('not-released') : all;
    },
  },
});

const findAllergy = async (
  call: CallAs<'allergies.list'>,
  { patientId, allergyId }: z.output<typeof ofAllergy>,
): Promise<Result<AllergyView>> => {
  const all = await call('allergies.list', { patientId });
  if (!all.ok) return all;
  const found = [...all.value.allergies, ...all.value.noneKnown].find(({ id }) => id === allergyId);
  return found === undefined ? fail('not-found') : ok(found);
};

const getAllergy = defineOperation({
  method: 'GET',
  path: '/patients/{patientId}/allergies/{allergyId}',
  id: 'getAllergy',
  tag,
  summary: 'An allergy of a patient',
  params: ofAllergy,
  answer: { status: 200, schema: z.union([Allergy, OwnAllergy]) },
  calls: ['allergies.list'],
  problems: ownProblems,
  run: ({ params }, call) => findAllergy(call, params),
  own: {
    calls: ['panel.allergy'],
    run: ({ params: { patientId, allergyId: id } }, call) => call('panel.allergy', { patientId, id }),
  },
});

const createAllergy = defineOperation({
  method: 'POST',
  path: '/patients/{patientId}/allergies',
  id: 'createAllergy',
  tag,
  summary: 'Add an allergy',
  description: 'A statement that there are none is withdrawn by it.',
  params: ofPatient,
  body: AllergyDetails,
  answer: { status: 201, schema: Allergy },
  location: ({ patientId, id }) => `/patients/${patientId}/allergies/${id}`,
  calls: ['allergies.add'],
  problems: ['restricted'],
  run: ({ params: { patientId }, body }, call) => call('allergies.add', { patientId, allergy: body }),
});

const updateAllergy = defineOperation({
  method: 'PUT',
  path: '/patients/{patientId}/allergies/{allergyId}',
  id: 'updateAllergy',
  tag,
  summary: 'Change an allergy',
  params: ofAllergy,
  body: AllergyDetails,
  answer: { status: 200, schema: Allergy },
  calls: ['allergies.change', 'allergies.list'],
  ifMatch: getAllergy,
  problems: ['restricted'],
  run: async ({ params, body }, call) => {
    const found = await findAllergy(call, params);
    return found.ok ? call('allergies.change', { id: found.value.id, allergy: body }) : found;
  },
});

const withdrawAllergy = defineOperation({
  method: 'DELETE',
  path: '/patients/{patientId}/allergies/{allergyId}',
  id: 'withdrawAllergy',
  tag,
  summary: 'Withdraw an allergy that should not have been written',
  description: 'It stays on record with the reason.',
  params: ofAllergy,
  body: Why,
  answer: { status: 204, schema: z.null() },
  calls: ['allergies.withdraw', 'allergies.list'],
  ifMatch: getAllergy,
  problems: ['restricted'],
  run: async ({ params, body }, call) => {
    const found = await findAllergy(call, params);
    return found.ok ? call('allergies.withdraw', { id: found.value.id, ...body }) : found;
  },
});

const listResults = defineList({
  path: '/patients/{patientId}/results',
  id: 'listResults',
  tag,
  summary: 'Reports of a patient, the latest first',
  params: ofPatient,
  item: z.union([Report, OwnReport]),
  cursor: next,
  limit: { usual: 20, most: 50 },
  calls: ['results.ofPatient'],
  problems: ownProblems,
  run: async ({ params: { patientId }, query: { after, limit } }, call) => {
    const page = await call('results.ofPatient', { patientId, before: after, limit });
    return page.ok ? ok({ items: page.value.reports, after: page.value.next }) : page;
  },
  own: {
    calls: ['panel.results'],
    run: async ({ params: { patientId }, query: { after, limit } }, call) =>
      released(await call('panel.results', { patientId, before: after, limit: ownLimit(limit) })),
  },
});

const getResult = defineOperation({
  method: 'GET',
  path: '/results/{resultId}',
  id: 'getResult',
  tag,
  summary: 'A report',
  params: z.object({ resultId: z.guid() }),
  answer: { status: 200, schema: z.union([Report, OwnReport]) },
  calls: ['results.get'],
  problems: ownProblems,
  run: ({ params: { resultId } }, call) => call('results.get', { id: resultId }),
  own: {
    calls: ['panel.me', 'panel.result'],
    run: ({ params: { resultId: id } }, call) =>
      ownOne(call, (patientId) => call('panel.result', { patientId, id })),
  },
});

const createResult = defineOperation({
  method: 'POST',
  path: '/results',
  id: 'createResult',
  tag,
  summary: 'Enter a result, or one in place of another',
  description: '`needs-confirming` when a value is unlikely, until `confirmed`.',
  body: named('NewResult', NewResult),
  answer: { status: 201, schema: Report },
  location: ({ id }) => `/results/${id}`,
  calls: ['results.enter'],
  problems: ['not-found', 'restricted', 'needs-confirming', 'changed-meanwhile'],
  run: ({ body }, call) => call('results.enter', body),
});

export const recordOperations: readonly Operation[] = [
  listEncounters,
  getEncounter,
  listNotes,
  getNote,
  listObservations,
  createObservations,
  listConditions,
  getCondition,
  createCondition,
  updateCondition,
  withdrawCondition,
  listAllergies,
  getAllergy,
  createAllergy,
  updateAllergy,
  withdrawAllergy,
  listResults,
  getResult,
  createResult,
];
