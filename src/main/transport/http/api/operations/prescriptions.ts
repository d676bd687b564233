import { z } from 'zod';
import { contract } from '#shared/contract/contract.ts';
import { PanelPrescription } from '#shared/contract/panel-prescriptions.ts';
import {
  Prescription,
  PrescriptionHistory,
  PrescriptionInput,
  PrescriptionView,
} from '#shared/contract/prescriptions.ts';
import { prescriptionActions } from '#shared/domain/prescribing/prescription.ts';
import { PatientId, PrescriptionId } from '#shared/kernel/ids.ts';
import type { ErrorCode } from '#shared/kernel/result.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type CallAs, defineList, defineOperation, type Operation, offset, pageOf } from '../operation.ts';
import { named } from '../schemas.ts';
import { ownLimit, ownOne, released } from './own.ts';

const tag = 'Prescriptions';
const Version = named('PrescriptionVersion', PrescriptionView);
const Chain = named('Prescription', Prescription);
const OwnPrescription = named('OwnPrescription', PanelPrescription);
const params = z.object({ prescriptionId: PrescriptionId });

const ownProblems: readonly ErrorCode[] = ['restricted', 'not-approved', 'not-released'];

const listPrescriptions = defineList({
  path: '/prescriptions',
  id: 'listPrescriptions',
  tag,
  summary: 'Prescriptions of a patient',
  description:
    '`current`: drafts, active ones and those on hold, the latest first, at most 200. `past`: what is over, the latest first.',
  query: z.object({ patientId: PatientId, state: z.enum(['current', 'past']).default('current') }),
  item: z.union([Chain, OwnPrescription]),
  cursor: z.union([z.string().max(100), offset]),
  calls: ['prescriptions.current', 'prescriptions.past'],
  problems: ownProblems,
  own: {
    calls: ['panel.prescriptions'],
    run: async ({ query: { patientId, state, limit, after } }, call) =>
      released(
        await call('panel.prescriptions', {
          patientId,
          past: state === 'past',
          before: typeof after === 'string' ? after : null,
          limit: ownLimit(limit),
        }),
      ),
  },
  run: async ({ query: { patientId, state, limit, after } }, call) => {
    if (state === 'current') {
      const now = await call('prescriptions.current', { patientId });
      const place = typeof after === 'number' ? after : null;
      return now.ok ? ok(pageOf(now.value.prescriptions, { limit, after: place })) : now;
    }
    const place = typeof after === 'string' ? after : null;
    const past = await call('prescriptions.past', { patientId, after: place, limit });
    if (!past.ok) return past;
    const { prescriptions, more } = past.value;
    return ok({ items: prescriptions, after: (more ? prescriptions.at(-1)?.id : undefined) ?? null });
  },
});

/** The version that was written last. */
const latest = async (
  call: CallAs<'prescriptions.history'>,
  id: PrescriptionId,
): Promise<Result<PrescriptionView>> => {
  const history = await call('prescriptions.history', { id });
  if (!history.ok) return history;
  const { versions } = history.value;
  const version = versions.find(({ takenBack }) => !takenBack) ?? versions[0];
  return version === undefined ? fail('not-found') : ok(version);
};

const getPrescription = defineOperation({
  method: 'GET',
  path: '/prescriptions/{prescriptionId}',
  id: 'getPrescription',
  tag,
  summary: 'The latest version of a prescription',
  description: 'By the id of any of its versions; a patient’s account gets the one that holds.',
  params,
  answer: { status: 200, schema: z.union([Version, OwnPrescription]) },
  calls: ['prescriptions.history'],
  problems: ownProblems,
  run: ({ params: { prescriptionId } }, call) => latest(call, prescriptionId),
  own: {
    calls: ['panel.me', 'panel.prescription'],
    run: ({ params: { prescriptionId: id } }, call) =>
      ownOne(call, (patientId) => call('panel.prescription', { patientId, id })),
  },
});

const getVersions = defineOperation({
  method: 'GET',
  path: '/prescriptions/{prescriptionId}/versions',
  id: 'listPrescriptionVersions',
  tag,
  summary: 'All versions of a prescription',
  description: 'The newest first, with what was handed out and what was found and overridden.',
  params,
  answer: { status: 200, schema: named('PrescriptionHistory', PrescriptionHistory) },
  calls: ['prescriptions.history'],
  problems: ['restricted'],
  run: ({ params: { prescriptionId } }, call) => call('prescriptions.history', { id: prescriptionId }),
});

