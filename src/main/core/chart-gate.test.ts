import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CallName, contract } from '#shared/contract/contract.ts';
import { defaultRoles, type Role, staff } from '#shared/contract/permissions.ts';
import { followUpCode } from '#shared/domain/orders/request.ts';
import { encodeRequest, renewalRequestCode } from '#shared/domain/panel/request.ts';
import { type ConflictId, PatientId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  now,
  openClinic,
  pin,
  uwase,
} from '#tests/support/core-clinic.ts';
import { pullRows, someConflict } from '#tests/support/core-conflicts.ts';
import type { Connection } from './dispatch.ts';

/** What is written in every row of the chart that nobody else may read. */
const secret = 'zz-secret';

const at = new Date(now).toISOString();
const rowId = (n: number) => `01900000-0000-7000-8000-f1${String(n).padStart(10, '0')}`;
const observation = rowId(1);
const allergy = rowId(2);
const problem = rowId(3);
const note = rowId(4);
const prescription = rowId(5);
const dispense = rowId(6);
const request = rowId(7);
const report = rowId(8);
const document = rowId(9);
const alert = rowId(10);
const followUp = rowId(11);
const conflict = rowId(12) as ConflictId;
const drafts: Readonly<Partial<Record<Role, string>>> = { doctor: rowId(13), nurse: rowId(14) };
const refusedProblem = rowId(15);
const settled = rowId(16) as ConflictId;
const renewal = rowId(18);
const encounter = rowId(17);

/** A chart with a row of every kind, none of them by the accounts of this clinic. */
const writeChart = ({ temporary }: Clinic, accounts: Readonly<Partial<Record<Role, string>>>): void => {
  const { store } = temporary.local;
  const of = { patient_id: habimana.id };
  const recorded = { recorded_at: at };
  store.mutate({ kind: 'test', user: null }, (writer) => {
    writer.insert('observation', {
      ...blank('observation'),
      ...of,
      ...recorded,
      id: observation,
      code: '29463-7',
      value: '70',
      unit: 'kg',
      status: 'final',
      category: 'vital-signs',
      effective_at: at,
      note: secret,
    });
    writer.insert('allergy_intolerance', {
      ...blank('allergy_intolerance'),
      ...of,
      ...recorded,
      id: allergy,
      substance: secret,
      clinical_status: 'active',
      verification_status: 'confirmed',
      note: secret,
    });
    writer.insert('condition', {
      ...blank('condition'),
      ...of,
      ...recorded,
      id: problem,
      display: secret,
      clinical_status: 'active',
      verification_status: 'confirmed',
    });
    writer.insert('composition', {
      ...blank('composition'),
      ...of,
      id: note,
      title: secret,
      body: JSON.stringify({ sections: [{ title: secret, text: secret }] }),
      status: 'final',
      author_id: mugabo.id,
      supervisor_id: uwase.id,
      signed_at: at,
      created_at: at,
    });
    writer.insert('medication_request', {
      ...blank('medication_request'),
      ...of,
      id: prescription,
      medication: secret,
      dosage: secret,
      status: 'active',
      signed_at: at,
      created_at: at,
      number: 'ABC',
      start_date: '2026-11-23',
    });
    writer.insert('medication_dispense', {
      ...blank('medication_dispense'),
      ...of,
      ...recorded,
      id: dispense,
      medication_request_id: prescription,
      status: 'completed',
      quantity: '1',
      note: secret,
      handed_at: at,
    });
    writer.insert('service_request', {
      ...blank('service_request'),
      ...of,
      id: request,
      display: secret,
      category: 'laboratory',
      status: 'active',
      priority: 'routine',
      requester_id: uwase.id,
      authored_at: at,
      created_at: at,
    });
    writer.insert('diagnostic_report', {
      ...blank('diagnostic_report'),
      ...of,
      ...recorded,
      id: report,
      display: secret,
      performer: secret,
      status: 'final',
      conclusion: secret,
      requester_id: uwase.id,
      effective_at: at,
    });
    writer.insert('document_reference', {
      ...blank('document_reference'),
      ...of,
      id: document,
      category: 'other',
      title: secret,
      content_type: 'image/png',
      size: 1,
      hash: '0'.repeat(64),
      created_at: at,
    });
    writer.insert('encounter', {
      ...blank('encounter'),
      ...of,
      id: encounter,
      status: 'finished',
      class: 'AMB',
      reason: secret,
      start_at: at,
      created_at: at,
    });
    writer.insert('flag', {
      ...blank('flag'),
      ...of,
      id: alert,
      category: 'clinical',
      text: secret,
      created_at: at,
    });
    writer.insert('task', {
      ...blank('task'),
      ...of,
      id: followUp,
      code: followUpCode,
      status: 'requested',
      reason: secret,
      created_at: at,
      owner_practitioner_id: uwase.id,
      due_date: '2026-11-23',
      focus_id: report,
    });
    writer.insert('task', {
      ...blank('task'),
      ...of,
      id: renewal,
      code: renewalRequestCode,
      status: 'requested',
      reason: encodeRequest({ by: null, what: secret, why: '', answer: '' }),
      created_at: at,
      owner_practitioner_id: uwase.id,
      focus_id: prescription,
    });
    for (const role of ['doctor', 'nurse'] as const)
      writer.keep('note_draft', {
        id: drafts[role] ?? '',
        account_id: accounts[role] ?? '',
        patient_id: habimana.id,
        encounter_id: '',
        kind: 'note',
        answers: '',
        title: 'Begun before the chart was restricted',
        type: 'progress-note',
        body: JSON.stringify({ sections: [{ title: 'Text', text: 'words' }] }),
        reason: '',
        revision: 1,
        started_at: at,
        saved_at: at,
      });
  });
};

