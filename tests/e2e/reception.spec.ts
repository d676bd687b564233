import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, clinicToday, freeTimes, signIn } from '#tests/support/e2e-clinic.ts';
import {
  accentedPatient,
  press,
  signInByKeys,
  statusLine,
  tabTo,
  test,
  waysToFind,
} from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const doctor = 'Dr Aline Uwase';

/** Where the day board puts `patient`, by its name and time. */
const block = (page: Page, patient: string, time: string): Locator =>
  page.getByRole('button', { name: new RegExp(`^${patient}, ${time}`) });

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** A time that is free for half an hour, and another one after it, both in sight of a morning. */
const twoTimes = async (page: Page) => {
  const times = await freeTimes(page, doctor, 2, 30);
  const [from] = times;
  const to = times.find(({ time }) => from !== undefined && minuteOf(time) >= minuteOf(from.time) + 30);
  if (from === undefined || to === undefined) throw new Error('the day has no two free half hours');
  return { date: from.date, from: from.time, to: to.time };
};

/** What the centre has of the appointments of a patient to come. */
const atCentre = (centre: ClinicCentre, mrn: string) => async () => {
  const rows = await centre.rows<{ status: string; start: string }>(
    `select a.status, substr(a.start_local, 12, 5) as start from clinichub.appointment a
     join clinichub.patient p on p.id = a.patient_id where p.mrn = $1 and a.start_at > now()`,
    [mrn],
  );
  return rows.map(({ status, start }) => `${status} ${start}`);
};

