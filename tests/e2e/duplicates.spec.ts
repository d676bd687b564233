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

const aline = {
  family: 'Iradukunda',
  given: 'Aline Grace',
  gender: 'female',
  birthDate: '1990-04-05',
  phone: '0788 123 456',
} as const;

/** What the centre has of a record. */
const atCentre = (centre: ClinicCentre, id: string) => async () =>
  (
    await centre.rows<{ given: string; into: string | null; city: string | null }>(
      'select given, city, merged_into as into from clinichub.patient where id = $1',
      [id],
    )
  )[0];

const found = async (page: Page, text: string) =>
  (await callFrom(page, 'patients.search', { text })).map(({ id }) => id);

/** A file that is none, one that is too much, and a picture of a camera's size that no JPEG makes small by itself. */
const choosePhotos = async (editing: Locator): Promise<void> => {
  const input = editing.locator('input[type="file"]');
  const group = editing.getByRole('group', { name: 'Photo' });
  const file = { name: 'photo.png', mimeType: 'image/png' };
  await input.setInputFiles({ ...file, buffer: Buffer.from('no picture') });
  await expect(group.getByRole('alert')).toContainText('no picture that can be read');
  await input.evaluate((element: HTMLInputElement) => {
    const files = new DataTransfer();
    files.items.add(new File([new ArrayBuffer(20_000_001)], 'photo.jpg', { type: 'image/jpeg' }));
    element.files = files.files;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await expect(group.getByRole('alert')).toContainText('larger than 20 MB');
  await expect(group.getByRole('img')).toHaveCount(0);
  await input.evaluate(async (element: HTMLInputElement) => {
    const canvas = new OffscreenCanvas(1600, 2400);
    const context = canvas.getContext('2d');
    const noise = context?.createImageData(canvas.width, canvas.height);
    for (let at = 0; noise && at < noise.data.length; at += 1) noise.data[at] = Math.random() * 256;
    if (noise) context?.putImageData(noise, 0, 0);
    const files = new DataTransfer();
    files.items.add(new File([await canvas.convertToBlob()], 'photo.png', { type: 'image/png' }));
    element.files = files.files;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await expect(group.getByRole('img')).toBeVisible();
  await expect(group.getByRole('alert')).toHaveCount(0);
};

test('somebody who is here already appears while being typed, one key opens the record, and what more is known is added by keys', async ({
  centre,
  launch,
  folder,
}) => {
  const { page } = await launch({ data: folder, centre: await centre.enrol('Desk'), demo: true });
  await signInByKeys(page, 'claudine');
  const known = await callFrom(page, 'patients.register', aline);
  await press(page, 'g', 'p');
  await expect(page.getByRole('textbox', { name: 'Find a patient' })).toBeFocused();
  await press(page, 'Escape', 'n');
  const sheet = page.getByRole('dialog', { name: 'Register patient' });
  await expect(sheet.getByLabel('Family name')).toBeFocused();
  // The names in the other order, and by ear.
  await page.keyboard.type('Alline');
  await press(page, 'Tab');
  await page.keyboard.type('Iladukunda');
  await press(page, 'Tab', 'Tab');
  await page.keyboard.type('4 may 1990');
  await press(page, 'Tab');
  await page.keyboard.type('0788123456');
  const similar = sheet.getByRole('region', { name: 'Is it one of these?' });
  await expect(similar).toContainText(known.mrn);
  await expect(similar).toContainText(
    'family and given name swapped, date of birth with day and month swapped, same phone',
  );
  await expectAccessible(page, 'register with somebody alike');
  await press(page, 'F2');
  await expect(page.getByRole('heading', { name: 'Iradukunda Aline Grace' })).toBeVisible();

  await press(page, 'e');
  const editing = page.getByRole('dialog', { name: 'Edit patient' });
  await expect(editing.getByLabel('Family name')).toBeFocused();
  await expect(editing.getByLabel('Preferred language')).toHaveCount(0);
  await press(page, 'F4');
  await expect(editing.getByLabel('Preferred language')).toBeFocused();
  await tabTo(page, editing.getByRole('button', { name: 'Add identifier' }));
  await press(page, 'Enter', 'Tab');
  await page.keyboard.type('1 1990 7-0012345');
  await tabTo(page, editing.getByRole('button', { name: 'Add coverage' }));
  await press(page, 'Enter');
  await page.keyboard.type('RSSB');
  await editing.getByLabel('From').fill('31/2/2026');
  await choosePhotos(editing);
  await tabTo(page, editing.getByRole('radio', { name: 'Not asked' }).first());
  await press(page, 'ArrowRight');
  await expectAccessible(page, 'what more is known');
  await press(page, 'ControlOrMeta+Enter');
  // What is wrong is said where it stands, and nothing is lost.
  await expect(editing.getByLabel('From')).toBeFocused();
  await expect(editing).toContainText('Write a date');
  await expect(editing.getByLabel('Who pays')).toHaveValue('RSSB');
  await editing.getByLabel('From').fill('1/2/2026');
  await press(page, 'ControlOrMeta+Enter');
  await expect(statusLine(page)).toContainText('Saved');
  const main = page.getByRole('main');
  await expect(main.getByRole('region', { name: 'Identifiers' })).toContainText('1199070012345');
  await expect(main.getByRole('region', { name: 'Coverage' })).toContainText('RSSB');
  await expect(main.getByRole('region', { name: 'Consent' })).toContainText('Treatment: Allowed');
  await expect(main.getByRole('img', { name: 'Photo of Iradukunda Aline Grace' })).toBeVisible();
  await expectAccessible(page, 'patient with more');
  const { photo } = await callFrom(page, 'patients.particulars', { id: known.id });
  expect(photo?.data.length).toBeLessThanOrEqual(40_000);
  await expect.poll(() => found(page, '1 1990 7 001')).toEqual([known.id]);
});

test('two desks offline register one person; after the synchronisation the pair is merged and taken apart, by keys', async ({
  centre,
  wire,
  launch,
  folder,
}) => {
  const a = await launch({ data: `${folder}/a`, centre: await centre.enrol('Desk A'), demo: true });
  const b = await launch({ data: `${folder}/b`, centre: wire.url(await centre.enrol('Desk B')), demo: true });
  await signIn(a.page, 'claudine');
  await signInByKeys(b.page, 'eric');
  const desk = b.page;
  await expect(pill(desk)).toContainText('Live');
  wire.cut();
  await expect(pill(desk)).toContainText('Offline');
  const first = await callFrom(a.page, 'patients.register', aline);
  const second = await callFrom(desk, 'patients.register', { ...aline, given: 'Aline', city: 'Huye' });
  await backOnline(desk, wire);
  await expect(pill(desk)).toContainText('Live');

  await press(desk, 'g', 'p');
  const open = desk.getByRole('button', { name: /^Possible duplicates/ });
  await expect(open).toHaveText('Possible duplicates1');
  await press(desk, 'Escape', 'd');
  const main = desk.getByRole('main');
  const option = main.getByRole('option');
  await expect(option).toHaveCount(1);
  await expect(option).toContainText(`${first.mrn} · ${second.mrn}`);
  await expectAccessible(desk, 'possible duplicates');

  // Two persons, and that is taken back.
  await press(desk, 'd');
  await expect(statusLine(desk)).toContainText('stay two persons');
  await expect(main).toContainText('Nobody registered in the last 30 days looks like somebody else.');
  await expectAccessible(desk, 'no possible duplicates');
  await press(desk, 'ControlOrMeta+z');
  await expect(option).toHaveCount(1);

  await tabTo(desk, option);
  await press(desk, 'ArrowRight');
  const goesOn = main.getByRole('group', { name: 'Record that goes on' });
  const given = main.getByRole('group', { name: 'Given names' });
  const town = main.getByRole('group', { name: 'Town' });
  await expect(goesOn.getByRole('radio').first()).toBeFocused();
  await expect(goesOn.getByRole('radio').first()).toBeChecked();
  await press(desk, 'ArrowDown');
  await expect(given.getByRole('radio').first()).toBeFocused();
  await press(desk, 'ArrowRight');
  await expect(given.getByRole('radio', { name: 'Aline', exact: true })).toBeChecked();
  await press(desk, 'ArrowDown');
  // The only record that has a town knows better.
  await expect(town.getByRole('radio', { name: 'Huye' })).toBeChecked();
  await press(desk, 'Enter');
  await expect(statusLine(desk)).toContainText(`Merged into Iradukunda Aline, ${first.mrn}`);
  await expect(option).toHaveCount(0);
  await expect.poll(atCentre(centre, first.id)).toEqual({ given: 'Aline', city: 'Huye', into: null });
  await expect.poll(atCentre(centre, second.id)).toMatchObject({ into: first.id });
  // The other desk finds one person, under either number.
  await expect.poll(() => found(a.page, second.mrn)).toEqual([first.id]);
  expect(await found(a.page, '0788 123 456')).toEqual([first.id]);

  await press(desk, 'ControlOrMeta+z');
  await expect(statusLine(desk)).toContainText('has two records again');
  await expect.poll(atCentre(centre, second.id)).toMatchObject({ into: null });
  await expect.poll(atCentre(centre, first.id)).toEqual({ given: 'Aline', city: 'Huye', into: null });
  await expect(option).toHaveCount(1);
});

test('a merged record says where it goes on, and is taken apart from there', async ({
  centre,
  launch,
  folder,
}) => {
  const { page } = await launch({ data: folder, centre: await centre.enrol('Desk'), demo: true });
  await signInByKeys(page, 'claudine');
  const first = await callFrom(page, 'patients.register', aline);
  const second = await callFrom(page, 'patients.register', { ...aline, phone: null, notADuplicate: true });
  await page.goto(`${new URL(page.url()).origin}/#/patients/${first.id}`);
  await expect(page.getByRole('heading', { name: 'Iradukunda Aline Grace' })).toBeVisible();
  await press(page, 'm');
  const sheet = page.getByRole('dialog', { name: 'Merge with another record' });
  await page.keyboard.type(second.mrn);
  // The recent ones are shown until the number is looked for.
  await expect(sheet.getByRole('option')).toHaveCount(1);
  await expect(sheet.getByRole('option')).toContainText(second.mrn);
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: 'Compare two records' })).toBeVisible();
  await expect(page.getByRole('radio').first()).toBeVisible();
  await expectAccessible(page, 'compare');
  // The first Enter goes to the choices, the second means it.
  await press(page, 'Enter');
  await expect(page.getByRole('radio').first()).toBeFocused();
  await press(page, 'Enter');
  const merged = page.getByRole('region', { name: 'Merged into this record' });
  await expect(merged).toContainText(second.mrn);
  await expectAccessible(page, 'patient with a merged record');

  await merged.getByRole('button', { name: second.mrn }).first().click();
  await expect(page.getByRole('status').filter({ hasText: 'was merged into' })).toContainText(first.mrn);
  await expect(page.getByRole('button', { name: 'Edit' })).toHaveCount(0);
  await expectAccessible(page, 'merged patient');
  await page.locator('body').press('Enter');
  await expect(merged).toBeVisible();
  await merged.getByRole('button', { name: /^Take apart/ }).click();
  await expect(statusLine(page)).toContainText('has two records again');
  await expect(merged).toHaveCount(0);
});