/** A piece of clinical work that the centre refused; its number. */
const refuse = ({ temporary }: Clinic): number => {
  const { store, replica } = temporary.local;
  const { n } = store.mutate({ kind: 'problems.add', user: null }, (writer) =>
    writer.insert('condition', {
      ...blank('condition'),
      id: refusedProblem,
      patient_id: habimana.id,
      display: secret,
      clinical_status: 'active',
      verification_status: 'confirmed',
      recorded_at: at,
    }),
  );
  replica.recordVerdicts([{ n, status: 'rejected', sqlstate: '23503', message: 'no' }]);
  return n;
};

/** As much of JSON Schema as the contract's inputs need. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly format?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

const formats: Readonly<Record<string, string>> = {
  uuid: '01900000-0000-7000-8000-f10000000009',
  date: '2026-11-23',
  'date-time': '2026-11-23T08:00:00.000Z',
};

/** The least input a schema takes: the gate has to be asked before anything else is looked at. */
const leastOf = (schema: Schema): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const choice = choices.find(({ type }) => type === 'null') ?? choices[0];
    return choice === undefined ? null : leastOf(choice);
  }
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, leastOf(schema.properties?.[name] ?? {})]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => leastOf(schema.items ?? {}));
    case 'string':
      return formats[schema.format ?? ''] ?? 'x'.repeat(schema.minLength ?? 0);
    case 'integer':
    case 'number':
      return Math.max(0, schema.minimum ?? 0);
    case 'boolean':
      return false;
    default:
      return null;
  }
};

/** Where a schema says more than JSON Schema can. */
const more: Partial<Record<CallName, object>> = {
  'results.enter': { display: 'Potassium', effectiveLocal: '2026-11-23T09:00' },
  'documents.attach': { title: 'Scan', contentType: 'image/png' },
  'documents.make': { title: 'Sick note' },
};

const inputOf = (name: CallName): object =>
  leastOf(z.toJSONSchema(contract[name].input, { io: 'input', unrepresentable: 'any' }) as Schema) as object;

const input = (name: CallName): z.ZodType => contract[name].input;
const shapeOf = (name: CallName): Readonly<Record<string, unknown>> =>
  (input(name) as unknown as { readonly shape?: Readonly<Record<string, unknown>> }).shape ?? {};
const rolesOf = (name: CallName): readonly Role[] => {
  const { needs } = contract[name];
  return needs === 'public' || needs === 'signed-in' || needs === 'own' || needs === 'kiosk'
    ? staff
    : defaultRoles[needs];
};
// What is a patient's own is behind another gate, `core/own-patient.ts`; a kiosk reads no chart.
const calls = (Object.keys(contract) as CallName[]).filter(
  (name) => !['own', 'kiosk'].includes(contract[name].needs),
);

