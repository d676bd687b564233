import type { LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, clinicToday, freeTimes, openDay, signIn } from '#tests/support/e2e-clinic.ts';
import { openSection, press, statusLine, tabTo, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

test('an administrator sets what a visit costs and for whom, by keys; who books it can say so, and checking in raises what the payer of the patient is charged', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'patrick');
  await openSection(page, 'Payers');
  await press(page, 'n');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Assurance Kivu');
  await expectAccessible(page, 'payer-new');
  await press(page, 'Control+Enter');
  await expect(
    page.getByRole('grid', { name: 'Payers' }).getByRole('row', { name: 'Assurance Kivu' }),
  ).toBeVisible();
  await expectAccessible(page, 'payers');

  await callFrom(page, 'scheduling.createVisitType', {
    name: 'Counselling',
    minutes: 15,
    bufferBefore: 0,
    bufferAfter: 0,
    dailyCap: null,
    leadMinutes: null,
    horizonDays: null,
    staffOnly: false,
    needsRoom: false,
    active: true,
  });
  await openSection(page, 'Prices');
  await press(page, 'n');
  const entry = page.getByRole('dialog', { name: 'Add to the price list' });
  await entry.getByRole('textbox', { name: 'What is charged for' }).fill('Counselling fee');
  await entry.getByRole('textbox', { name: 'Code', exact: true }).fill('C1');
  await entry.getByRole('combobox', { name: 'Visit type', exact: true }).fill('Counselling');
  await page.getByRole('option', { name: 'Counselling', exact: true }).click();
  const tax = entry.getByRole('textbox', { name: 'Tax in percent' });
  await tax.fill('1300');
  await expectAccessible(page, 'price-item');
  await press(page, 'Control+Enter');
  await expect(entry.getByText('This is more than 100 %. Write 13 for 13 %.')).toBeVisible();
  await tax.fill('13');
  await press(page, 'Control+Enter');
  const amount = page.getByRole('textbox', { name: 'Price in RWF' });
  await amount.fill('1,500');
  await press(page, 'Control+Enter');
  await expect(page.getByText('This may be read in two ways')).toBeVisible();
  await amount.fill('5 000');
  await expectAccessible(page, 'price-set');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Counselling fee costs');
  const history = page.getByRole('dialog', { name: 'Entry of the price list' });
  await expect(history.getByRole('row', { name: 'Everywhere' })).toContainText('holds');
  await history.getByRole('button', { name: 'New price' }).click();
  await amount.fill('4000');
  await page.getByRole('combobox', { name: 'Payer' }).selectOption('Assurance Kivu');
  await press(page, 'Control+Enter');
  await expect(history.getByRole('row', { name: 'Assurance Kivu · Everywhere' })).toContainText('holds');
  await expectAccessible(page, 'price-history');
  await press(page, 'Escape');
  await expect(page.getByRole('grid', { name: 'Prices' }).getByRole('row', { name: 'C1' })).toContainText(
    '5,000',
  );

  const [patient] = await centre.rows<{ id: string; mrn: string; family: string }>(
    `select id, mrn, family from clinichub.patient p
     where not exists (select from clinichub.appointment a where a.patient_id = p.id)
       and not exists (select from clinichub.coverage v where v.patient_id = p.id) and deceased_date is null order by id limit 1`,
  );
  const [free] = await freeTimes(page, 'Dr Aline Uwase', 1, 30);
  await openDay(page, free?.date ?? clinicToday());
  await page.getByRole('main').getByRole('button', { name: /^Book/ }).click();
  const booking = page.getByRole('dialog', { name: 'Book' });
  await booking.getByRole('combobox', { name: 'Visit type' }).click();
  await page.getByRole('option', { name: 'Counselling' }).first().click();
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

  await page.goto(page.url().replace(/#.*/, `#/patients/${patient?.id}`));
  await expect(page.getByRole('heading', { name: new RegExp(`^${patient?.family}`) })).toBeVisible();
  await press(page, 'e');
  const editing = page.getByRole('dialog', { name: 'Edit patient' });
  await expect(editing.getByLabel('Family name')).toBeFocused();
  await press(page, 'F4');
  await tabTo(page, editing.getByRole('button', { name: 'Add coverage' }));
  await press(page, 'Enter');
  await expect(editing.getByLabel('Who pays')).toBeFocused();
  await page.keyboard.type('assurance kivu');
  await expect(editing).toContainText('On the list of payers');
  const share = editing.getByLabel('Its share in percent');
  await share.fill('850');
  await press(page, 'ControlOrMeta+Enter');
  await expect(editing).toContainText('This is more than 100 %');
  await share.fill('85');
  await expectAccessible(page, 'coverage');
  await press(page, 'ControlOrMeta+Enter');
  await expect(editing).toBeHidden();
  await expect(page.getByRole('main').getByRole('region', { name: 'Coverage' })).toContainText(
    'Assurance Kivu bears 85 %',
  );

  const [doctor] = await centre.rows<{ practitioner_id: string; location_id: string }>(
    'select practitioner_id, location_id from clinichub.schedule order by id limit 1',
  );
  const { visit } = await callFrom(page, 'visits.walkIn', {
    patientId: patient?.id as PatientId,
    practitionerId: doctor?.practitioner_id as PractitionerId,
    locationId: doctor?.location_id as LocationId,
    reason: '',
    priority: 'routine',
  });
  const was = { status: visit.status, stage: visit.stage };
  await callFrom(page, 'visits.step', { id: visit.id, step: 'check-in', was });
  const { charges } = await callFrom(page, 'charges.open', { patientId: patient?.id as PatientId });
  expect(charges).toMatchObject([
    { title: 'Visit without an appointment', payerName: 'Assurance Kivu', coverRate: 8500 },
  ]);
});
