import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { signIn } from '#tests/support/e2e-clinic.ts';
import { openSection, press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

test('an administrator adds a site, its room and a doctor by keys; who has appointments ahead leaves by way of the absence', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'patrick');
  await openSection(page, 'Sites and rooms');
  const places = page.getByRole('grid', { name: 'Sites and rooms' });
  await expect(places.getByRole('row').nth(1)).toBeVisible();
  await press(page, 'n');
  await page.getByRole('textbox', { name: 'Name' }).fill('Muhanga');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Added Muhanga');
  await places.getByRole('row', { name: 'Muhanga' }).focus();
  await press(page, 'r');
  await page.getByRole('textbox', { name: 'Name' }).fill('Blue room');
  await expectAccessible(page, 'clinic-room');
  await press(page, 'Control+Enter');
  await expect(places.getByRole('row', { name: 'Blue room' })).toBeVisible();

  await press(page, 'g', 'j');
  const doctors = page.getByRole('grid', { name: 'Doctors' });
  await expect(doctors.getByRole('row', { name: 'Aline Uwase' })).toBeVisible();
  await press(page, 'n');
  await page.getByRole('textbox', { name: 'Given names' }).fill('Ange');
  await page.getByRole('textbox', { name: 'Family name' }).fill('Keza');
  await page.getByRole('combobox', { name: 'Speciality' }).fill('Paediatrics');
  await page.getByRole('combobox', { name: 'Further specialities' }).fill('Neonatology');
  await press(page, 'Enter');
  await page.getByRole('checkbox', { name: 'Muhanga' }).check();
  await page.getByRole('radio', { name: 'none' }).focus();
  await press(page, 'ArrowRight');
  await expect(page.getByRole('radio', { name: 'violet' })).toBeChecked();
  await expectAccessible(page, 'clinic-doctor');
  await press(page, 'Control+Enter');
  await expect(doctors.getByRole('row', { name: 'Dr Ange Keza' })).toContainText('No hours yet');
  await expect(doctors.getByRole('row', { name: 'Dr Ange Keza' })).toContainText('Paediatrics, Neonatology');

  await doctors.getByRole('row', { name: 'Aline Uwase' }).focus();
  await press(page, 'Enter');
  await page.getByRole('button', { name: 'No longer works here' }).focus();
  await press(page, 'Enter');
  await expect(page.getByRole('alert')).toContainText('Appointments are ahead with this doctor');
  await expect(page.getByRole('button', { name: 'Find other times' })).toBeFocused();
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: 'Doctor away' })).toBeAttached();
  await expect(page.getByRole('combobox', { name: 'Doctor' })).toHaveValue(/Aline Uwase/);
  const [ahead] = await centre.rows<{ first: string; last: string }>(
    `select min(left(start_local, 10)) as first, max(left(start_local, 10)) as last
     from clinichub.appointment a join clinichub.practitioner d on d.id = a.practitioner_id
     where d.family = 'Uwase' and a.end_at > now() and a.voided_at is null
       and a.status in ('proposed', 'pending', 'booked', 'arrived', 'checked-in')`,
  );
  const written = (day = '') =>
    new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(
      new Date(day),
    );
  await expect(page.getByLabel('First day')).toHaveValue(written(ahead?.first));
  await expect(page.getByLabel('Last day')).toHaveValue(written(ahead?.last));
  await expect(page.getByRole('region', { name: 'Plan' })).toContainText('with Dr Olivier Niyonsaba');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Confirmed.');
  await expect(page.getByRole('button', { name: 'Dr Aline Uwase no longer works here' })).toBeFocused();
});

test('a setting is changed within its bounds for the clinic and a site; what another administrator sets meanwhile is said', async ({
  desk: { app },
}) => {
  const { page } = app;
  await signIn(page, 'patrick');
  await openSection(page, 'Settings');
  const line = page.getByRole('button', { name: /Furthest ahead/ });
  await expect(line).toContainText('no limit');
  await expectAccessible(page, 'settings');
  await line.focus();
  await press(page, 'Enter');
  const clinic = page.getByRole('textbox', { name: 'Whole clinic' });
  await clinic.fill('900');
  await page.getByRole('checkbox', { name: 'Remera: No limit here' }).check();
  await press(page, 'Control+Enter');
  await expect(page.getByText('Choose a value within the bounds')).toBeVisible();
  await expectAccessible(page, 'setting');
  await clinic.fill('90');
  await page.evaluate(() =>
    fetch('/rpc/settings.set', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-clinichub': '1' },
      body: JSON.stringify({ key: 'booking.horizon-days', siteId: null, seen: null, value: 30 }),
    }),
  );
  await expect(page.getByText('Set elsewhere meanwhile: 30 days.')).toBeVisible();
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Furthest ahead is set.');
  await expect(line).toContainText('90 days');
  await expect(line).toContainText('1 site differs');
  await line.press('Enter');
  await clinic.fill('');
  await page.getByRole('checkbox', { name: 'Remera: No limit here' }).uncheck();
  await press(page, 'Control+Enter');
  await expect(line).toContainText('no limit');
  await expect(line).not.toContainText('differs');
});

test('holidays are imported after a look at them, copied to the next year with the days to check, and removed with a way back', async ({
  desk: { app },
}) => {
  const { page } = app;
  await signIn(page, 'patrick');
  await openSection(page, 'Holidays');
  const title = page.getByRole('heading', { level: 1 });
  await press(page, ']', ']');
  await expect(title).toHaveText('Holidays 2028');
  await press(page, 'i');
  const sheet = page.getByRole('dialog');
  const csv =
    'date,name,site\n2028-02-01,Heroes Day,\n2028-04-17,Easter Monday,\n2028-02-30,No such day,\n2028-12-27,Staff day,Remera\n';
  await sheet
    .locator('input[type=file]')
    .setInputFiles({ name: 'holidays.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(sheet.getByText('Line 4: there is no such day')).toBeVisible();
  await expectAccessible(page, 'holidays-import');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('3 holidays are added.');
  const list = page.getByRole('grid', { name: 'Holidays 2028' });
  await expect(list.getByRole('row', { name: 'Staff day' })).toContainText('Remera');
  await expectAccessible(page, 'holidays');

  await press(page, 'c');
  await sheet.getByRole('checkbox', { name: 'Add Staff day' }).uncheck();
  const easter = sheet.getByRole('textbox', { name: 'Easter Monday: Day' });
  await easter.fill('2 Apr 2029');
  await easter.press('Tab');
  await expectAccessible(page, 'holidays-copy');
  await press(page, 'Control+Enter');
  await expect(title).toHaveText('Holidays 2029');
  const next = page.getByRole('grid', { name: 'Holidays 2029' });
  await expect(next.getByRole('row', { name: 'Easter Monday' })).toContainText('2 Apr');
  await expect(next.getByRole('row', { name: 'Staff day' })).toHaveCount(0);

  await next.getByRole('row', { name: 'Heroes Day' }).click();
  await press(page, 'Delete');
  await expect(next.getByRole('row', { name: 'Heroes Day' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(next.getByRole('row', { name: 'Heroes Day' })).toBeVisible();
});
