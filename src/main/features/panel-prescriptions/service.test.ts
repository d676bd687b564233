import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { CallName, Input } from '#shared/contract/contract.ts';
import type { PatientId, PrescriptionId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { habimana, mugabo, uwase } from '#tests/support/core-clinic.ts';
import { openPanelClinic, type PanelClinic } from '#tests/support/core-panel.ts';
import { before, chartIds, chartRows, release, writeChart } from '#tests/support/panel-chart.ts';

let clinic: PanelClinic;
let doctor: Connection;
const patientId = habimana.id as PatientId;
const prescriptionId = chartIds.prescription as PrescriptionId;
const insert = (what: (writer: LocalWriter) => void) =>
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, what);
const get = <N extends CallName>(name: N, input: Input<N>) => clinic.get(name, input, clinic.patient);
const current = async () => (await get('panel.prescriptions', { patientId })).items;
const past = async () => (await get('panel.prescriptions', { patientId, past: true })).items;
const askRenewal = (words = 'Nearly out') =>
  clinic.ask('panel.requestRenewal', { patientId, prescriptionId, words }, clinic.patient);
const waiting = (connection = doctor) => clinic.get('prescriptions.renewals', {}, connection);

/** A further version of the prescription of the chart. */
const version = (more: Partial<RowOf<'medication_request'>> = {}) => {
  const id = crypto.randomUUID();
  insert((writer) =>
    writer.insert('medication_request', {
      ...chartRows().medication_request,
      id,
      parent_id: chartIds.prescription,
      created_at: before(100),
      ...more,
    }),
  );
  return id;
};

const renew = (id: string) =>
  clinic.ask(
    'prescriptions.write',
    {
      patientId,
      lines: [
        {
          medicineId: null,
          medication: 'Amlodipine',
          doseValue: '1',
          doseUnit: 'tablet',
          route: 'oral',
          frequency: 'OD',
          asNeeded: false,
          asNeededFor: null,
          maxPerDay: null,
          duration: { value: 30, unit: 'd' },
          quantity: null,
          quantityUnit: null,
          quantityComputed: true,
          repeats: 0,
          indication: null,
          conditionId: null,
          note: null,
          startDate: '2026-11-23',
          endDate: null,
          answers: { kind: 'renew', id: id as PrescriptionId },
        },
      ],
      sign: true,
      language: 'en',
      overrides: [],
      pin: null,
    },
    doctor,
  );

beforeEach(async () => {
  clinic = await openPanelClinic();
  writeChart(clinic);
  doctor = await clinic.signedIn('doctor');
});
afterEach(() => clinic.close());