/** Calls that say by which row of a chart they go, with such a row. */
const byRow = (role: Role, refused: number): Readonly<Partial<Record<CallName, object>>> => ({
  'vitals.correct': { id: observation, value: '71', unit: 'kg', reason: 'x' },
  'vitals.markInError': { id: observation, reason: 'x' },
  'allergies.change': { id: allergy },
  'allergies.refute': { id: allergy, reason: 'x' },
  'allergies.withdraw': { id: allergy, reason: 'x' },
  'problems.change': { id: problem },
  'problems.withdraw': { id: problem, reason: 'x' },
  'prescriptions.history': { id: prescription },
  'prescriptions.step': { id: prescription, action: 'stop', reason: 'x' },
  'prescriptions.dispense': { id: prescription, quantity: '1' },
  'prescriptions.stock': { id: prescription, quantity: '1' },
  'prescriptions.label': { dispenseId: dispense },
  'prescriptions.takeBack': { dispenseId: dispense, reason: 'x' },
  'notes.sign': { id: drafts[role], revision: 1, pin },
  'notes.void': { id: note, reason: 'x', pin },
  'notes.cosign': { id: note, pin },
  'orders.cancel': { id: request, reason: 'x' },
  'results.acknowledge': { reportId: report, note: '', followUp: null },
  'results.followUpDone': { id: followUp },
  'notes.thread': { id: note },
  'results.get': { id: report },
  'prescriptions.refuseRenewal': { id: renewal, reason: 'x' },
  'encounters.get': { id: encounter },
  'documents.open': { id: document },
  'documents.bytes': { id: document, n: 0 },
  'documents.void': { id: document, reason: 'x' },
  'chart.endFlag': { id: alert, reason: 'x' },
  'conflicts.settle': { id: conflict, resolution: 'kept', seen: {} },
  'conflicts.reopen': { id: settled, before: {}, now: {} },
  'sync.parked': { n: refused },
  'sync.resend': { n: refused, corrections: [{ change: 0, typed: { display: 'x' } }] },
});

/** Calls that tell of many patients at once: what is in a closed chart is left out. */
const lists: readonly CallName[] = [
  'orders.open',
  'results.inbox',
  'results.followUps',
  'prescriptions.renewals',
  'notes.toCosign',
  'conflicts.open',
  'conflicts.history',
];

