import type { Page } from '@playwright/test';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import type { MedicineId, PatientId } from '#shared/kernel/ids.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import {
  bookCell,
  type ClinicCentre,
  callFrom,
  clinicCentre,
  freeTimes,
  openDay,
  pill,
  signIn,
  untilConnection,
} from '#tests/support/e2e-clinic.ts';
import { backOnline, press, signInByKeys, signOut, statusLine, tabTo } from '#tests/support/e2e-journey.ts';
import { withAllergy, withFormulary } from '#tests/support/e2e-medicines.ts';
import { test as base, expect } from '#tests/support/e2e-test.ts';
import { type TcpProxy, tcpProxy } from '#tests/support/tcp-proxy.ts';

interface Fixtures {
  readonly centre: ClinicCentre;
  /** Makes a cable to the centre that the test can pull. */
  readonly cable: () => Promise<TcpProxy>;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  centre: async ({}, use) => {
    const centre = await clinicCentre();
    await use(centre);
    await centre.drop();
  },
  cable: async ({ centre }, use) => {
    const cables: TcpProxy[] = [];
    await use(async () => {
      const { hostname, port } = new URL(centre.url);
      const made = await tcpProxy(hostname, Number(port));
      cables.push(made);
      return made;
    });
    for (const each of cables) await each.close();
  },
});

/** Record numbers and names of patients with no appointment in the days to come. */
const idlePatients = (centre: ClinicCentre, count: number) =>
  centre.rows<{ mrn: string; name: string; id: string }>(
    `select p.mrn, p.family || ' ' || p.given as name, p.id from clinichub.patient p
     where not exists (select from clinichub.appointment a where a.patient_id = p.id and a.start_at > now() - interval '1 day')
     order by p.id limit $1`,
    [count],
  );

const doctor = 'Dr Aline Uwase';

test('bookings made offline survive a kill and reach the doctor, each exactly once', async ({
  centre,
  cable,
  launch,
  folder,
}) => {
  const wire = await cable();
  const deskA = await launch({
    data: `${folder}/a`,
    centre: wire.url(await centre.enrol('Desk A')),
    name: 'Desk A',
    demo: true,
  });
  const deskB = await launch({
    data: `${folder}/b`,
    centre: await centre.enrol('Desk B'),
    name: 'Desk B',
    demo: true,
  });
  await signIn(deskA.page, 'claudine');
  await signIn(deskB.page, 'uwase');
  await expect(pill(deskA.page)).toContainText('Live');
  const patients = await idlePatients(centre, 3);
  const times = await freeTimes(deskA.page, doctor, 3);
  const date = times[0]?.date ?? '';

  wire.cut();
  await expect(pill(deskA.page)).toContainText('Offline');
  await openDay(deskA.page, date);
  for (const [i, { mrn }] of patients.entries()) {
    await bookCell(deskA.page, doctor, times[i]?.time ?? '', mrn);
  }
  await expect(pill(deskA.page)).toContainText('3 waiting');

  await deskA.kill();
  await deskA.restart();
  await signIn(deskA.page, 'claudine');
  await openDay(deskA.page, date);
  for (const { name } of patients) {
    await expect(deskA.page.getByRole('button', { name: new RegExp(`^${name}.*Provisional`) })).toBeVisible();
  }
  // The sign-in is told to the centre, too.
  await expect(pill(deskA.page)).toContainText('4 waiting');

  await backOnline(deskA.page, wire);
  await expect(pill(deskA.page)).toContainText('Live');
  await deskB.page.goto(`${new URL(deskB.page.url()).origin}/?date=${date}#/my-day`);
  for (const { name } of patients) {
    await expect(deskB.page.getByRole('main')).toContainText(name);
  }
  const counts = await centre.rows<{ n: string }>(
    `select count(*) as n from clinichub.appointment where patient_id = any ($1) and start_at > now() group by patient_id`,
    [patients.map(({ id }) => id)],
  );
  expect(counts.map(({ n }) => Number(n))).toEqual([1, 1, 1]);
});

