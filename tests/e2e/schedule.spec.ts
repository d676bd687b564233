import type { Page } from '@playwright/test';
import { addDays } from '#shared/kernel/calendar.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, clinicToday, freeTimes, openDay, signIn } from '#tests/support/e2e-clinic.ts';
import { statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const doctor = 'Dr Aline Uwase';

/** What the centre has of the doctor's open appointments on a day. */
const bookedOn = async (centre: ClinicCentre, date: string) =>
  centre.rows<{ id: string; mrn: string; time: string; overbooked: boolean; reason: string | null }>(
    `select a.id, p.mrn, substr(a.start_local, 12, 5) as time, a.overbooked, a.overbook_reason as reason
     from clinichub.appointment a join clinichub.patient p on p.id = a.patient_id
     join clinichub.practitioner d on d.id = a.practitioner_id
     where d.family = 'Uwase' and a.start_local like $1 || '%' and a.status in ('proposed', 'booked') and not a.needs_rebooking
     order by a.start_at`,
    [date],
  );

const workday = async (page: Page): Promise<string> => (await freeTimes(page, doctor, 2, 30))[0]?.date ?? '';

/** Opens the screen by its keys, from wherever one is. */
const openSchedule = async (page: Page): Promise<void> => {
  // Out of a field, where letters are letters.
  await page
    .locator(':focus')
    .blur()
    .catch(() => undefined);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('grid', { name: 'Leave and holidays' }).waitFor();
};

test('leave, by keys: one entry takes the hours, the board says why, and who is in it is rebooked', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'patrick');
  const date = await workday(page);
  const before = await bookedOn(centre, date);
  expect(before.length).toBeGreaterThan(0);
  await openSchedule(page);
  await expect(page.getByRole('row').filter({ hasText: 'Family leave' })).toBeVisible();
  await expectAccessible(page, 'schedule');

  await page.keyboard.press('n');
  const sheet = page.getByRole('dialog', { name: 'Add leave or holiday' });
  await sheet.getByRole('combobox', { name: 'Doctor' }).fill('Uwase');
  await page.getByRole('option', { name: /Aline Uwase/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  for (const label of ['Last day', 'First day']) await sheet.getByLabel(label).fill(date);
  await page.keyboard.press('Control+Enter');
  await expect(sheet.getByLabel('Name')).toHaveAccessibleDescription(/Fill this in/);
  await expectAccessible(page, 'schedule-sheet');
  await sheet.getByLabel('Name').fill('Training');
  await page.keyboard.press('Control+Enter');
  await expect(statusLine(page)).toContainText('Added Training');
  await expect(sheet).toBeHidden();

  await page.getByRole('row').filter({ hasText: 'Training' }).click();
  const list = page.getByRole('complementary', { name: 'To rebook' });
  await expect(list).toContainText(
    before.length === 1 ? '1 appointment lies' : `${before.length} appointments lie`,
  );
  await expect(
    list.getByRole('region', { name: 'Free times, nearest first' }).getByRole('button'),
  ).toHaveCount(5);
  await expectAccessible(page, 'schedule-affected');
  await page.keyboard.press('1');
  await expect(statusLine(page)).toContainText('Rebooked');
  await expect.poll(async () => (await bookedOn(centre, date)).length).toBe(before.length - 1);

  await openDay(page, date);
  await expect(page.getByText('Leave · Training').first()).toBeVisible();
  await expect(page.getByRole('gridcell', { name: new RegExp(`, ${doctor}, free$`) })).toHaveCount(0);
  await expectAccessible(page, 'day-leave');

  await openSchedule(page);
  await page.getByRole('row').filter({ hasText: 'Training' }).click();
  await page.keyboard.press('Delete');
  await expect(statusLine(page)).toContainText('Took back Training');
  await expect(page.getByRole('row').filter({ hasText: 'Training' })).toHaveCount(0);
});

test('hours every two weeks and a kind of visit are entered, and the booking sheet follows the kind', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'patrick');
  await openSchedule(page);
  await page.keyboard.press(']');
  await page.getByRole('grid', { name: 'Weekly hours' }).waitFor();
  await page.keyboard.press('n');
  const hours = page.getByRole('dialog', { name: 'Add hours' });
  await hours.getByRole('combobox', { name: 'Doctor' }).fill('Okello');
  await page.getByRole('option', { name: /Grace Okello/ }).click();
  await hours.getByRole('combobox', { name: 'Site' }).click();
  await page.getByRole('option', { name: 'Remera' }).click();
  await hours.getByRole('combobox', { name: 'Weekday' }).click();
  await page.getByRole('option', { name: 'Saturday' }).click();
  await hours.getByLabel('From', { exact: true }).fill('8');
  await hours.getByLabel('To', { exact: true }).fill('12.30');
  await hours.getByRole('combobox', { name: 'Weeks' }).click();
  await page.getByRole('option', { name: 'Every 2 weeks' }).click();
  await hours.getByRole('button', { name: /^Save/ }).click();
  await expect(hours.getByLabel('Valid from')).toHaveAccessibleDescription(/Fill this in/);
  await hours.getByLabel('Valid from').fill(clinicToday());
  await page.keyboard.press('Control+Enter');
  await expect(statusLine(page)).toContainText('Saved the hours');
  await expect
    .poll(() =>
      centre.rows(
        `select weekday, start_time, end_time, interval_weeks from clinichub.schedule where interval_weeks is not null`,
      ),
    )
    .toEqual([{ weekday: 6, start_time: '08:00', end_time: '12:30', interval_weeks: 2 }]);
  await expectAccessible(page, 'schedule-hours');

  await page.keyboard.press(']');
  await page.getByRole('grid', { name: 'Visit types' }).waitFor();
  await expectAccessible(page, 'visit-types');
  await page.keyboard.press('n');
  const kind = page.getByRole('dialog', { name: 'Add visit type' });
  await kind.getByLabel('Name').fill('Ultrasound');
  await kind.getByLabel('Length in minutes').fill('45');
  await kind.getByLabel('Minutes free after it').fill('10');
  await expectAccessible(page, 'visit-type-sheet');
  await page.keyboard.press('Control+Enter');
  await expect(statusLine(page)).toContainText('Saved Ultrasound');
  await expect
    .poll(() =>
      centre.rows(`select minutes, buffer_after from clinichub.visit_type where name = 'Ultrasound'`),
    )
    .toEqual([{ minutes: 45, buffer_after: 10 }]);

  await openDay(page, clinicToday());
  await page.getByRole('main').getByRole('button', { name: /^Book/ }).click();
  const booking = page.getByRole('dialog', { name: 'Book' });
  await booking.getByRole('combobox', { name: 'Visit type' }).click();
  await page.getByRole('option', { name: /Ultrasound/ }).click();
  await expect(booking.getByRole('combobox', { name: 'Duration' })).toHaveValue('45 min');
  await expect(
    booking.getByRole('region', { name: 'First free of anybody' }).getByRole('button'),
  ).toHaveCount(5);
});