const { language, overrides, pin } = contract['prescriptions.write'].input.shape;
/** How it is written: signed or kept as a draft, in which language, and what answers grave findings. */
const writing = {
  sign: z.boolean().default(true),
  language: language.default('en'),
  overrides: overrides.default([]),
  pin: pin.default(null),
};
const writeProblems: readonly ErrorCode[] = [
  'not-found',
  'restricted',
  'override-needed',
  'wrong-pin',
  'no-pin',
  'pin-locked',
  'forked',
  'changed-meanwhile',
];
const signing =
  'The checks run here: `override-needed` when something grave was found that `overrides` do not answer; with one the PIN of the doctor is asked.';

const createPrescription = defineOperation({
  method: 'POST',
  path: '/prescriptions',
  id: 'createPrescription',
  tag,
  summary: 'Prescribe',
  description: signing,
  body: named(
    'NewPrescription',
    z.object({ patientId: PatientId, prescription: PrescriptionInput, ...writing }),
  ),
  answer: { status: 201, schema: Version },
  location: ({ id }) => `/prescriptions/${id}`,
  calls: ['prescriptions.write'],
  problems: writeProblems,
  fields: { 'lines.0': 'prescription', '0': 'prescription' },
  run: async ({ body: { prescription, ...how } }, call) => {
    const written = await call('prescriptions.write', {
      ...how,
      lines: [{ ...prescription, answers: null }],
    });
    if (!written.ok) return written;
    const [version] = written.value;
    return version === undefined ? fail('not-found') : ok(version);
  },
});

const renewPrescription = defineOperation({
  method: 'PUT',
  path: '/prescriptions/{prescriptionId}',
  id: 'updatePrescription',
  tag,
  summary: 'A new version of a prescription',
  description: `What was signed stays; the new version takes its place. \`renew\`: it goes on unchanged; \`change\`: it is written otherwise. ${signing}`,
  params,
  body: named(
    'NewPrescriptionVersion',
    z.object({ kind: z.enum(['renew', 'change']), prescription: PrescriptionInput, ...writing }),
  ),
  answer: { status: 200, schema: Version },
  calls: ['prescriptions.write', 'prescriptions.history'],
  ifMatch: getPrescription,
  problems: writeProblems,
  fields: { 'lines.0': 'prescription', '0': 'prescription' },
  run: async ({ params: { prescriptionId }, body: { kind, prescription, ...how } }, call) => {
    const now = await latest(call, prescriptionId);
    if (!now.ok) return now;
    const { id, patientId } = now.value;
    const written = await call('prescriptions.write', {
      ...how,
      patientId,
      lines: [{ ...prescription, answers: { kind, id } }],
    });
    if (!written.ok) return written;
    const [version] = written.value;
    return version === undefined ? fail('not-found') : ok(version);
  },
});

const stepProblems: readonly ErrorCode[] = ['restricted', 'forked', 'changed-meanwhile'];
const reason = contract['prescriptions.step'].input.shape.reason;

const endPrescription = defineOperation({
  method: 'DELETE',
  path: '/prescriptions/{prescriptionId}',
  id: 'endPrescription',
  tag,
  summary: 'Stop a prescription',
  description: 'It ends by a new version; nothing is deleted.',
  params,
  body: named('EndOfPrescription', z.object({ reason })),
  answer: { status: 200, schema: Version },
  calls: ['prescriptions.step', 'prescriptions.history'],
  ifMatch: getPrescription,
  problems: stepProblems,
  run: async ({ params: { prescriptionId }, body }, call) => {
    const now = await latest(call, prescriptionId);
    return now.ok ? call('prescriptions.step', { id: now.value.id, action: 'stop', ...body }) : now;
  },
});

const stepPrescription = defineOperation({
  method: 'POST',
  path: '/prescriptions/{prescriptionId}/steps',
  id: 'stepPrescription',
  tag,
  summary: 'Hold, resume, stop, complete or take back a prescription',
  params,
  body: named('PrescriptionStep', z.object({ action: z.enum(prescriptionActions), reason })),
  answer: { status: 200, schema: Version },
  calls: ['prescriptions.step', 'prescriptions.history'],
  ifMatch: getPrescription,
  problems: stepProblems,
  run: async ({ params: { prescriptionId }, body }, call) => {
    const now = await latest(call, prescriptionId);
    return now.ok ? call('prescriptions.step', { id: now.value.id, ...body }) : now;
  },
});

export const prescriptionOperations: readonly Operation[] = [
  listPrescriptions,
  getPrescription,
  getVersions,
  createPrescription,
  renewPrescription,
  endPrescription,
  stepPrescription,
];
