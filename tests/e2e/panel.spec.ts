import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import ICAL from 'ical.js';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { openDay, signIn } from '#tests/support/e2e-clinic.ts';
import { signOut, tabTo, test } from '#tests/support/e2e-journey.ts';
import { accountHolder, desktop, openPanel, phone } from '#tests/support/e2e-panel.ts';
import { expect } from '#tests/support/e2e-test.ts';

const doctor = 'Dr Aline Uwase';

/** What the page says of how the appointment stands. */
const standing = (page: Page) => page.locator('main').getByRole('status').last();

test('a patient books with every filter; it arrives at the desk, the doctor accepts elsewhere, the calendar file is read, it is cancelled', async ({
  desk: { app, centre },
  browser,
  folder,
  launch,
}) => {
  const holder = await accountHolder(centre, 0);
  const origin = new URL(app.page.url()).origin;
  const { page, violations, errors, close } = await openPanel(browser, origin, holder, desktop);
  await page.getByRole('link', { name: 'Appointments', exact: true }).click();
  await expectAccessible(page, 'appointments of a patient');
  await page.getByRole('link', { name: 'Book an appointment' }).click();
  await page.getByLabel('Speciality', { exact: true }).selectOption('General practice');
  await page.getByLabel('Place', { exact: true }).selectOption('Kacyiru');
  await page.getByLabel('Doctor', { exact: true }).selectOption(doctor);
  await expect(page.getByRole('article')).toHaveCount(1);
  await expectAccessible(page, 'finding a doctor');
  const card = page.getByRole('article', { name: doctor });
  await card.getByRole('link', { name: 'More times' }).click();
  // The last of the week: a day before a confirmed one is to be, nothing is cancelled here any more.
  const time = page.getByRole('button', { name: new RegExp(`with ${doctor}, Kacyiru`) }).last();
  await time.waitFor();
  await expectAccessible(page, 'times of a doctor');
  await time.click();
  await expect(page.getByRole('timer')).toContainText('Kept for you for');
  await page.getByLabel('Reason (optional)').fill('Cough for a week');
  await expectAccessible(page, 'confirming a time');
  await page.getByRole('button', { name: 'Ask for this time' }).click();
  await expect(standing(page)).toContainText('Waiting for the doctor');
  await expectAccessible(page, 'a request');

  const [row] = await centre.rows<{ id: string; date: string }>(
    `select id, substr(start_local, 1, 10) as date from clinichub.appointment where patient_id = $1 and status = 'proposed'`,
    [holder.patientId],
  );
  if (row === undefined) throw new Error('the request did not reach the centre');
  const room = await launch({
    data: join(folder, 'room'),
    centre: await centre.enrol('Consulting room'),
    demo: true,
  });
  await signIn(room.page, 'claudine');
  await openDay(room.page, row.date);
  await expect(room.page.locator(`[data-appointment="${row.id}"]`)).toContainText(
    holder.listed.split(' ')[0] ?? '',
  );
  await signOut(room.page);
  await signIn(room.page, 'uwase');
  await room.page
    .getByRole('listbox', { name: 'My day' })
    .getByRole('option')
    .filter({ hasText: holder.listed })
    .first()
    .click();
  await room.page.getByRole('button', { name: /^Accept/ }).click();

  // Nobody touches the patient's page: it follows by itself.
  await expect(standing(page)).toContainText('Confirmed', { timeout: 60_000 });
  await expectAccessible(page, 'a confirmed appointment');
  await page.getByRole('button', { name: 'Add to calendar' }).click();
  const saved = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Calendar file (.ics)' }).click(),
    ]);
    const calendar = new ICAL.Component(ICAL.parse(await readFile(await download.path(), 'utf8')));
    return calendar.getFirstSubcomponent('vevent');
  };
  await expect.poll(async () => (await saved())?.getFirstPropertyValue('status')).toBe('CONFIRMED');
  const event = await saved();
  expect(event?.getFirstPropertyValue('class')).toBe('PRIVATE');
  expect(String(event)).not.toContain('Cough');

  await page.getByRole('button', { name: 'Cancel the appointment' }).click();
  await expectAccessible(page, 'cancelling');
  await page.getByRole('button', { name: 'Cancel it' }).click();
  await expect(standing(page)).toContainText('Cancelled', { timeout: 60_000 });
  await expect
    .poll(() => centre.rows('select status from clinichub.appointment where id = $1', [row.id]))
    .toEqual([{ status: 'cancelled' }]);
  expect([...violations, ...errors]).toEqual([]);
  await close();
});

test('the same on a phone, by keys alone', async ({ desk: { app, centre }, browser }) => {
  const holder = await accountHolder(centre, 1);
  const origin = new URL(app.page.url()).origin;
  const { page, violations, errors, close } = await openPanel(browser, origin, holder, phone);
  const press = async (target: ReturnType<Page['locator']>, key = 'Enter') => {
    await target.waitFor();
    await tabTo(page, target);
    await page.keyboard.press(key);
  };
  await press(page.getByRole('link', { name: 'Appointments', exact: true }));
  await press(page.getByRole('link', { name: 'Book an appointment' }));
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  await expect(heading('Book an appointment')).toBeFocused();
  // A letter chooses in a list, as the browser has it.
  await page.getByLabel('Speciality', { exact: true }).waitFor();
  for (const [label, typed] of [
    ['Speciality', 'Gen'],
    ['Place', 'Kac'],
    ['Doctor', 'Dr Al'],
  ] as const) {
    await tabTo(page, page.getByLabel(label, { exact: true }));
    await page.keyboard.type(typed);
  }
  await expect(page.getByRole('article')).toHaveCount(1);
  await press(page.getByRole('button', { name: new RegExp(`with ${doctor}, Kacyiru`) }).first());
  await expect(heading('Check and confirm')).toBeFocused();
  await expect(page.getByRole('timer')).toContainText('Kept for you for');
  await expectAccessible(page, 'confirming on a phone');
  await press(page.getByRole('button', { name: 'Ask for this time' }));
  await expect(standing(page)).toContainText('Waiting for the doctor');
  await press(page.getByRole('button', { name: 'Cancel the request' }));
  await expect(page.getByLabel('Why (optional)')).toBeFocused();
  await page.keyboard.type('I feel better');
  await press(page.getByRole('button', { name: 'Cancel it' }));
  await expect(standing(page)).toContainText('Cancelled', { timeout: 60_000 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  expect([...violations, ...errors]).toEqual([]);
  await close();
});
