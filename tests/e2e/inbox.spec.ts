import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, callFrom, clinicCentre, pill, signIn } from '#tests/support/e2e-clinic.ts';
import { backOnline, press, signInByKeys, statusLine, tabTo } from '#tests/support/e2e-journey.ts';
import { test as base, expect } from '#tests/support/e2e-test.ts';
import { type TcpProxy, tcpProxy } from '#tests/support/tcp-proxy.ts';

const test = base.extend<{ readonly centre: ClinicCentre; readonly wire: TcpProxy }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  centre: async ({}, use) => {
    const centre = await clinicCentre();
    await use(centre);
    await centre.drop();
  },
  wire: async ({ centre }, use) => {
    const { hostname, port } = new URL(centre.url);
    const wire = await tcpProxy(hostname, Number(port));
    await use(wire);
    await wire.close();
  },
});

const patientsOf = async (centre: ClinicCentre) => {
  const rows = await centre.rows<{ id: string; name: string }>(
    `select id, family || ' ' || given as name from clinichub.patient where phone is not null order by id limit 2`,
  );
  const [first, second] = rows;
  if (first === undefined || second === undefined) throw new Error('nobody has a phone');
  return [first, second] as const;
};

const changePhone = async (page: Page, id: string, phone: string): Promise<void> => {
  const patient = await callFrom(page, 'patients.get', { id: id as never });
  const { family, given, gender, birthDate, birthDateEstimated } = patient;
  const details = {
    ...{ family, given, gender: gender as 'female', birthDate, birthDateEstimated, phone },
    ...{ email: patient.email, addressLine: patient.addressLine, city: patient.city },
    ...{ postalCode: patient.postalCode, country: patient.country },
    ...{ contactName: patient.contactName, contactPhone: patient.contactPhone },
  };
  await callFrom(page, 'patients.update', { id: patient.id, details, was: null });
};

const phoneAt = async (centre: ClinicCentre, id: string) =>
  (await centre.rows<{ phone: string }>('select phone from clinichub.patient where id = $1', [id]))[0]?.phone;

const versions = (page: Page, name: string): Locator =>
  page.getByRole('main').getByRole('region', { name, exact: true });

test('one phone changed at two desks offline: the desk whose change did not stand settles it by keys and by mouse', async ({
  centre,
  wire,
  launch,
  folder,
}) => {
  const a = await launch({ data: `${folder}/a`, centre: await centre.enrol('Desk A'), demo: true });
  const b = await launch({ data: `${folder}/b`, centre: wire.url(await centre.enrol('Desk B')), demo: true });
  const [chantal, jean] = await patientsOf(centre);
  await signIn(a.page, 'claudine');
  await signInByKeys(b.page, 'eric');
  const desk = b.page;
  await expect(pill(desk)).toContainText('Live');

  wire.cut();
  await expect(pill(desk)).toContainText('Offline');
  for (const [{ id }, end] of [
    [chantal, '11'],
    [jean, '22'],
  ] as const) {
    await changePhone(a.page, id, `+2507881110${end}`);
    await changePhone(desk, id, `+2507882220${end}`);
  }
  await expect.poll(() => phoneAt(centre, jean.id)).toBe('+250788111022');
  await backOnline(desk, wire);
  await expect(pill(desk)).toContainText('2 need you');
  // The desk whose numbers stand has nothing to do, and can see it all the same.
  await expect(pill(a.page)).toContainText('Live');

  await press(desk, 'g', 't');
  const main = desk.getByRole('main');
  await expect(main.getByRole('option')).toHaveCount(2);
  await expect(main.getByRole('option').first()).toContainText(
    `Phone of ${chantal.name} was changed at two desks`,
  );
  await expect(versions(desk, 'Stands now')).toContainText('+250 788 111 011');
  await expect(versions(desk, 'Stands now')).toContainText('Desk A');
  await expect(versions(desk, 'Did not stand')).toContainText('+250 788 222 011');
  await expectAccessible(desk, 'conflict');
  await tabTo(desk, main.getByRole('option').first());
  await press(desk, '2');
  await expect(statusLine(desk)).toContainText('Took the other version');
  await expect(main.getByRole('option')).toHaveCount(1);
  await expect(main.getByRole('option')).toBeFocused();
  await expect.poll(() => phoneAt(centre, chantal.id)).toBe('+250788222011');

  // Undone, and decided anew by a third value.
  await press(desk, 'ControlOrMeta+z');
  await expect.poll(() => phoneAt(centre, chantal.id)).toBe('+250788111011');
  await main.getByRole('option', { name: chantal.name }).click();
  await press(desk, 'e');
  await expect(main.getByRole('textbox', { name: 'Phone' })).toBeFocused();
  await desk.keyboard.type('none');
  await press(desk, 'Enter');
  await expect(main).toContainText('Write the number in digits');
  await expectAccessible(desk, 'another value');
  await main.getByRole('textbox', { name: 'Phone' }).fill('0788 333 011');
  await press(desk, 'ControlOrMeta+Enter');
  await expect(statusLine(desk)).toContainText('Wrote another value');
  await expect.poll(() => phoneAt(centre, chantal.id)).toBe('+250788333011');

  await main.getByRole('button', { name: 'Keep this' }).click();
  await expect(main).toContainText('Nothing waits for a decision at this desk.');
  await expect(pill(desk)).toContainText('Live');
  await expectAccessible(desk, 'no tasks');

  for (const page of [desk, a.page]) {
    await page.goto(`${new URL(page.url()).origin}/#/tasks/settled`);
    await expect(page.getByRole('option')).toHaveCount(2);
    await page.getByRole('option', { name: chantal.name }).click();
    await expect(versions(page, 'Stood')).toContainText('+250 788 111 011');
    await expect(versions(page, 'Did not stand')).toContainText('+250 788 222 011');
    await expect(page.getByRole('main')).toContainText('another value was written');
  }
  await expectAccessible(desk, 'settled');
});