/** Calls a restriction does not close, by the reason why. Those that only read are tried all the same: none tells what is in the chart. */
const exempt: Readonly<Record<string, readonly CallName[]>> = {
  'says that the chart is closed, and is the way to open it': ['chart.open', 'chart.breakGlass'],
  'is who opened a chart and why, for the administrator who looks at it afterwards': [
    'chart.openings',
    'chart.review',
  ],
  'is the audit trail, for the administrator: who opened or changed what': [
    'audit.list',
    'audit.record',
    'audit.export',
  ],
  'writes down that something was printed or exported, and tells nothing': ['audit.note'],
  'is what was prescribed against a warning, for the administrator who looks at it afterwards': [
    'safety.overrides',
  ],
  'is the user\u2019s own text, begun while the chart was open; signing it asks again': [
    'notes.drafts',
    'notes.dropDraft',
  ],
  'is a file the user handed over that is in no chart yet; keeping it asks': [
    'documents.part',
    'documents.cancel',
  ],
  'is how many wait, not what': ['results.waiting', 'prescriptions.renewalsWaiting'],
  'is what a patient writes to the desk': ['records.requests', 'records.answer'],
  'is a laboratory\u2019s file: its results belong in the chart whoever brings them, and none is told': [
    'results.import',
  ],
  'is refused work of this desk, sent again as it was or given up: nothing of it is told': [
    'sync.outbox',
    'sync.history',
    'sync.withdraw',
  ],
  'is who a patient is, which the desk keeps': [
    'patients.search',
    'patients.get',
    'patients.page',
    'patients.particulars',
    'patients.register',
    'patients.update',
    'patients.similar',
    'patients.findEverywhere',
    'patients.bringHere',
    'patients.mergePreview',
    'patients.merge',
    'patients.unmerge',
    'patients.possibleDuplicates',
    'patients.keepApart',
    'patients.withdrawKeepApart',
  ],
  'is who looks after a record in the panel, which the desk decides': [
    'panelDesk.access',
    'panelDesk.makeCode',
    'panelDesk.voidCode',
    'panelDesk.endAccess',
    'panelDesk.requests',
    'panelDesk.waiting',
    'panelDesk.alike',
    'panelDesk.approveAs',
    'panelDesk.approve',
    'panelDesk.refuse',
  ],
  'is what a patient was billed and paid, which the desk keeps': [
    'invoices.page',
    'invoices.get',
    'invoices.list',
    'invoices.openCharges',
    'invoices.draft',
    'invoices.change',
    'invoices.discount',
    'invoices.giveUp',
    'invoices.issue',
    'invoices.credit',
    'invoices.paper',
    'payments.record',
    'payments.useDeposit',
    'payments.releaseDeposit',
    'payments.refund',
    'payments.of',
    'payments.get',
    'payments.balance',
    'payments.till',
    'payments.day',
    'payments.receipt',
    'payments.printed',
  ],
  'is what a patient is to be billed, which the desk keeps': [
    'charges.open',
    'charges.add',
    'charges.remove',
  ],
  'is when a patient comes and where they wait, which the desk keeps': [
    'patients.appointments',
    'appointments.board',
    'appointments.week',
    'appointments.hold',
    'appointments.release',
    'appointments.phoneList',
    'appointments.get',
    'appointments.page',
    'appointments.book',
    'appointments.move',
    'appointments.cancel',
    'appointments.reinstate',
    'appointments.accept',
    'appointments.reject',
    'appointments.propose',
    'appointments.freeSlots',
    'appointments.rebookingSlots',
    'appointments.myDay',
    'appointments.tasks',
    'appointments.closeTask',
    'series.preview',
    'series.book',
    'series.get',
    'series.previewChange',
    'series.change',
    'series.cancel',
    'series.undo',
    'absence.plan',
    'absence.slots',
    'absence.apply',
    'absence.known',
    'absence.takeBack',
    'oversight.list',
    'oversight.export',
    'oversight.preview',
    'oversight.apply',
    'oversight.known',
    'oversight.takeBack',
    'calls.list',
    'calls.answer',
    'scheduling.affected',
    'scheduling.affectedCounts',
    'visits.step',
    'visits.undo',
    'visits.walkIn',
    'visits.setPriority',
    'visits.requeue',
    'visits.queue',
    'visits.board',
    'waitlist.list',
    'waitlist.ofPatient',
    'waitlist.add',
    'waitlist.change',
    'waitlist.cancel',
    'waitlist.release',
    'waitlist.offer',
    'waitlist.matches',
  ],
  'brings the charts of another system in, before anybody works here': [
    'import.check',
    'import.run',
    'import.cancel',
    'import.status',
  ],
  'is about no patient': [
    'app.info',
    'session.openCode',
    'session.enter',
    'session.changePassword',
    'session.signOutEverywhere',
    'accounts.list',
    'accounts.create',
    'accounts.update',
    'accounts.setActive',
    'accounts.issueCode',
    'accounts.signOut',
    'panelAccounts.list',
    'panelAccounts.setActive',
    'panelAccounts.signOut',
    'kiosk.arm',
    'session.signIn',
    'panel.signIn',
    'panel.register',
    'panel.resend',
    'panel.verify',
    'panel.askReset',
    'panel.reset',
    'session.signOut',
    'session.pin',
    'session.setPin',
    'session.unlockPin',
    'session.active',
    'session.lock',
    'session.held',
    'session.unlock',
    'session.current',
    'access.differences',
    'access.set',
    'access.reset',
    'overview.today',
    'overview.trend',
    'billing.report',
    'billing.reportFile',
    'workstations.list',
    'workstations.change',
    'workstations.enrol',
    'mail.status',
    'protection.status',
    'protection.makeRecoveryKey',
    'protection.confirmRecoveryKey',
    'protection.changeKey',
    'protection.chooseSecondPlace',
    'protection.leaveSecondPlace',
    'protection.backUp',
    'diagnostics.export',
    'updates.status',
    'shell.openWindow',
    'printing.setup',
    'printing.print',
    'sync.status',
    'sync.retry',
    'sync.verify',
    'practitioners.list',
    'practitioners.locations',
    'clinic.practitioners',
    'clinic.addPractitioner',
    'clinic.changePractitioner',
    'clinic.setPractitionerActive',
    'clinic.places',
    'clinic.addSite',
    'clinic.changeSite',
    'clinic.addRoom',
    'clinic.changeRoom',
    'clinic.setPlaceActive',
    'stock.stores',
    'stock.saveStore',
    'stock.list',
    'stock.saveItem',
    'stock.setLevel',
    'stock.item',
    'stock.movements',
    'stock.receive',
    'stock.transfer',
    'stock.waste',
    'stock.putAside',
    'stock.adjust',
    'stock.takeBack',
    'stock.recall',
    'stock.reorder',
    'stock.expiry',
    'stock.toCount',
    'stock.compare',
    'stock.applyCount',
    'prices.list',
    'prices.fees',
    'prices.define',
    'prices.set',
    'prices.takeBack',
    'prices.import',
    'payers.list',
    'payers.save',
    'claims.payers',
    'claims.candidates',
    'claims.submit',
    'claims.page',
    'claims.get',
    'claims.export',
    'claims.cancel',
    'claims.answer',
    'claims.import',
    'till.desk',
    'till.save',
    'till.open',
    'till.cash',
    'till.count',
    'till.approve',
    'till.reject',
    'till.handOver',
    'till.close',
    'till.report',
    'till.sign',
    'till.reportFile',
    'till.history',
    'settings.here',
    'settings.list',
    'settings.set',
    'settings.clear',
    'scheduling.visitTypes',
    'scheduling.createVisitType',
    'scheduling.updateVisitType',
    'scheduling.hours',
    'scheduling.places',
    'scheduling.people',
    'scheduling.addHours',
    'scheduling.changeHours',
    'scheduling.removeHours',
    'holidays.list',
    'holidays.copy',
    'holidays.read',
    'holidays.add',
    'holidays.change',
    'holidays.remove',
    'scheduling.exceptions',
    'scheduling.addException',
    'scheduling.voidException',
    'notes.templates',
    'notes.saveTemplate',
    'notes.supervision',
    'notes.setSupervisor',
    'prescriptions.medicines',
    'prescriptions.doctors',
    'prescriptions.templates',
    'prescriptions.keepTemplate',
    'prescriptions.dropTemplate',
    'results.delegations',
    'results.delegate',
    'results.endDelegation',
    'vitals.units',
    'vitals.chooseUnit',
    'safety.substances',
    'safety.datasets',
    'safety.importDataset',
    'safety.useDataset',
    'concepts.search',
    'concepts.systems',
    'concepts.import',
    'concepts.retire',
    'concepts.cancelImport',
    'concepts.importStatus',
    'formulary.search',
    'formulary.list',
    'formulary.save',
    'formulary.loadStarter',
    'formulary.import',
    'formulary.retire',
    'formulary.offer',
    'formulary.cancelImport',
    'formulary.importStatus',
  ],
};
const exemptCalls = Object.values(exempt).flat();

