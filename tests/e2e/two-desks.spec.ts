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
} from '#tests/support/e2e-clinic.ts';
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

  wire.restore();
  await callFrom(deskA.page, 'sync.retry', {});
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
    wire.restore();
    await callFrom(desk.page, 'sync.retry', {});
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