/** Goes down the column until the cursor is on `cell`. */
const stepTo = async (page: Page, cell: Locator): Promise<void> => {
  for (let slot = 0; slot < 60; slot += 1) {
    if (await cell.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('ArrowDown');
  }
  await expect(cell).toBeFocused();
};

const daysUntil = (date: string): number => (Date.parse(date) - Date.parse(clinicToday())) / 86_400_000;

/** The record number in the line that tells of a registration. */
const registeredMrn = async (page: Page): Promise<string> => {
  await expect(statusLine(page)).toContainText('Registered');
  return /[A-Z]{3}-[0-9A-Z]+-[0-9A-Z]/.exec((await statusLine(page).textContent()) ?? '')?.[0] ?? '';
};

test('reception, by mouse: find, register, book, move, cancel, take back, ask the doctor first', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await expectAccessible(page, 'sign-in');
  await signIn(page, 'claudine');
  const patient = await accentedPatient(centre);

  await page.getByRole('link', { name: /^Patients/ }).click();
  const search = page.getByRole('textbox', { name: 'Find a patient' });
  const rows = page.getByRole('grid').getByRole('row');
  for (const typed of waysToFind(patient)) {
    await search.fill(typed);
    await expect(rows.filter({ hasText: patient.mrn }), typed).toBeVisible();
  }
  await rows.filter({ hasText: patient.mrn }).click();
  await expectAccessible(page, 'patients');

  await page.getByRole('button', { name: 'Register patient' }).click();
  const sheet = page.getByRole('dialog', { name: 'Register patient' });
  await sheet.getByLabel('Family name').fill(patient.family);
  await sheet.getByLabel('Given names').fill(patient.given);
  await sheet.getByRole('radio', { name: 'Female' }).check();
  await sheet.getByLabel('Date of birth').fill(patient.birth_date);
  await expect(sheet.getByRole('region', { name: 'Is it one of these?' })).toContainText(patient.mrn);
  await sheet.getByRole('button', { name: 'Register patient' }).click();
  await expect(sheet.getByRole('alert')).toContainText('look alike');
  await expectAccessible(page, 'register');
  await sheet.getByRole('button', { name: 'Register as another person' }).click();
  const mrn = await registeredMrn(page);
  expect(mrn).not.toBe(patient.mrn);
  await expectAccessible(page, 'patient');

  const { date, from, to } = await twoTimes(page);
  await page.getByRole('link', { name: /^Day/ }).click();
  for (let day = 0; day < daysUntil(date); day += 1)
    await page.getByRole('button', { name: 'Next day' }).click();
  await expectAccessible(page, 'day');
  const name = `${patient.family} ${patient.given}`;
  await page.getByRole('gridcell', { name: `${from}, ${doctor}, free` }).click();
  const booking = page.getByRole('dialog', { name: 'Book' });
  const whom = booking.getByLabel('Patient').first();
  await whom.fill('Zzyzx');
  await booking.getByRole('option', { name: /^Register/ }).click();
  await expect(booking.getByLabel('Given names')).toBeFocused();
  await expect(booking.getByRole('button', { name: /^Book/ })).toHaveCount(0);
  await booking.getByRole('button', { name: 'Cancel' }).click();
  await expect(whom).toBeFocused();
  await expect(whom).toHaveValue('Zzyzx');
  await whom.fill(mrn);
  await booking.getByRole('option').filter({ hasText: mrn }).filter({ hasNotText: 'Register' }).click();
  await booking.getByLabel('Note').fill('Cough');
  await expectAccessible(page, 'booking');
  await booking.getByRole('button', { name: /^Book/ }).click();
  await expect(statusLine(page)).toContainText('confirmed');
  await expect.poll(atCentre(centre, mrn)).toEqual([`booked ${from}`]);

  const free = page.getByRole('gridcell', { name: `${to}, ${doctor}, free` });
  // Away from the edges, where dragging scrolls.
  await free.evaluate((cell) => cell.scrollIntoView({ block: 'center' }));
  const at = await block(page, name, from).boundingBox();
  const target = await free.boundingBox();
  if (at === null || target === null) throw new Error('the board does not show both times');
  await page.mouse.move(at.x + 30, at.y + 4);
  await page.mouse.down();
  await page.mouse.move(target.x + 30, target.y + 5, { steps: 6 });
  await page.mouse.up();
  await expect(statusLine(page)).toContainText(/^Moved .*confirmed/);
  await expect.poll(atCentre(centre, mrn)).toEqual([`booked ${to}`]);

  await block(page, name, to).click();
  await expectAccessible(page, 'appointment');
  await page.getByRole('button', { name: /^Move/ }).click();
  await expectAccessible(page, 'move');
  await page.getByRole('dialog').getByRole('button', { name: 'Back', exact: true }).click();
  await page.getByRole('button', { name: /^Cancel/ }).click();
  await page.getByRole('button', { name: 'Patient asked' }).click();
  await expectAccessible(page, 'cancel');
  await page.getByRole('button', { name: /^Cancel appointment/ }).click();
  await expect(statusLine(page)).toContainText('Cancelled');
  await expect.poll(atCentre(centre, mrn)).toEqual([`cancelled ${to}`]);
  await statusLine(page).getByRole('button', { name: /^Undo/ }).click();
  await expect(statusLine(page)).toContainText('Put back');
  await expect.poll(atCentre(centre, mrn)).toEqual([`booked ${to}`]);

  await page.getByRole('gridcell', { name: `${from}, ${doctor}, free` }).click();
  await booking.getByLabel('Patient').first().fill(mrn);
  await booking.getByRole('option').filter({ hasText: mrn }).filter({ hasNotText: 'Register' }).click();
  await booking.getByLabel('Ask the doctor first').check();
  await booking.getByRole('button', { name: /^Send the request/ }).click();
  await expect(statusLine(page)).toContainText('Sent the request');
  await expect
    .poll(async () => (await atCentre(centre, mrn)()).sort())
    .toEqual([`booked ${to}`, `proposed ${from}`]);
  await page.getByRole('button', { name: 'Show the keys' }).click();
  await expectAccessible(page, 'keys');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Find patient or action/ }).click();
  await page.getByRole('combobox', { name: 'Find patient or action' }).fill(patient.family);
  await expectAccessible(page, 'find');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Your account/ }).click();
  await expectAccessible(page, 'account');
});

