import type { Locator, Page } from '@playwright/test';
import { formatMrn } from '#shared/domain/patients/mrn.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { printedBy } from '#tests/doubles/electron/browser/pages.ts';
import type { Printed } from '#tests/doubles/electron/link.ts';
import type { AppDriver } from '#tests/support/app-driver.ts';
import type { DoubleDriver } from '#tests/support/app-driver-double.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, callFrom, clinicToday, signIn } from '#tests/support/e2e-clinic.ts';
import { press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

interface Somebody {
  readonly id: string;
  readonly mrn: string;
  readonly family: string;
  readonly given: string;
}

/** Patients with record numbers as labels have them. */
const labelled = (centre: ClinicCentre): Promise<readonly Somebody[]> =>
  centre.rows<Somebody>(
    `select id, mrn, family, given from clinichub.patient
     where deceased_date is null and merged_into is null and mrn like '___-______-_' order by id limit 3`,
  );

/** Types as a scanner does. A machine that is busy types slower, so it may take another try, as with a real one. */
const scan = async (
  page: Page,
  text: string,
  heard: () => Promise<void>,
  ready: () => Promise<void> = async () => undefined,
): Promise<void> => {
  await expect(async () => {
    await ready();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await heard();
  }).toPass({ timeout: 20_000 });
};

const shows =
  (page: Page, { family, given }: Somebody) =>
  async () =>
    expect(page.getByRole('heading', { level: 1 })).toHaveText(`${family} ${given}`, { timeout: 2000 });

const register = async (page: Page, sheet: Locator): Promise<void> => {
  await press(page, 'g', 'p');
  await expect(page.getByRole('textbox', { name: 'Find a patient' })).toBeFocused();
  await press(page, 'Escape', 'n');
  await sheet.waitFor();
};

test('a scanned record number opens the patient from any screen and leaves what is half typed alone', async ({
  desk: { app, centre, wire },
}) => {
  const { page } = app;
  const [first, second, third] = await labelled(centre);
  if (!first || !second || !third) throw new Error('nobody has a label');

  const user = page.getByLabel('User name');
  await user.fill('cla');
  await scan(page, first.mrn, () => expect(page.getByText('Sign in first')).toBeVisible({ timeout: 2000 }));
  await expect(user).toHaveValue('cla');
  await signIn(page, 'claudine');

  // The day board has single keys for most of these letters.
  await press(page, 'g', 'd');
  await page.getByRole('gridcell').first().waitFor();
  await scan(page, first.mrn, shows(page, first));
  await expect(statusLine(page)).toContainText(`Scanned ${first.mrn}`);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const sheet = page.getByRole('dialog', { name: 'Register patient' });
  await register(page, sheet);
  await sheet.getByLabel('Family name').fill('Half');
  const given = sheet.getByLabel('Given names');
  await scan(page, second.mrn, shows(page, second), () => given.fill('Ty'));
  await register(page, sheet);
  await expect(sheet.getByLabel('Family name')).toHaveValue('Half');
  await expect(sheet.getByLabel('Given names')).toHaveValue('Ty');
  await press(page, 'Escape');

  const wrong = second.mrn.slice(0, -1) + (second.mrn.endsWith('2') ? '3' : '2');
  await scan(page, wrong, () =>
    expect(statusLine(page)).toContainText('check symbol is wrong', { timeout: 2000 }),
  );
  await centre.rows('update clinichub.patient set merged_into = $1 where id = $2', [first.id, third.id]);
  await expect
    .poll(async () => (await callFrom(page, 'patients.search', { text: third.mrn, limit: 1 }))[0]?.id)
    .toBe(first.id);
  await scan(page, third.mrn, shows(page, first));
  await expect(statusLine(page)).toContainText(`${third.mrn} was merged into ${first.mrn}`);

  wire.cut();
  await expect.poll(async () => (await callFrom(page, 'sync.status', {})).connection).toBe('offline');
  await scan(page, formatMrn('ZZZ', 1), () =>
    expect(statusLine(page)).toContainText('the centre cannot be asked now', { timeout: 2000 }),
  );
  await page.keyboard.press('ControlOrMeta+k');
  await scan(page, first.mrn, shows(page, first));
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

/** What the product has printed so far on the double; in a browser what the page would put on paper now. */
const lastPrinted = async (app: AppDriver): Promise<Printed> => {
  if (app.backend !== 'double') return printedBy(app.page);
  const printed = (app as DoubleDriver).recorded('print').at(-1);
  if (printed === undefined) throw new Error('nothing was printed');
  return printed.paper;
};

test('label, wristband and card of a patient by keys, on the printer each had the last time', async ({
  desk: { app, centre },
}) => {
  const [patient] = await labelled(centre);
  if (!patient) throw new Error('nobody has a label');
  await app.page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-asked', 'yes');
  });
  await signIn(app.page, 'claudine');
  await scan(app.page, patient.mrn, shows(app.page, patient));
  await press(app.page, 'p');
  const { page } = app;
  const preview = page.getByRole('region', { name: 'Preview: Folder label' });
  await expect(preview.getByRole('img', { name: patient.mrn })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print', exact: false }).last()).toBeFocused();
  await expectAccessible(page, 'print preview');

  if (app.backend === 'headless') {
    await expect(page.getByText('The browser prints')).toBeVisible();
    await press(page, 'Enter');
    await expect(page.locator('body')).toHaveAttribute('data-asked', 'yes');
  } else {
    await page.getByRole('combobox', { name: 'Printer' }).click();
    await page.getByRole('option', { name: 'Label printer' }).click();
    await page.getByRole('textbox', { name: 'Copies' }).fill('2');
    await press(page, 'ControlOrMeta+p');
    await expect(statusLine(page)).toContainText('Sent to the printer');
    const [printed] = (app as DoubleDriver).recorded('print').slice(-1);
    expect(printed?.options).toMatchObject({
      silent: true,
      deviceName: 'Label_printer',
      copies: 2,
      pageSize: { width: 62_000, height: 29_000 },
    });
  }
  const label = await lastPrinted(app);
  expect(label.pages).toEqual(['62x29']);
  expect(label.text).toContain(patient.mrn);
  expect(label.text).toContain(patient.family);
  expect(label.text).not.toContain('Find patient or action');

  await press(page, '2');
  await expect(page.getByRole('region', { name: 'Preview: Wristband' })).toBeVisible();
  if (app.backend === 'headless') expect((await lastPrinted(app)).pages).toEqual(['25x254']);
  await press(page, '3');
  await expect(page.getByRole('region', { name: 'Preview: Appointment card' })).toContainText(patient.mrn);
  await press(page, '1');
  await press(page, 'Escape');
  await shows(page, patient)();

  if (app.backend === 'double') {
    await app.restart();
    await signIn(app.page, 'claudine');
    await scan(app.page, patient.mrn, shows(app.page, patient));
    await press(app.page, 'p');
    await expect(app.page.getByRole('combobox', { name: 'Printer' })).toHaveValue('Label printer');
    await expect(app.page.getByRole('textbox', { name: 'Copies' })).toHaveValue('2');
    await press(app.page, '3');
    await expect(app.page.getByRole('combobox', { name: 'Printer' })).toHaveValue('Ask the system each time');
  }
});

test('a document goes to the printer documents had the last time', async ({ desk: { app, centre } }) => {
  const { page } = app;
  const [patient] = await labelled(centre);
  if (!patient) throw new Error('nobody has a label');
  await signIn(page, 'uwase');
  await callFrom(page, 'documents.make', {
    patientId: patient.id as PatientId,
    template: 'referral',
    language: 'en',
    title: 'To the hospital',
    addressee: 'The hospital',
    sections: [{ title: 'Reason', text: 'Please see.' }],
  });
  await page.goto(`${new URL(page.url()).origin}/#/patients/${patient.id}/chart/documents`);
  const letter = page.getByRole('row', { name: /To the hospital/ });
  await letter.press('Enter');
  await expect(page.getByRole('region', { name: 'Page 1 of 1' })).toContainText('Please see.');
  await page.getByRole('combobox', { name: 'Paper' }).click();
  await page.getByRole('option', { name: 'A5' }).click();
  if (app.backend === 'headless') {
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-document', 'asked');
    });
    await press(page, 'Control+p');
    await expect(page.locator('body')).toHaveAttribute('data-document', 'asked');
  } else {
    await page.getByRole('combobox', { name: 'Printer' }).click();
    await page.getByRole('option', { name: 'Office laser' }).click();
    await expectAccessible(page, 'document to print');
    await press(page, 'Control+p');
    await expect(statusLine(page)).toContainText('Sent to the printer');
    const [printed] = (app as DoubleDriver).recorded('print').slice(-1);
    expect(printed?.options).toMatchObject({ silent: true, deviceName: 'Office_laser' });
    expect(printed?.paper.pages).toEqual(['148x210']);
  }
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await letter.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Paper' })).toHaveValue('A5');
  if (app.backend !== 'headless')
    await expect(page.getByRole('combobox', { name: 'Printer' })).toHaveValue('Office laser');
});

