import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { formatMrn, mrnLimit } from '#shared/domain/patients/mrn.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, callFrom, pill, signIn } from '#tests/support/e2e-clinic.ts';
import { backOnline, press, signInByKeys, statusLine, tabTo, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const panel = (page: Page): Locator => page.getByRole('dialog', { name: 'Connection to the centre' });

/** Gives somebody at the centre the record number of a patient registered here while the centre was out of reach. */
const takeNumber = async (centre: ClinicCentre, mrn: string): Promise<void> => {
  const id = randomUUID();
  await centre.rows(
    `insert into clinichub.patient select (jsonb_populate_record(p, jsonb_build_object('id', $1::text, 'mrn', $2::text))).*
     from clinichub.patient p limit 1`,
    [id, mrn],
  );
};

const registered = async (page: Page): Promise<string> => {
  await expect(statusLine(page)).toContainText('Registered');
  return /[A-Z]{3}-[0-9A-Z]+-[0-9A-Z]/.exec((await statusLine(page).textContent()) ?? '')?.[0] ?? '';
};

const known = async (centre: ClinicCentre, family: string): Promise<number> =>
  (await centre.rows('select from clinichub.patient where family = $1', [family])).length;

const refusedNumbers = async (page: Page): Promise<readonly number[]> =>
  (await callFrom(page, 'sync.outbox', {})).filter(({ status }) => status === 'parked').map(({ n }) => n);

test('the connection, by mouse: offline, what waits, what was refused, sent again, corrected', async ({
  desk: { app, centre, wire },
}) => {
  const { page } = app;
  await signIn(page, 'claudine');
  await expect(pill(page)).toContainText('Live');
  wire.cut();
  await expect(pill(page)).toContainText('Offline since');
  await page.getByRole('link', { name: /^Patients/ }).click();
  await page.getByRole('button', { name: 'Register patient' }).first().click();
  const sheet = page.getByRole('dialog', { name: 'Register patient' });
  await sheet.getByLabel('Family name').fill('Zumutwe');
  await sheet.getByLabel('Given names').fill('Ange');
  await sheet.getByRole('radio', { name: 'Female' }).check();
  await sheet.getByRole('button', { name: 'Register patient' }).click();
  const mrn = await registered(page);
  await takeNumber(centre, mrn);

  await pill(page).click();
  await expect(panel(page)).toContainText('The centre cannot be reached. Go on working');
  await expect(panel(page).getByRole('listitem')).toContainText(['Register patient: Zumutwe Ange']);
  await page.getByRole('button', { name: 'Try now' }).click();
  await expectAccessible(page, 'offline');

  await backOnline(page, wire);
  await expect(pill(page)).toContainText('1 needs you');
  const refused = panel(page).getByRole('listitem').filter({ hasText: 'Zumutwe' });
  await expect(refused).toContainText('The centre has this already.');
  await expectAccessible(page, 'refused');
  const [first] = await refusedNumbers(page);
  await refused.getByRole('button', { name: 'Send again' }).click();
  await expect(statusLine(page)).toContainText('Sent again');
  // It is refused anew, under another number.
  await expect.poll(async () => (await refusedNumbers(page)).filter((n) => n !== first)).toHaveLength(1);
  await expect(pill(page)).toContainText('1 needs you');
  expect(await known(centre, 'Zumutwe')).toBe(0);

  const correction = page.getByRole('dialog', { name: 'Correct and send again' });
  // The list may still show what was sent again, which is then said to be refused no longer.
  await expect(async () => {
    if (!(await refused.isVisible())) await pill(page).click();
    await refused.getByRole('button', { name: 'Correct' }).click();
    await expect(correction.getByRole('textbox', { name: 'Family name' })).toBeFocused({ timeout: 3000 });
  }).toPass({ timeout: 15_000 });
  await correction.getByRole('textbox', { name: 'MRN' }).fill('');
  await correction.getByRole('button', { name: 'Send again' }).click();
  await expect(correction).toContainText('Fill this in.');
  await expectAccessible(page, 'corrected');
  await correction.getByRole('textbox', { name: 'MRN' }).fill(`${mrn}X`);
  await correction.getByRole('button', { name: 'Send again' }).click();
  await expect(correction).toContainText('This is no record number');
  await correction.getByRole('textbox', { name: 'MRN' }).fill(formatMrn(mrn.slice(0, 3), mrnLimit - 1));
  await correction.getByRole('button', { name: 'Send again' }).click();
  await expect(statusLine(page)).toContainText('Corrected and sent again');
  await expect(pill(page)).toContainText('Live');
  await pill(page).click();
  await expect(panel(page)).toContainText('Everything done here has reached the centre.');
  await panel(page).getByText('Sent again or withdrawn').click();
  await expect(panel(page).getByRole('listitem').filter({ hasText: 'Zumutwe' })).toHaveCount(2);
  await expectAccessible(page, 'history of what was refused');
  expect(await known(centre, 'Zumutwe')).toBe(1);
});

test('the connection, by keys alone: what was refused is withdrawn', async ({
  desk: { app, centre, wire },
}) => {
  const { page } = app;
  await signInByKeys(page, 'eric');
  await expect(pill(page)).toContainText('Live');
  wire.cut();
  await expect(pill(page)).toContainText('Offline since');
  await press(page, 'g', 'p');
  await expect(page.getByRole('textbox', { name: 'Find a patient' })).toBeFocused();
  await press(page, 'Escape', 'n');
  await expect(page.getByLabel('Family name')).toBeFocused();
  await page.keyboard.type('Zuzi');
  await press(page, 'Tab');
  await page.keyboard.type('Manzi');
  await press(page, 'Tab', 'Space', 'ControlOrMeta+Enter');
  await takeNumber(centre, await registered(page));

  await backOnline(page, wire);
  await expect(pill(page)).toContainText('1 needs you');
  await tabTo(page, pill(page));
  await press(page, 'Enter');
  await expect(panel(page)).toContainText('Register patient: Zuzi Manzi');
  await tabTo(page, panel(page).getByRole('button', { name: 'Withdraw' }));
  await press(page, 'Enter');
  await tabTo(page, panel(page).getByRole('button', { name: 'Withdraw for good' }));
  await press(page, 'Enter');
  await expect(pill(page)).toContainText('Live');
  await expect(panel(page)).toContainText('Everything done here has reached the centre.');
  await press(page, 'Escape');
  await expect(pill(page)).toBeFocused();
  expect(await known(centre, 'Zuzi')).toBe(0);
});