test('reception, by keys alone', async ({ desk: { app, centre } }) => {
  const { page } = app;
  const { keyboard } = page;
  await signInByKeys(page, 'eric');
  const patient = await accentedPatient(centre);

  await press(page, 'g', 'p');
  await expect(page.getByRole('textbox', { name: 'Find a patient' })).toBeFocused();
  for (const typed of waysToFind(patient)) {
    await press(page, 'ControlOrMeta+a');
    await keyboard.type(typed);
    const row = page.getByRole('grid').getByRole('row').filter({ hasText: patient.mrn });
    await expect(row, typed).toBeVisible();
  }
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: `${patient.family} ${patient.given}` })).toBeVisible();
  await press(page, 'g', 'p');
  await expect(page.getByRole('textbox', { name: 'Find a patient' })).toBeFocused();
  await press(page, 'ArrowDown');
  await expect(page.getByRole('row', { selected: true })).toBeFocused();

  // At a machine's speed, and nothing overtakes what opens the field.
  await keyboard.type(`nAfter${patient.family}`);
  const sheet = page.getByRole('dialog', { name: 'Register patient' });
  await expect(sheet.getByLabel('Family name')).toHaveValue(`After${patient.family}`);
  await press(page, 'ControlOrMeta+a');
  await keyboard.type(patient.family);
  await press(page, 'Tab');
  await keyboard.type(patient.given);
  await press(page, 'Tab', 'Space');
  await expect(sheet.getByRole('radio', { name: 'Female' })).toBeChecked();
  await press(page, 'Tab');
  await keyboard.type(patient.birth_date);
  await expect(sheet.getByRole('region', { name: 'Is it one of these?' })).toContainText(patient.mrn);
  await press(page, 'Enter');
  await expect(sheet.getByRole('alert')).toContainText('look alike');
  await press(page, 'ControlOrMeta+Enter');
  const mrn = await registeredMrn(page);

  const { date, from, to } = await twoTimes(page);
  await press(page, 'g', 'd');
  await page.getByRole('grid', { name: /^Day board/ }).waitFor();
  await press(page, 'd');
  await expect(page.getByRole('textbox', { name: 'Date', exact: true })).toBeFocused();
  await press(page, 'ControlOrMeta+a');
  await keyboard.type(date);
  await press(page, 'Enter');
  const name = `${patient.family} ${patient.given}`;
  const free = page.getByRole('gridcell', { name: `${from}, ${doctor}, free` });
  await tabTo(
    page,
    page
      .getByRole('grid', { name: /^Day board/ })
      .locator('[tabindex="0"]')
      .first(),
  );
  await press(page, 'Home', 'Control+Home');
  await stepTo(page, free);
  await press(page, 'Enter');
  const booking = page.getByRole('dialog', { name: 'Book' });
  await expect(booking.getByLabel('Patient').first()).toBeFocused();
  await keyboard.type(mrn);
  const found = booking.getByRole('option').filter({ hasText: mrn }).filter({ hasNotText: 'Register' });
  await expect(found).toHaveAttribute('aria-selected', 'true');
  await press(page, 'Enter');
  await expect(booking.getByLabel('Note')).toBeFocused();
  await keyboard.type('Cough');
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('confirmed');
  await expect.poll(atCentre(centre, mrn)).toEqual([`booked ${from}`]);

  await expect(block(page, name, from)).toBeFocused();
  await press(page, 'm');
  for (let slot = minuteOf(from); slot < minuteOf(to); slot += 15) await press(page, 'ArrowDown');
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText(/^Moved .*confirmed/);
  await expect.poll(atCentre(centre, mrn)).toEqual([`booked ${to}`]);

  await expect(block(page, name, to)).toBeFocused();
  await press(page, 'Delete');
  await expect(page.getByRole('textbox', { name: 'Reason' })).toBeFocused();
  await keyboard.type('Is travelling');
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('Cancelled');
  await expect.poll(atCentre(centre, mrn)).toEqual([`cancelled ${to}`]);
  await press(page, 'ControlOrMeta+z');
  await expect(statusLine(page)).toContainText('Put back');
  await expect.poll(atCentre(centre, mrn)).toEqual([`booked ${to}`]);

  await press(page, 'Control+Home');
  await stepTo(page, free);
  await press(page, 'Enter');
  await expect(booking.getByLabel('Patient').first()).toBeFocused();
  await tabTo(page, booking.getByLabel('Ask the doctor first'));
  await press(page, 'Space', 'ControlOrMeta+Enter');
  await expect(booking.getByLabel('Patient').first()).toBeFocused();
  await expect(booking).toContainText('Choose a patient');
  await keyboard.type(mrn);
  await expect(found).toHaveAttribute('aria-selected', 'true');
  await press(page, 'Enter');
  await expect(booking.getByLabel('Note')).toBeFocused();
  await press(page, 'ControlOrMeta+Enter');
  await expect(statusLine(page)).toContainText('Sent the request');
  await expect
    .poll(async () => (await atCentre(centre, mrn)()).sort())
    .toEqual([`booked ${to}`, `proposed ${from}`]);
});