test('day sheets, phone list and an empty form, page by page', async ({ desk: { app, centre } }) => {
  const { page } = app;
  await signIn(page, 'claudine');
  const expected = await centre.rows<{ family: string }>(
    `select p.family from clinichub.appointment a join clinichub.patient p on p.id = a.patient_id
     where left(a.start_local, 10) = $1 and a.status = 'booked' and not a.needs_rebooking limit 50`,
    [clinicToday()],
  );
  await press(page, 'g', 'd');
  await page.getByRole('gridcell').first().waitFor();
  await press(page, 'p');
  const sheets = page.getByRole('region', { name: 'Preview: Day sheet' });
  await expect(sheets.getByText('Page 1 of').first()).toBeVisible();
  await expectAccessible(page, 'day sheets');
  const printed = await printedBy(page);
  expect(new Set(printed.pages)).toEqual(new Set(['210x297']));
  expect(printed.text.match(/Page \d+ of \d+/g)).toHaveLength(printed.pages.length);
  for (const { family } of expected) expect(printed.text).toContain(family);

  await press(page, '2');
  const phones = page.getByRole('region', { name: 'Preview: Phone list' });
  await expect(phones.getByText('Page 1 of').first()).toBeVisible();
  await page.getByRole('combobox', { name: 'Paper' }).click();
  await page.getByRole('option', { name: 'A5' }).click();
  await expect.poll(async () => new Set((await printedBy(page)).pages)).toEqual(new Set(['148x210']));

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('empty regis');
  await press(page, 'Enter');
  await expect(page.getByRole('region', { name: 'Preview: Registration form' })).toContainText('Signature');
});