describe('a prescription', () => {
  it('comes with how it is taken, who prescribed it, until when, and what is left', async () => {
    insert((writer) =>
      writer.insert('medication_dispense', {
        ...blank('medication_dispense'),
        id: crypto.randomUUID(),
        patient_id: habimana.id,
        medication_request_id: chartIds.prescription,
        status: 'completed',
        quantity: '12',
        quantity_unit: 'tablet',
        handed_at: before(5),
        recorded_at: before(5),
      }),
    );
    expect(await current()).toMatchObject([
      {
        id: prescriptionId,
        state: 'active',
        medication: 'Amlodipine',
        frequency: 'OD',
        prescriber: 'Dr Aline Uwase',
        endDate: '2026-12-20',
        remaining: '18',
        mayRenew: true,
        renewal: null,
      },
    ]);
    expect(await past()).toEqual([]);
  });

  it('is over after its last day, and the version that holds is the one that is shown', async () => {
    version({ dosage: '2 tablets', dose_value: '2' });
    expect(await current()).toMatchObject([{ doseValue: '2', id: prescriptionId }]);
    clinic.clock.at = Date.parse('2026-12-21T08:00:00Z');
    expect(await current()).toEqual([]);
    expect(await past()).toMatchObject([{ state: 'completed', mayRenew: true }]);
  });

  it.each([
    ['two desks wrote two versions of', () => [version({ dose_value: '2' }), version({ dose_value: '3' })]],
    ['a doctor is writing another version of', () => [version({ signed_at: null, status: 'draft' })]],
  ])(
    'that %s is being checked: nothing of how to take it is shown, and it is not renewed',
    async (_, write) => {
      write();
      expect(await current()).toMatchObject([
        {
          state: 'checking',
          medication: 'Amlodipine',
          dosage: '',
          doseValue: null,
          frequency: null,
          remaining: null,
          mayRenew: false,
        },
      ]);
      expect(await askRenewal()).toMatchObject({ error: { code: 'forked' } });
    },
  );

  it.each([
    ['never signed', { parent_id: null, signed_at: null, status: 'draft', medication: 'zz-draft' }],
    ['taken back', { parent_id: null, voided_at: before(1), medication: 'zz-void' }],
    ['entered in error', { parent_id: null, status: 'entered-in-error', medication: 'zz-error' }],
  ])('that was %s is not there', async (_, more) => {
    const id = version(more as Partial<RowOf<'medication_request'>>);
    expect(JSON.stringify([await current(), await past()])).not.toContain('zz-');
    expect(
      await clinic.ask(
        'panel.requestRenewal',
        { patientId, prescriptionId: id as PrescriptionId },
        clinic.patient,
      ),
    ).toMatchObject({ error: { code: 'not-found' } });
  });

  it('comes page by page', async () => {
    for (let n = 0; n < 4; n += 1) version({ parent_id: null, created_at: before(50 + n) });
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const page: { items: { id: string }[]; next: string | null } = await get('panel.prescriptions', {
        patientId,
        before: next,
        limit: 2,
      });
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next !== null);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  it('is not shown where the clinic shows none, and then nothing is asked for either', async () => {
    await askRenewal();
    release(clinic, 'prescriptions', 'never');
    expect(await get('panel.prescriptions', { patientId })).toEqual({ shown: false, items: [], next: null });
    expect(await askRenewal()).toMatchObject({ error: { code: 'not-found' } });
    expect(await get('panel.requests', { patientId })).toMatchObject([{ kind: 'renewal', what: '' }]);
  });
});

describe('a renewal that is asked for', () => {
  it('waits for the prescriber, and is done when it is renewed', async () => {
    expect(await askRenewal()).toMatchObject({
      value: { kind: 'renewal', what: 'Amlodipine', why: 'Nearly out' },
    });
    expect(await current()).toMatchObject([{ mayRenew: false, renewal: { status: 'requested' } }]);
    expect(await askRenewal()).toMatchObject({ error: { code: 'duplicate' } });
    expect(await waiting()).toMatchObject([
      {
        patientName: 'Habimana Jean',
        words: 'Nearly out',
        whose: 'own',
        restricted: false,
        prescription: { id: prescriptionId },
      },
    ]);
    expect(await clinic.get('prescriptions.renewalsWaiting', {}, doctor)).toEqual({ count: 1 });
    expect(await renew(prescriptionId)).toMatchObject({ ok: true });
    expect(await waiting()).toEqual([]);
    expect(await get('panel.requests', { patientId })).toMatchObject([{ status: 'completed' }]);
    expect(await current()).toMatchObject([{ state: 'active', renewal: null, mayRenew: true }]);
    // What was renewed is over, and not asked for again.
    expect(await past()).toMatchObject([{ id: prescriptionId, state: 'completed', mayRenew: false }]);
    expect(await askRenewal()).toMatchObject({ error: { code: 'not-active' } });
  });

  it('is renewed from the version that holds by then', async () => {
    await askRenewal();
    const id = version({ dose_value: '2' });
    expect(await waiting()).toMatchObject([{ prescription: { id, doseValue: '2' } }]);
    expect(await renew(id)).toMatchObject({ ok: true });
    expect(await waiting()).toEqual([]);
  });

  it('is refused with a reason that the patient reads', async () => {
    await askRenewal();
    const [request] = await waiting();
    const given = { id: request?.id as never, reason: 'Come by, your pressure has to be measured' };
    expect(await clinic.ask('prescriptions.refuseRenewal', { ...given, reason: ' ' }, doctor)).toMatchObject({
      error: { code: 'invalid-input' },
    });
    await clinic.get('prescriptions.refuseRenewal', given, doctor);
    expect(await waiting()).toEqual([]);
    expect(await get('panel.requests', { patientId })).toMatchObject([
      { status: 'rejected', answer: given.reason },
    ]);
    expect(await clinic.ask('prescriptions.refuseRenewal', given, doctor)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    expect(await askRenewal()).toMatchObject({ ok: true });
  });

  it('is nobody’s where its prescriber reads nothing here, and a colleague’s who stands in', async () => {
    insert((writer) =>
      writer.update('medication_request', chartIds.prescription, { voided_at: before(1), void_reason: 'x' }),
    );
    const id = version({ parent_id: null, requester_id: mugabo.id }) as PrescriptionId;
    await get('panel.requestRenewal', { patientId, prescriptionId: id });
    expect(await waiting()).toMatchObject([{ whose: 'nobody' }]);
    const [own] = clinic.temporary.local.store.all(
      localDb.selectFrom('staff_account').selectAll().where('username', '=', 'doctor'),
    );
    const { row_version: _, ...account } = own ?? ({} as never);
    insert((writer) => {
      writer.insert('staff_account', {
        ...account,
        id: crypto.randomUUID(),
        username: 'colleague',
        practitioner_id: mugabo.id,
      } as RowOf<'staff_account'>);
    });
    expect(await waiting()).toEqual([]);
    insert((writer) =>
      writer.insert('delegation', {
        ...blank('delegation'),
        id: crypto.randomUUID(),
        practitioner_id: mugabo.id,
        delegate_id: uwase.id,
        start_date: '2026-11-20',
        end_date: '2026-11-30',
        created_at: before(10),
      }),
    );
    expect(await waiting()).toMatchObject([{ whose: 'delegated' }]);
  });

  it('of two versions says so to the doctor', async () => {
    await askRenewal();
    version({ dose_value: '2' });
    version({ dose_value: '3' });
    expect(await waiting()).toMatchObject([{ forked: true, prescription: null }]);
  });
});
