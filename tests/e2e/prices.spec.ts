import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, clinicToday, freeTimes, openDay, signIn } from '#tests/support/e2e-clinic.ts';
import { openSection, press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

test('an administrator sets what a visit costs, by keys; who books it can say so, and the appointment shows it', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'patrick');
  await callFrom(page, 'settings.set', { key: 'clinic.currency', siteId: null, seen: null, value: 'RWF' });
  const [type] = await callFrom(page, 'scheduling.visitTypes', {});
  if (type === undefined) throw new Error('the demonstration has kinds of visits');
  await openSection(page, 'Prices');
  await press(page, 'n');
  await page.getByRole('textbox', { name: 'What is charged for' }).fill('Consultation fee');
  await page.getByRole('textbox', { name: 'Code', exact: true }).fill('C1');
  await page.getByRole('combobox', { name: 'Visit type', exact: true }).fill(type.name);
  await page.getByRole('option', { name: type.name, exact: true }).click();
  await expectAccessible(page, 'price-item');
  await press(page, 'Control+Enter');
  const amount = page.getByRole('textbox', { name: 'Price in RWF' });
  await amount.fill('1,500');
  await press(page, 'Control+Enter');
  await expect(page.getByText('This may be read in two ways')).toBeVisible();
  await amount.fill('5 000');
  await expectAccessible(page, 'price-set');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Consultation fee costs');
  await expect(page.getByRole('dialog').getByRole('row', { name: 'Everywhere' })).toContainText('holds');
  await expectAccessible(page, 'price-history');
  await press(page, 'Escape');
  await expect(page.getByRole('grid', { name: 'Prices' }).getByRole('row', { name: 'C1' })).toContainText(
    '5,000',
  );

  const [patient] = await centre.rows<{ mrn: string; family: string }>(
    `select mrn, family from clinichub.patient p
     where not exists (select from clinichub.appointment a where a.patient_id = p.id) order by id limit 1`,
  );
  const [free] = await freeTimes(page, 'Dr Aline Uwase', 1, 30);
  await openDay(page, free?.date ?? clinicToday());
  await page.getByRole('main').getByRole('button', { name: /^Book/ }).click();
  const booking = page.getByRole('dialog', { name: 'Book' });
  await booking.getByRole('combobox', { name: 'Visit type' }).click();
  await page.getByRole('option', { name: type.name }).first().click();
  await booking.getByRole('combobox', { name: 'Doctor' }).fill('Uwase');
  await page.getByRole('option', { name: /Aline Uwase/ }).click();
  await booking.getByLabel('Time', { exact: true }).fill(free?.time ?? '');
  await expect(booking.getByText(/Fee: RWF\s5,000/)).toBeVisible();
  await booking
    .getByLabel('Patient')
    .first()
    .fill(patient?.mrn ?? '');
  await booking
    .getByRole('option')
    .filter({ hasText: patient?.mrn ?? '' })
    .filter({ hasNotText: 'Register' })
    .click();
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Booked');
  await page
    .getByRole('button', { name: new RegExp(`^${patient?.family} `) })
    .first()
    .click();
  await expect(page.getByRole('dialog', { name: 'Appointment' }).getByText(/RWF\s5,000/)).toBeVisible();
});