/** Calls whose input names a patient. */
const byPatient = calls.filter(
  (name) =>
    !exemptCalls.includes(name) && ('patientId' in shapeOf(name) || Object.is(shapeOf(name).id, PatientId)),
);
const namedRow = Object.keys(byRow('doctor', 0)) as CallName[];

let clinic: Clinic;
let refused: number;
const who = new Map<Role, Connection>();
/** What the lists told while the chart was open to everybody who treats. */
const toldBefore = new Map<CallName, string>();

const own = (name: CallName, role: Role) =>
  name === 'notes.saveDraft' || name === 'drafts.save' ? { writer: who.get(role)?.user?.id } : {};
const ofPatient = (name: CallName) =>
  'patientId' in shapeOf(name) ? { patientId: habimana.id } : { id: habimana.id };
const ask = (name: CallName, role: Role, given: object) => {
  const connection = who.get(role);
  if (connection === undefined) throw new Error(role);
  return clinic.core.dispatch(name, { ...inputOf(name), ...more[name], ...given }, connection);
};

beforeAll(async () => {
  clinic = openClinic();
  for (const role of staff) who.set(role, await clinic.signedIn(role));
  writeChart(clinic, { doctor: who.get('doctor')?.user?.id ?? '', nurse: who.get('nurse')?.user?.id ?? '' });
  const about = {
    tbl: 'allergy_intolerance',
    row_id: allergy,
    kept: JSON.stringify({ note: secret }),
    attempted: JSON.stringify({ note: 'other' }),
  };
  pullRows(clinic, [
    { tbl: 'conflict', row: someConflict({ ...about, id: conflict }) },
    {
      tbl: 'conflict',
      row: someConflict({ ...about, id: settled, status: 'settled', resolution: 'kept', resolved_at: at }),
    },
  ]);
  refused = refuse(clinic);
  for (const name of lists)
    toldBefore.set(
      name,
      JSON.stringify(await ask(name, 'doctor', { ...('patientId' in shapeOf(name) && { patientId: null }) })),
    );
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('flag', {
      ...blank('flag'),
      id: rowId(99),
      patient_id: habimana.id,
      category: 'restricted',
      text: 'x',
      created_at: at,
    }),
  );
});
afterAll(() => clinic.close());