test('one slot booked offline at two desks: one stands, the other needs rebooking where it was made', async ({
  centre,
  cable,
  launch,
  folder,
}) => {
  const [wireA, wireB] = [await cable(), await cable()];
  const [deskA, deskB] = [
    await launch({ data: `${folder}/a`, centre: wireA.url(await centre.enrol('Desk A')), demo: true }),
    await launch({ data: `${folder}/b`, centre: wireB.url(await centre.enrol('Desk B')), demo: true }),
  ];
  await signIn(deskA.page, 'claudine');
  await signIn(deskB.page, 'eric');
  await expect(pill(deskA.page)).toContainText('Live');
  await expect(pill(deskB.page)).toContainText('Live');
  const [first, second] = await idlePatients(centre, 2);
  if (first === undefined || second === undefined) throw new Error('everybody has an appointment');
  const [slot] = await freeTimes(deskA.page, doctor, 1);
  if (slot === undefined) throw new Error('no free time');

  wireA.cut();
  wireB.cut();
  for (const [desk, { mrn }] of [
    [deskA, first],
    [deskB, second],
  ] as const) {
    await expect(pill(desk.page)).toContainText('Offline');
    await openDay(desk.page, slot.date);
    await bookCell(desk.page, doctor, slot.time, mrn);
    await expect(pill(desk.page)).toContainText('1 waiting');
  }

  for (const [wire, desk] of [
    [wireA, deskA],
    [wireB, deskB],
  ] as const) {
    await backOnline(desk.page, wire);
    await expect(pill(desk.page)).not.toContainText('waiting');
  }
  await expect(pill(deskA.page)).toContainText('Live');
  await expect(pill(deskB.page)).toContainText('1 needs you');
  await expect(
    deskA.page.getByRole('button', { name: new RegExp(`^${first.name}, ${slot.time}.*Booked`) }),
  ).toBeVisible();

  await deskB.page.keyboard.press('g');
  await deskB.page.keyboard.press('t');
  const task = deskB.page.getByRole('main');
  await expect(task).toContainText(second.name);
  await expect(deskA.page.getByRole('link', { name: /^Tasks/ })).not.toContainText('1');
  const held = await centre.rows<{ name: string; needs: boolean; status: string }>(
    `select p.family || ' ' || p.given as name, a.needs_rebooking as needs, a.status from clinichub.appointment a
     join clinichub.patient p on p.id = a.patient_id where a.patient_id = any ($1) and a.start_at > now()
     order by a.needs_rebooking`,
    [[first.id, second.id]],
  );
  expect(held).toEqual([
    { name: first.name, needs: false, status: 'booked' },
    { name: second.name, needs: true, status: 'booked' },
  ]);

  await expect(task.getByRole('list').getByRole('button').first()).toBeVisible();
  await expect(task).toContainText('The doctor sees somebody else then.');
  await expectAccessible(deskB.page, 'tasks');
  await deskB.page.keyboard.press('Enter');
  await expect(task).not.toContainText(second.name);
  await expect
    .poll(async () => {
      const rows = await centre.rows<{ n: string }>(
        'select count(*) as n from clinichub.appointment where patient_id = $1 and not needs_rebooking and start_at > now()',
        [second.id],
      );
      return Number(rows[0]?.n);
    })
    .toBe(1);
});

/** What a page's workstation holds of the medicines somebody takes. */
const taken = async (page: Page, id: string) =>
  (await callFrom(page, 'prescriptions.current', { patientId: id as PatientId })).prescriptions;

const openMedication = async (page: Page, id: string) => {
  await page.goto(`${new URL(page.url()).origin}/#/patients/${id}/chart/medication`);
  return page.getByRole('region', { name: 'Paracetamol 500 mg tablet' });
};