test('reception overbooks with a reason, beside who has the time', async ({ desk: { app, centre } }) => {
  const { page } = app;
  await signIn(page, 'claudine');
  const date = await workday(page);
  const [taken] = await bookedOn(centre, date);
  if (taken === undefined) throw new Error('nobody is booked on that day');
  const [other] = await centre.rows<{ mrn: string }>(
    `select mrn from clinichub.patient p where not exists (select from clinichub.appointment a where a.patient_id = p.id)
     order by id limit 1`,
  );
  await openDay(page, date);
  await page.getByRole('main').getByRole('button', { name: /^Book/ }).click();
  const booking = page.getByRole('dialog', { name: 'Book' });
  await booking
    .getByLabel('Patient')
    .first()
    .fill(other?.mrn ?? '');
  await booking
    .getByRole('option')
    .filter({ hasText: other?.mrn ?? '' })
    .filter({ hasNotText: 'Register' })
    .click();
  await booking.getByRole('combobox', { name: 'Doctor' }).fill('Uwase');
  await page.getByRole('option', { name: /Aline Uwase/ }).click();
  const [day, time] = [booking.getByLabel('Date'), booking.getByLabel('Time', { exact: true })];
  // What cannot be is said at the field, and all that was typed stays.
  for (const [when, at, said] of [
    [date, '23:45', /works .*–.* on this day/],
    [date, '06:00', /works .*–.* on this day/],
    [addDays(date, -364), taken.time, 'That time is over.'],
    ['31/2/2027', taken.time, /Write a date/],
  ] as const) {
    await time.fill(at);
    // Sent from the day's own field, before the doctor's hours of that day can have been looked up.
    await day.fill(when);
    await page.keyboard.press('Control+Enter');
    await expect(when.includes('/') ? day : time).toHaveAccessibleDescription(said);
    await expect(time).toHaveValue(at);
    await expect(booking).toContainText(other?.mrn ?? '');
  }
  await day.fill(date);
  await time.fill(taken.time);
  await page.keyboard.press('Control+Enter');
  await expect(booking.getByRole('alert')).toContainText(taken.time);
  await booking.getByRole('button', { name: /^Overbook/ }).click();
  await expect(booking.getByLabel('Why beside somebody?')).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(booking).toContainText('Say why');
  await expectAccessible(page, 'overbook');
  await booking.getByLabel('Why beside somebody?').fill('Fever since last night');
  await page.keyboard.press('Control+Enter');
  await expect(statusLine(page)).toContainText('confirmed');
  await expect
    .poll(async () => (await bookedOn(centre, date)).filter((row) => row.overbooked))
    .toMatchObject([{ mrn: other?.mrn, time: taken.time, reason: 'Fever since last night' }]);
  const block = page.getByRole('grid').getByRole('button', { name: /Overbooked/ });
  await expect(block).toBeVisible();
  const [id] = (await bookedOn(centre, date)).filter((row) => row.overbooked).map((row) => row.id);
  const beside = page.locator(`[data-appointment="${taken.id}"]`);
  const [left, right] = [
    await beside.boundingBox(),
    await page.locator(`[data-appointment="${id}"]`).boundingBox(),
  ];
  expect(right?.x ?? 0).toBeGreaterThan(left?.x ?? Number.POSITIVE_INFINITY);
});
