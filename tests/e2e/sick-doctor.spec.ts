import { readFile } from 'node:fs/promises';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import {
  type ClinicCentre,
  clinicToday,
  freeTimes,
  openDay,
  signIn,
  untilConnection,
} from '#tests/support/e2e-clinic.ts';
import { backOnline, press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

/** What the centre has of the appointments the doctor had on a day when the test began. */
const standing = (centre: ClinicCentre, ids: readonly string[]) =>
  centre.rows<{ id: string; who: string; status: string; told: string | null }>(
    `select a.id, d.family as who, a.status, a.patient_status as told
     from clinichub.appointment a join clinichub.practitioner d on d.id = a.practitioner_id
     where a.id = any($1) order by a.id`,
    [ids],
  );

const bookedOn = async (centre: ClinicCentre, date: string): Promise<readonly string[]> =>
  (
    await centre.rows<{ id: string }>(
      `select a.id from clinichub.appointment a join clinichub.practitioner d on d.id = a.practitioner_id
       where d.family = 'Uwase' and a.start_local like $1 || '%' and a.status in ('proposed', 'booked')
         and not a.needs_rebooking order by a.id`,
      [date],
    )
  ).map(({ id }) => id);

/** The first day to come on which she sees some and her substitute works at the same site. */
const sharedDay = async (centre: ClinicCentre): Promise<string> => {
  const [found] = await centre.rows<{ date: string }>(
    `select to_char(day, 'YYYY-MM-DD') as date from generate_series($1::date + 1, $1::date + 14, '1 day') day
     where exists (
         select from clinichub.schedule s join clinichub.practitioner d on d.id = s.practitioner_id and d.family = 'Uwase'
         join clinichub.schedule o on o.weekday = s.weekday and o.location_id = s.location_id and o.active
         join clinichub.practitioner e on e.id = o.practitioner_id and e.family = 'Niyonsaba'
         where s.active and s.weekday = extract(isodow from day))
       and (select count(*) from clinichub.appointment a join clinichub.practitioner d on d.id = a.practitioner_id
         where d.family = 'Uwase' and a.start_local like to_char(day, 'YYYY-MM-DD') || '%' and a.status = 'booked'
           and not a.needs_rebooking) > 3
     order by day limit 1`,
    [clinicToday()],
  );
  if (found === undefined) throw new Error('the two share no day');
  return found.date;
};

test('by mouse: who is affected, one changed and one cancelled, applied, the patients told, the list exported', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'claudine');
  const date = await sharedDay(centre);
  const ids = await bookedOn(centre, date);
  expect(ids.length).toBeGreaterThan(3);
  await page.getByRole('link', { name: /^Absence/ }).click();
  await page.getByRole('combobox', { name: 'Doctor' }).fill('Uwase');
  await page.getByRole('option', { name: /Aline Uwase/ }).click();
  for (const label of ['Last day', 'First day']) await page.getByLabel(label).fill(date);
  await page.getByLabel('Reason').click();
  const table = page.getByRole('grid', { name: 'Affected appointments' });
  await expect(table.getByRole('row')).toHaveCount(ids.length + 1);
  await expect(page.getByRole('region', { name: 'Plan' })).toContainText('with Dr Olivier Niyonsaba');
  await expectAccessible(page, 'absence');
  const times = page.getByRole('region', { name: 'Free times, soonest first' }).getByRole('button');
  await expect(times.first()).toHaveAttribute('aria-pressed', 'true');
  await times.nth(2).click();
  await expect(times.nth(2)).toHaveAttribute('aria-pressed', 'true');
  await table.getByRole('row').nth(2).click();
  await page.getByRole('button', { name: /^Cancel it/ }).click();
  await page.getByRole('button', { name: 'Doctor away', exact: true }).click();
  await page.getByRole('button', { name: /^Cancel this one/ }).click();
  await expect(table.getByRole('row').nth(2)).toContainText('Cancel: Doctor away');
  await page.getByRole('button', { name: /^Apply/ }).click();
  await expect(statusLine(page)).toContainText(`${ids.length - 1} moved, 1 cancelled. Confirmed.`);
  expect((await standing(centre, ids)).every(({ told }) => told === 'needs-action')).toBe(true);

  await page.getByRole('button', { name: /^Go to the calls/ }).click();
  const calls = page.getByRole('grid', { name: 'Patients to tell' });
  await expect(calls.getByRole('row')).toHaveCount(ids.length + 1);
  await expectAccessible(page, 'calls');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export/ }).click();
  const file = await readFile(await (await saved).path(), 'utf8');
  expect((await saved).suggestedFilename()).toBe(`calls-${clinicToday()}.csv`);
  expect(file).toMatch(/^\ufeffKnows of,Patient,MRN,Phone,Now,Calls\r\n/);
  expect(file.trimEnd().split('\r\n')).toHaveLength(ids.length + 1);
  expect(file).not.toMatch(/(^|,)"?\+250/m);
  await page.getByRole('button', { name: /^Confirmed/ }).click();
  await expect(statusLine(page)).toContainText('knows.');
  await expect(calls.getByRole('row')).toHaveCount(ids.length);

  await page.getByRole('link', { name: /^Absence/ }).click();
  await page.getByRole('button', { name: /^Take back the absence of/ }).click();
  await expect(statusLine(page)).toContainText('Took the absence back');
  const stays = page.getByRole('region', { name: 'These stay as they are:' });
  await expect(stays.getByRole('listitem')).toHaveText([/the patient has been told\.$/]);
  await expectAccessible(page, 'absence-taken-back');
  await expect
    .poll(async () =>
      (await standing(centre, ids)).filter(({ who, told }) => who === 'Uwase' && told === null),
    )
    .toHaveLength(ids.length - 1);
});

