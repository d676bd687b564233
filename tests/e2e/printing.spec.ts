import type { Locator, Page } from '@playwright/test';
import { formatMrn } from '#shared/domain/patients/mrn.ts';
import { type ClinicCentre, callFrom, signIn } from '#tests/support/e2e-clinic.ts';
import { press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

interface Somebody {
  readonly id: string;
  readonly mrn: string;
  readonly family: string;
  readonly given: string;
}

/** Two patients with record numbers as labels have them. */
const labelled = (centre: ClinicCentre): Promise<readonly Somebody[]> =>
  centre.rows<Somebody>(
    `select id, mrn, family, given from clinichub.patient
     where deceased_date is null and merged_into is null and mrn like '___-______-_' order by id limit 2`,
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
  const [first, second] = await labelled(centre);
  if (!first || !second) throw new Error('nobody has a label');

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
  wire.cut();
  await expect.poll(async () => (await callFrom(page, 'sync.status', {})).connection).toBe('offline');
  await scan(page, formatMrn('ZZZ', 1), () =>
    expect(statusLine(page)).toContainText('the centre cannot be asked now', { timeout: 2000 }),
  );
  await page.keyboard.press('ControlOrMeta+k');
  await scan(page, first.mrn, shows(page, first));
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
