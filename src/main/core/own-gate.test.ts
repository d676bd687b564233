import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type CallName, contract, type Reply } from '#shared/contract/contract.ts';
import { settingId } from '#shared/domain/settings/written.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { payloadsOf } from '#tests/support/contract-payloads.ts';
import { type Clinic, habimana, mutesi, now, site, uwase } from '#tests/support/core-clinic.ts';
import {
  accountLink,
  addLink,
  noDetails,
  openPanelClinic,
  type PanelClinic,
  patientAccountId,
  signInPatient,
  strangerAccountId,
  strangerEmail,
} from '#tests/support/core-panel.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';
import type { Connection } from './dispatch.ts';

/*
 * Everything a patient asks about a person, or names a row of: what is somebody else's is answered exactly as what does not exist.
 * A new call finds its place here by itself when it takes a `patientId`; one that names another row has it in `foreign`.
 */

/** Whom the stranger looks after, so that it is the other row alone that is not theirs. */
const child = somePatient();
/** Of the other account. */
const theirs = someAppointment({ patient_id: habimana.id, practitioner_id: uwase.id, location_id: site.id });

const theirDocument: RowOf<'document_reference'> = {
  ...blank('document_reference'),
  id: crypto.randomUUID(),
  patient_id: habimana.id,
  category: 'letter',
  title: 'Letter',
  content_type: 'application/pdf',
  size: 1,
  hash: 'ab'.repeat(32),
  created_at: new Date(now).toISOString(),
};
const theirPrescription: RowOf<'medication_request'> = {
  ...blank('medication_request'),
  id: crypto.randomUUID(),
  patient_id: habimana.id,
  medication: 'Amlodipine',
  dosage: '1 tablet',
  status: 'active',
  signed_at: new Date(now).toISOString(),
  created_at: new Date(now).toISOString(),
};
const rowId = (n: number) => `01900000-0000-7000-8000-f7${String(n).padStart(10, '0')}`;
const theirInvoice: RowOf<'invoice'> = {
  ...blank('invoice'),
  id: crypto.randomUUID(),
  patient_id: habimana.id,
  series: 'A',
  provisional_number: 'P-1',
  status: 'issued',
  currency: 'RWF',
  total: 100,
  issued_at: new Date(now).toISOString(),
  created_at: new Date(now).toISOString(),
};
const theirPayment: RowOf<'payment'> = {
  ...blank('payment'),
  id: crypto.randomUUID(),
  patient_id: habimana.id,
  invoice_id: theirInvoice.id,
  kind: 'payment',
  method: 'cash',
  amount: 50,
  currency: 'RWF',
  receipt_number: 'R7-1',
  paid_at: new Date(now).toISOString(),
  recorded_at: new Date(now).toISOString(),
};
const theirLink = accountLink(patientAccountId, habimana.id, { status: 'requested' });
const theirRequest: RowOf<'task'> = {
  ...blank('task'),
  id: crypto.randomUUID(),
  code: 'records-request',
  status: 'requested',
  patient_id: habimana.id,
  reason: '{}',
  created_at: new Date(now).toISOString(),
};
const at = new Date(now).toISOString();
const theirEncounter: RowOf<'encounter'> = {
  ...blank('encounter'),
  id: rowId(1),
  patient_id: habimana.id,
  status: 'finished',
  class: 'AMB',
  start_at: at,
  created_at: at,
};
const theirNote: RowOf<'composition'> = {
  ...blank('composition'),
  id: rowId(2),
  patient_id: habimana.id,
  title: 'Visit',
  body: JSON.stringify({ sections: [{ title: 'Text', text: 'Well.' }] }),
  status: 'final',
  author_id: uwase.id,
  signed_at: at,
  created_at: at,
};
const theirReport: RowOf<'diagnostic_report'> = {
  ...blank('diagnostic_report'),
  id: rowId(3),
  patient_id: habimana.id,
  display: 'Potassium',
  status: 'final',
  recorded_at: at,
  effective_at: at,
};
const theirCondition: RowOf<'condition'> = {
  ...blank('condition'),
  id: rowId(4),
  patient_id: habimana.id,
  display: 'Asthma',
  clinical_status: 'active',
  verification_status: 'confirmed',
  recorded_at: at,
};
const theirAllergy: RowOf<'allergy_intolerance'> = {
  ...blank('allergy_intolerance'),
  id: rowId(5),
  patient_id: habimana.id,
  substance: 'Penicillin',
  clinical_status: 'active',
  verification_status: 'confirmed',
  recorded_at: at,
};
/** Of the clinic: nobody's, so what is not there stands for what is not theirs. */
const missing = () => crypto.randomUUID();
const nowhere = { practitionerId: missing, locationId: missing, visitTypeId: missing };
const slot = {
  practitionerId: uwase.id,
  locationId: site.id,
  startLocal: '2026-11-25T09:00',
  visitTypeId: null,
};
const was = { practitionerId: theirs.practitioner_id, startLocal: theirs.start_local };

