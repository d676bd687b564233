import { preferenceId } from '#shared/domain/preferences/preference.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { createdAt, idsOf, type Seen, type WorkContext, type Write } from './act.ts';
import { newUuid, type Random } from './random.ts';

/** What is done in a consulting room and at the till: each policy of the conflict table has some of it. */

const neverVoided = { voided_at: null, voided_by: null, void_reason: null };

const voided = ({ rows, random, token }: WorkContext) => ({
  voided_at: createdAt,
  voided_by: random.pick(rows.accounts),
  void_reason: token(),
});

const aPatient = (desk: Seen, random: Random): string =>
  random.pick(idsOf(desk, 'SELECT id FROM patient ORDER BY id'));

const one = (desk: Seen, random: Random, sql: string): string | null => {
  const ids = idsOf(desk, sql);
  return ids.length === 0 ? null : random.pick(ids);
};

interface OfPatient {
  readonly id: string;
  readonly patient_id: string;
}

const oneOf = (desk: Seen, random: Random, sql: string): OfPatient | null => {
  const found = desk.look(({ db }) => db.prepare(sql).all()) as OfPatient[];
  return found.length === 0 ? null : random.pick(found);
};

/** A version somebody would go on from: the newest ones far more often than one that was followed already. */
const aVersion = (desk: Seen, table: string, random: Random): OfPatient | null => {
  const last = random.chance(0.85)
    ? `WHERE voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM ${table} AS c WHERE c.parent_id = v.id)`
    : '';
  return oneOf(desk, random, `SELECT id, patient_id FROM ${table} AS v ${last} ORDER BY id`);
};

const note: Write = (desk, { rows, random, token }) => {
  const parent = random.chance(0.6) ? aVersion(desk, 'composition', random) : null;
  const row: RowOf<'composition'> = {
    ...blank('composition'),
    id: newUuid(random),
    patient_id: parent?.patient_id ?? aPatient(desk, random),
    parent_id: parent?.id ?? null,
    title: 'Note',
    body: token(),
    status: parent === null ? 'final' : 'amended',
    author_id: random.pick(rows.practitioners),
    signed_at: createdAt,
    created_at: createdAt,
    created_by: null,
    ...neverVoided,
  };
  return { kind: 'note.sign', write: (writer) => writer.insert('composition', row) };
};

const prescribe: Write = (desk, { rows, random, token }) => {
  const parent = random.chance(0.6) ? aVersion(desk, 'medication_request', random) : null;
  const row: RowOf<'medication_request'> = {
    ...blank('medication_request'),
    id: newUuid(random),
    patient_id: parent?.patient_id ?? aPatient(desk, random),
    parent_id: parent?.id ?? null,
    medication: 'Amoxicillin',
    dosage: token(),
    status: random.pick(['active', 'stopped']),
    requester_id: random.pick(rows.practitioners),
    signed_at: createdAt,
    created_at: createdAt,
    created_by: null,
    ...neverVoided,
  };
  return { kind: 'prescription.sign', write: (writer) => writer.insert('medication_request', row) };
};

const voidVersion: Write = (desk, context) => {
  const table = context.random.pick(['composition', 'medication_request'] as const);
  const version = aVersion(desk, table, context.random);
  if (version === null) return null;
  return { kind: 'version.void', write: (writer) => writer.update(table, version.id, voided(context)) };
};

const measure: Write = (desk, { random, token }) => {
  const wrong = random.chance(0.2)
    ? oneOf(desk, random, 'SELECT id, patient_id FROM observation ORDER BY id')
    : null;
  const row: RowOf<'observation'> = {
    ...blank('observation'),
    id: newUuid(random),
    patient_id: wrong?.patient_id ?? aPatient(desk, random),
    code: '8867-4',
    value: String(random.between(40, 180)),
    unit: '/min',
    status: wrong === null ? 'final' : 'corrected',
    effective_at: createdAt,
    recorded_by: null,
    recorded_at: createdAt,
    corrects: wrong?.id ?? null,
    note: token(),
  };
  return { kind: 'observation.record', write: (writer) => writer.insert('observation', row) };
};

const recordAllergy: Write = (desk, { random, token }) => {
  const row: RowOf<'allergy_intolerance'> = {
    ...blank('allergy_intolerance'),
    id: newUuid(random),
    patient_id: aPatient(desk, random),
    substance: random.pick(['Penicillin', 'Latex']),
    clinical_status: 'active',
    verification_status: 'confirmed',
    criticality: null,
    note: token(),
    recorded_by: null,
    recorded_at: createdAt,
    ...neverVoided,
  };
  return { kind: 'allergy.record', write: (writer) => writer.insert('allergy_intolerance', row) };
};

const editAllergy: Write = (desk, context) => {
  const { random, token } = context;
  const id = one(desk, random, 'SELECT id FROM allergy_intolerance ORDER BY id');
  if (id === null) return null;
  const patch = random.chance(0.4) ? voided(context) : { note: token(), criticality: 'high' };
  return { kind: 'allergy.edit', write: (writer) => writer.update('allergy_intolerance', id, patch) };
};

/** Two keys of three people: desks write over each other. */
const prefer: Write = (desk, { rows, random, token }) => {
  const account_id = random.pick(rows.accounts);
  const key = random.pick(['theme', 'language']);
  const id = preferenceId(account_id, key);
  const value = token();
  const known = idsOf(desk, 'SELECT id FROM preference').includes(id);
  return {
    kind: 'preference.set',
    write: (writer) =>
      known
        ? writer.update('preference', id, { value })
        : writer.insert('preference', { id, account_id, key, value }),
  };
};

const charge: Write = (desk, { random, token }) => {
  const row: RowOf<'invoice'> = {
    ...blank('invoice'),
    id: newUuid(random),
    patient_id: aPatient(desk, random),
    series: random.pick(['A', 'B']),
    provisional_number: token(),
    fiscal_number: null,
    status: random.pick(['draft', 'issued']),
    currency: 'EUR',
    total: random.between(1, 9_000),
    issued_at: null,
    created_at: createdAt,
    created_by: null,
  };
  return { kind: 'invoice.make', write: (writer) => writer.insert('invoice', row) };
};

const settleInvoice: Write = (desk, { random }) => {
  const draft = random.chance(0.5);
  const id = one(
    desk,
    random,
    `SELECT id FROM invoice WHERE status ${draft ? '=' : '<>'} 'draft' ORDER BY id`,
  );
  if (id === null) return null;
  const patch = draft
    ? { status: random.pick(['draft', 'issued']), total: random.between(1, 9_000) }
    : { status: random.pick(['balanced', 'cancelled']) };
  return { kind: 'invoice.settle', write: (writer) => writer.update('invoice', id, patch) };
};

/** Two records of one person, or taken apart again. The household's are never merged: their columns go together. */
const merge: Write = (desk, { rows, random }) => {
  const [id, into] = [aPatient(desk, random), aPatient(desk, random)];
  if (id === into || rows.twins.includes(id) || rows.twins.includes(into)) return null;
  const merged_into = random.chance(0.4) ? null : into;
  return { kind: 'patient.merge', write: (writer) => writer.update('patient', id, { merged_into }) };
};

export const clinicalKinds: readonly (readonly [weight: number, write: Write])[] = [
  [2, note],
  [2, prescribe],
  [1, voidVersion],
  [2, measure],
  [1, recordAllergy],
  [2, editAllergy],
  [1, prefer],
  [1, charge],
  [1, settleInvoice],
  [1, merge],
];
