import { readFile } from 'node:fs/promises';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, signIn } from '#tests/support/e2e-clinic.ts';
import { press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

test('a figure leads to its rows; many are chosen by keys, looked at, changed in one go and taken back; what is shown leaves as a file', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'patrick');
  const { all, date } = await callFrom(page, 'overview.today', {});
  await page.getByRole('link', { name: /^No-shows today/ }).click();
  const list = page.getByRole('grid', { name: 'All appointments' });
  await expect(page.getByText(`${all.noshow} appointments`)).toBeVisible();
  await expect(list.getByRole('row').filter({ hasText: 'No-show' })).toHaveCount(all.noshow);

  // The next day on which some are booked.
  const [day] = await centre.rows<{ date: string; booked: number }>(
    `select left(start_local, 10) as date, count(*)::int as booked from clinichub.appointment
     where left(start_local, 10) > $1 and status = 'booked' and voided_at is null
     group by 1 having count(*) > 3 order by 1 limit 1`,
    [date],
  );
  if (day === undefined) throw new Error('nothing is booked');
  const state = page.getByRole('combobox', { name: 'State' });
  await state.press('Backspace');
  await state.click();
  await page.getByRole('option', { name: 'Booked', exact: true }).click();
  await page.keyboard.press('Escape');
  for (const name of ['Until', 'From']) {
    await page.getByLabel(name, { exact: true }).fill(day.date.split('-').toReversed().join('/'));
    await page.getByLabel(name, { exact: true }).press('Enter');
  }
  await expect(page.getByText(`${day.booked} appointments`)).toBeVisible();
  await expectAccessible(page, 'oversight');

  await list.getByRole('row').nth(1).click();
  await press(page, ' ', 'Shift+ArrowDown', 'Shift+ArrowDown');
  await expect(page.getByText('3 selected')).toBeVisible();
  await expect(list.getByRole('row', { selected: true })).toHaveCount(3);
  await press(page, 'e');
  const sheet = page.getByRole('dialog', { name: 'Change 3 appointments' });
  await sheet.getByRole('radio', { name: 'Cancel' }).check();
  await expect(sheet.getByText('3 will change.')).toBeVisible();
  await expectAccessible(page, 'oversight-change');
  await sheet.getByLabel('Reason for cancelling').fill('Power cut');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Changed 3 appointments.');
  await expect(page.getByText(`${day.booked - 3} appointments`)).toBeVisible();
  const cancelled = () =>
    centre.rows(
      `select id from clinichub.appointment where cancel_reason = 'Power cut' and patient_status = 'needs-action'`,
    );
  await expect.poll(async () => (await cancelled()).length).toBe(3);

  await page.getByRole('button', { name: 'Recent changes' }).click();
  await page.getByRole('button', { name: /^Take back: Cancelled/ }).click();
  await expect(statusLine(page)).toContainText('Taken back. 3 appointments are as they were.');
  await expect(page.getByText(`${day.booked} appointments`)).toBeVisible();
  await expect.poll(async () => (await cancelled()).length).toBe(0);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  const [heading, ...rows] = file.trim().split('\r\n');
  expect(heading).toContain('Patient,Record number,Doctor');
  expect(rows).toHaveLength(day.booked);
  await expect(statusLine(page)).toContainText('The export is in the audit trail');
});