/** A row of the stranger by the field that names it, for calls that take more than `patientId`. */
const foreign: Partial<Record<CallName, Readonly<Record<string, (clinic: Clinic) => string>>>> = {
  'panel.withdrawLink': { linkId: () => theirLink.id },
  'panel.withdrawRequest': { id: () => theirRequest.id },
  'panel.appointment': { id: () => theirs.id },
  'panel.openDocument': { id: () => theirDocument.id },
  'panel.documentBytes': { id: () => theirDocument.id },
  'panel.requestRenewal': { prescriptionId: () => theirPrescription.id },
  'panel.allergy': { id: () => theirAllergy.id },
  'panel.condition': { id: () => theirCondition.id },
  'panel.result': { id: () => theirReport.id },
  'panel.note': { id: () => theirNote.id },
  'panel.encounter': { id: () => theirEncounter.id },
  'panel.prescription': { id: () => theirPrescription.id },
  'panel.invoice': { id: () => theirInvoice.id },
  'panel.invoiceFile': { id: () => theirInvoice.id },
  'panel.payment': { id: () => theirPayment.id },
  'panel.receiptFile': { id: () => theirPayment.id },
  'panel.move': { ...nowhere, id: () => theirs.id },
  'panel.cancel': { id: () => theirs.id },
  'panelCalendar.entry': { appointmentId: () => theirs.id },
  'panel.hold': { ...nowhere, moving: () => theirs.id },
  'panel.book': nowhere,
  'panel.doctors': nowhere,
  'panel.times': nowhere,
};

/** As soon as they are there, so that it is whose they are alone that keeps them away. */
const released = [
  ['panel.documents', 'shown'],
  ['panel.notes', 'signed'],
  ['panel.results', 'final'],
] as const;

/** An input that gets as far as the gate, where none made of the schema alone does. */
const inputs: Partial<Record<CallName, Readonly<Record<string, unknown>>>> = {
  'panel.notes': { before: null },
  'panel.doctors': { ...slot, after: null, from: null, speciality: null, weekdays: [], limit: 3 },
  'panel.times': { ...slot, from: null, moving: null },
  'panel.hold': { ...slot, moving: null },
  'panel.book': { ...slot, reason: '' },
  'panel.move': { ...slot, was },
  'panel.cancel': { was, reason: '' },
  'panel.changeRecord': { details: {}, was: noDetails },
};

/** Whatever somebody may do about themselves, which names nobody. */
const unknown = '01900000-0000-7000-8000-ffffffffffff';
const own = (Object.keys(contract) as CallName[]).filter((name) => contract[name].needs === 'own');

const idFields = (name: CallName): readonly string[] => {
  const schema = z.toJSONSchema(contract[name].input, { io: 'input', unrepresentable: 'any' });
  const properties = Object.entries(schema.properties ?? {}) as [string, { format?: string; anyOf?: [] }][];
  const isId = (field: { format?: string; anyOf?: readonly { format?: string }[] }) =>
    [field, ...(field.anyOf ?? [])].some(({ format }) => format === 'uuid');
  return properties.flatMap(([field, property]) => (isId(property) ? [field] : []));
};

let clinic: PanelClinic;
let stranger: Connection;
beforeAll(async () => {
  clinic = await openPanelClinic();
  // The one signed in is the stranger: the other account's people and rows are what is foreign.
  stranger = await signInPatient(clinic, strangerEmail);
  addLink(clinic, accountLink(strangerAccountId, mutesi.id, { status: 'refused' }));
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
    writer.insert('patient', child);
    writer.insert('appointment', theirs);
    writer.insert('document_reference', theirDocument);
    writer.insert('medication_request', theirPrescription);
    writer.insert('invoice', theirInvoice);
    writer.insert('payment', theirPayment);
    writer.insert('task', theirRequest);
    writer.insert('patient_account_link', theirLink);
    writer.insert('encounter', theirEncounter);
    writer.insert('composition', theirNote);
    writer.insert('diagnostic_report', theirReport);
    writer.insert('condition', theirCondition);
    writer.insert('allergy_intolerance', theirAllergy);
    for (const [key, value] of released)
      writer.insert('setting', {
        id: settingId(key, null),
        key,
        location_id: null,
        value: JSON.stringify(value),
      });
  });
  addLink(clinic, accountLink(strangerAccountId, child.id));
});
afterAll(() => clinic.close());

const shaped = (name: CallName): Record<string, unknown> => ({
  ...(payloadsOf(name, [unknown], { shaped: 1, hostile: 0 })[0] as object),
  ...(idFields(name).includes('patientId') && { patientId: child.id }),
  ...inputs[name],
});

const cases = own.flatMap((name) => idFields(name).map((field) => [name, field] as const));

it.each(cases)('%s answers a foreign %s as an unknown one', async (name, field) => {
  const foreigners =
    field === 'patientId'
      ? [habimana.id, mutesi.id]
      : [foreign[name]?.[field]?.(clinic) ?? 'no row in `foreign`'];
  const ask = (id: string): Promise<Reply<unknown>> =>
    clinic.core.dispatch(name, { ...shaped(name), [field]: id }, stranger);
  const expected = { ok: false, error: { code: 'not-found' } };
  expect(await ask(unknown)).toEqual(expected);
  for (const id of foreigners) expect(await ask(id)).toEqual(expected);
});

it.each(own)('%s is nothing for the staff', async (name) => {
  const admin = await clinic.signedIn('admin');
  expect(await clinic.core.dispatch(name, shaped(name), admin)).toEqual({
    ok: false,
    error: { code: 'not-permitted' },
  });
});

it('gives a patient no call of the staff', async () => {
  const names = (Object.keys(contract) as CallName[]).filter(
    (name) => !['own', 'public'].includes(contract[name].needs),
  );
  expect(names.length).toBeGreaterThan(100);
  for (const name of names)
    expect(await clinic.core.dispatch(name, shaped(name), clinic.patient), name).toEqual({
      ok: false,
      error: { code: 'not-permitted' },
    });
});