it('every call goes by a patient, by a row, is a list, or has a reason to be left out, and one of them only', () => {
  const places = (name: CallName) =>
    [
      byPatient.includes(name) || namedRow.includes(name),
      lists.includes(name) && !byPatient.includes(name),
      exemptCalls.includes(name),
    ].filter(Boolean).length;
  expect(calls.filter((name) => places(name) !== 1)).toEqual([]);
  expect(new Set(exemptCalls).size).toBe(exemptCalls.length);
  expect(namedRow.filter((name) => byPatient.includes(name))).toEqual([]);
});

const closed = { ok: false, error: { code: 'restricted' } };

describe('a restricted chart is closed to who has nothing to do with the patient', () => {
  it.each(byPatient)('%s', async (name) => {
    for (const role of rolesOf(name))
      expect(await ask(name, role, { ...ofPatient(name), ...own(name, role) }), role).toMatchObject(closed);
  });

  it.each(namedRow)('%s, which names a row', async (name) => {
    for (const role of rolesOf(name)) {
      const reply = await ask(name, role, byRow(role, refused)[name] ?? {});
      // Some rows are for fewer people than the call, whatever chart they are in.
      const mayAtAll =
        role === 'doctor' || role === 'nurse' || !('error' in reply) || reply.error.code !== 'not-permitted';
      if (mayAtAll) expect(reply, role).toMatchObject(closed);
    }
  });
});

it.each(lists)('%s leaves out what is in it', async (name) => {
  expect(toldBefore.get(name)).toContain(secret);
  for (const role of rolesOf(name)) {
    const reply = await ask(name, role, 'patientId' in shapeOf(name) ? { patientId: null } : {});
    expect(reply, role).toMatchObject({ ok: true });
    expect(JSON.stringify(reply), role).not.toContain(secret);
  }
});

it.each(exemptCalls.filter((name) => contract[name].kind === 'query'))(
  '%s tells nothing of it',
  async (name) => {
    const named = Object.entries(shapeOf(name)).flatMap(([key, schema]) =>
      key === 'patientId' || Object.is(schema, PatientId) ? [[key, habimana.id] as const] : [],
    );
    // The administrator looks at what was prescribed against a warning.
    for (const role of rolesOf(name)) {
      const reply = await ask(name, role, Object.fromEntries(named));
      expect(JSON.stringify(reply), role).not.toContain(secret);
    }
  },
);

describe('a row of a closed chart is not reached through another patient\u2019s', () => {
  it('by a note that answers it', async () => {
    const answering = {
      patientId: mutesi.id,
      kind: 'addendum',
      answers: note,
      ...own('notes.saveDraft', 'doctor'),
    };
    expect(await ask('notes.saveDraft', 'doctor', answering)).toMatchObject({ error: { code: 'not-found' } });
  });

  it.each(['renew', 'change'])('by a prescription that is to %s it', async (kind) => {
    const [line] = (inputOf('prescriptions.write') as { readonly lines: readonly object[] }).lines;
    const lines = [
      { ...line, medication: 'Other', startDate: '2026-11-23', answers: { kind, id: prescription } },
    ];
    expect(await ask('prescriptions.write', 'doctor', { patientId: mutesi.id, lines })).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it.each(['corrects', 'requestId'])('by a result that names it in %s', async (column) => {
    const row = column === 'corrects' ? report : request;
    expect(await ask('results.enter', 'doctor', { patientId: mutesi.id, [column]: row })).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});