test('a prescription changed offline at two desks waits for a doctor; then a nurse hands it out with a doctor’s PIN', async ({
  centre,
  cable,
  launch,
  folder,
}) => {
  await withFormulary(centre);
  const [medicine] = await centre.rows<{ id: string }>(
    `select id from clinichub.medicine where name = 'Paracetamol 500 mg tablet'`,
  );
  const [wireA, wireB] = [await cable(), await cable()];
  const [deskA, deskB] = [
    await launch({ data: `${folder}/a`, centre: wireA.url(await centre.enrol('Desk A')), demo: true }),
    await launch({ data: `${folder}/b`, centre: wireB.url(await centre.enrol('Desk B')), demo: true }),
  ];
  const [a, b] = [deskA.page, deskB.page];
  const [patient] = await centre.rows<{ id: string }>(
    `select p.id from clinichub.patient p where p.birth_date between '1970-01-01' and '1995-01-01' and p.gender = 'male'
     order by p.id limit 1`,
  );
  if (patient === undefined || medicine === undefined) throw new Error('nobody to prescribe for');
  await signIn(a, 'uwase');
  await signIn(b, 'okello');
  await untilConnection(a, 'live');
  await callFrom(a, 'prescriptions.write', {
    patientId: patient.id as PatientId,
    lines: [
      {
        ...{ medicineId: medicine.id as MedicineId, medication: '', doseValue: '0.5', doseUnit: 'tablet' },
        ...{ route: 'oral', frequency: 'tds', asNeeded: false, asNeededFor: null, maxPerDay: null },
        ...{ duration: { value: 5, unit: 'd' }, quantity: null, quantityUnit: null, quantityComputed: true },
        ...{ repeats: 0, indication: null, conditionId: null, note: null, answers: null },
        ...{ startDate: dayAt(Date.now(), 'Africa/Kigali'), endDate: null },
      },
    ],
    sign: true,
    language: 'en',
    overrides: [],
    pin: null,
  });
  await expect.poll(() => taken(b, patient.id)).toHaveLength(1);

  wireA.cut();
  wireB.cut();
  for (const [page, dose] of [
    [a, '1 tablet'],
    [b, '2 tablets'],
  ] as const) {
    await untilConnection(page, 'offline');
    const detail = await openMedication(page, patient.id);
    await expect(detail.getByRole('button', { name: 'Hand out' })).toBeVisible();
    await press(page, 'c');
    const sheet = page.getByRole('dialog', { name: 'Prescribe' });
    await sheet.getByLabel('Dose').fill(dose.slice(0, 1));
    await press(page, 'Control+Enter');
    await expect(statusLine(page)).toContainText('is signed');
    await expect(detail).toContainText(`${dose} by mouth`);
  }

  await backOnline(a, wireA);
  await expect(pill(a)).toContainText('Live');
  await backOnline(b, wireB);
  await signOut(b);
  await signInByKeys(b, 'josiane');
  for (const page of [a, b]) {
    const fork = (await openMedication(page, patient.id)).getByRole('alert');
    await expect(fork).toContainText('Two workstations wrote this prescription differently');
    for (const words of ['1 tablet by', '2 tablets by']) await expect(fork).toContainText(words);
    await expect(page.getByRole('button', { name: 'Hand out' })).toBeHidden();
    const [version] = (await taken(page, patient.id))[0]?.versions ?? [];
    if (version === undefined) throw new Error('nothing is prescribed');
    const handing = { id: version.id, quantity: '1', note: '', overrides: [], doctorId: null, pin: null };
    await expect(callFrom(page, 'prescriptions.dispense', handing)).rejects.toThrow('forked');
  }
  await expectAccessible(b, 'prescription-fork');

  await tabTo(a, a.getByRole('button', { name: 'Settle in the inbox' }));
  await press(a, 'Enter');
  await tabTo(a, a.getByRole('main').getByRole('option').first());
  await expect(a.getByRole('main')).toContainText('2 tablets');
  await press(a, '2');
  await expect(statusLine(a)).toContainText('Took the other version');

  await withAllergy(centre, patient.id, 'paracetamol');
  const detail = b.getByRole('region', { name: 'Paracetamol 500 mg tablet' });
  await expect(detail).toContainText('2 tablets by mouth');
  await expect(detail.getByRole('alert')).toBeHidden();
  await detail.getByRole('button', { name: 'Hand out' }).click();
  const giving = b.getByRole('dialog', { name: 'Hand out' });
  await expect(giving.getByRole('list', { name: 'Checks' })).toContainText('Allergy to Paracetamol');
  await giving.getByRole('combobox', { name: 'Why all the same?' }).click();
  await b.getByRole('option', { name: 'Tolerated before' }).click();
  await giving.getByRole('combobox', { name: 'Doctor who answers for it' }).click();
  await b.getByRole('option', { name: doctor }).click();
  await giving.getByLabel('PIN of the doctor').fill('0000');
  await press(b, 'Control+Enter');
  await expect(giving).toContainText('Tries left');
  await giving.getByLabel('PIN of the doctor').fill('2580');
  await press(b, 'Control+Enter');
  await expect(statusLine(b)).toContainText('Recorded: 30 tablets');
  await expect
    .poll(() =>
      centre.rows(
        `select a.username, i.outcome, p.family from clinichub.medication_dispense d
         join clinichub.staff_account a on a.id = d.recorded_by
         join clinichub.detected_issue i on i.medication_request_id = d.medication_request_id and i.outcome = 'overridden'
         join clinichub.practitioner p on p.id = i.practitioner_id
         where d.patient_id = $1`,
        [patient.id],
      ),
    )
    .toEqual([{ username: 'josiane', outcome: 'overridden', family: 'Uwase' }]);
});