test('by keys and without a centre: from the day board to the calls, and all of it taken back', async ({
  desk: { app, centre, wire },
}) => {
  const { page } = app;
  await signIn(page, 'claudine');
  // Another day than that of the journey before it.
  const days = [...new Set((await freeTimes(page, 'Dr Samuel Kamau', 1)).map((one) => one.date))];
  const date = days[0] ?? '';
  await openDay(page, date);
  wire.cut();
  await untilConnection(page, 'offline');
  await page
    .getByRole('gridcell', { name: /, Dr Samuel Kamau, free$/ })
    .first()
    .focus();
  await page.keyboard.press('Shift+A');
  const rows = page.getByRole('grid', { name: 'Affected appointments' }).getByRole('row');
  await expect(rows.nth(1)).toBeFocused();
  const count = (await rows.count()) - 1;
  expect(count).toBeGreaterThan(2);
  // The second of his own later times, then the next to the worklist; Apply does not wait to be asked twice.
  await press(page, '2', 'ArrowDown', 'w', 'Control+Enter');
  await expect(statusLine(page)).toContainText(`${count - 1} moved, 0 cancelled. Provisional`);
  await press(page, 'g', 'c');
  const calls = page.getByRole('grid', { name: 'Patients to tell' }).getByRole('row');
  await expect(calls.nth(1)).toBeFocused();
  const before = await calls.count();
  await page.keyboard.type('rAfter five');
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('was not reached');
  await expect(page.getByRole('complementary')).toContainText('After five');
  await expect(calls.nth(1)).toBeFocused();
  await press(page, 'y');
  await expect(calls).toHaveCount(before - 1);
  await press(page, 'Control+z');
  await expect(calls).toHaveCount(before);
  await press(page, 'g', 'a');
  const back = page.getByRole('button', { name: /^Take back the absence of Dr Samuel Kamau/ });
  await expect(back).toBeVisible();
  await backOnline(page, wire);
  await untilConnection(page, 'live');
  const moved = () =>
    centre.rows(
      `select a.id from clinichub.appointment a join clinichub.practitioner d on d.id = a.practitioner_id
       where d.family = 'Kamau' and a.patient_status = 'needs-action'`,
    );
  await expect.poll(async () => (await moved()).length).toBe(count - 1);
  await back.focus();
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('Took the absence back');
  await expect.poll(async () => (await moved()).length).toBe(0);
});
