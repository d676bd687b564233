import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, freeTimes, openDay, signIn } from '#tests/support/e2e-clinic.ts';
import { press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const doctor = 'Dr Aline Uwase';

/** An appointment of the doctor's on a day, which is going to be cancelled. */
const someBooking = async (centre: ClinicCentre, date: string) => {
  const [one] = await centre.rows<{ id: string; time: string }>(
    `select a.id, substr(a.start_local, 12, 5) as time from clinichub.appointment a
     join clinichub.practitioner d on d.id = a.practitioner_id
     where d.family = 'Uwase' and a.start_local like $1 || '%' and a.status = 'booked' and not a.overbooked order by a.end_at - a.start_at desc, a.start_at limit 1`,
    [date],
  );
  if (one === undefined) throw new Error('nobody is booked on that day');
  return one;
};

/** Somebody with nothing booked, the `n`th. */
const somebody = async (centre: ClinicCentre, n: number) => {
  const [patient] = await centre.rows<{ id: string; mrn: string; name: string }>(
    `select p.id, p.mrn, p.family || ' ' || p.given as name from clinichub.patient p
     where not exists (select from clinichub.appointment a where a.patient_id = p.id) order by p.id limit 1 offset $1`,
    [n],
  );
  if (patient === undefined) throw new Error('everybody has an appointment');
  return patient;
};

const entriesOf = (centre: ClinicCentre, patientId: string) =>
  centre.rows<{ status: string; time: string | null }>(
    `select w.status, substr(a.start_local, 1, 16) as time from clinichub.waitlist_entry w
     left join clinichub.appointment a on a.id = w.appointment_id where w.patient_id = $1`,
    [patientId],
  );

test('a cancellation is filled from the waiting list, by keys alone', async ({ desk: { app, centre } }) => {
  const { page } = app;
  await signIn(page, 'claudine');
  const date = (await freeTimes(page, doctor, 1))[0]?.date ?? '';
  const patient = await somebody(centre, 0);
  const given = await someBooking(centre, date);

  await press(page, 'g', 'l');
  await expect(page.getByText('Nobody waits for a time.')).toBeVisible();
  await press(page, 'n');
  const sheet = page.getByRole('dialog', { name: 'Put on the waiting list' });
  await expect(sheet.getByRole('combobox', { name: 'Patient' })).toBeFocused();
  await page.keyboard.type(patient.mrn);
  await sheet.getByRole('option').filter({ hasText: patient.mrn }).first().waitFor();
  await press(page, 'Enter');
  await expect(sheet.getByLabel('Not before')).toBeFocused();
  await expectAccessible(page, 'waitlist-add');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('is on the waiting list');
  await expect(page.getByRole('row').filter({ hasText: patient.name })).toContainText('Any time');
  await expectAccessible(page, 'waitlist');

  await openDay(page, date);
  await page.locator(`[data-appointment="${given.id}"]`).focus();
  await press(page, 'Delete');
  await expect(page.getByLabel('Reason')).toBeFocused();
  await page.keyboard.type('Ill');
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('1 waits for a time like this');
  await press(page, 'Shift+W');
  const matches = page.getByRole('dialog', { name: 'Who waits for this?' });
  await expect(matches.getByRole('option').filter({ hasText: patient.name })).toBeFocused();
  await expect(matches).toContainText('anybody does');
  await expectAccessible(page, 'waitlist-matches');
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('confirmed');
  await expect(matches).toBeHidden();
  await expect
    .poll(() => entriesOf(centre, patient.id))
    .toEqual([{ status: 'booked', time: `${date}T${given.time}` }]);
});

test('nothing suits, so the patient waits; a cancelled time is offered and accepted, by mouse', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'claudine');
  const [free] = await freeTimes(page, doctor, 1);
  const date = free?.date ?? '';
  const patient = await somebody(centre, 1);
  const given = await someBooking(centre, date);
  await openDay(page, date);
  await page.getByRole('gridcell', { name: `${free?.time}, ${doctor}, free` }).click();
  const booking = page.getByRole('dialog', { name: 'Book' });
  await booking.getByRole('button', { name: 'Who waits for this?' }).click();
  const matches = page.getByRole('dialog', { name: 'Who waits for this?' });
  await expect(matches).toContainText('Nobody on the list could have this time.');
  await matches.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('gridcell', { name: `${free?.time}, ${doctor}, free` }).click();
  await booking.getByLabel('Patient').first().fill(patient.mrn);
  await booking
    .getByRole('option')
    .filter({ hasText: patient.mrn })
    .filter({ hasNotText: 'Register' })
    .click();
  await booking.getByRole('button', { name: /^Nothing suits/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Put on the waiting list' });
  await expect(sheet.getByRole('combobox', { name: 'Doctor' })).toHaveValue(/Aline Uwase/);
  await sheet.getByRole('radio', { name: 'Urgent', exact: true }).locator('xpath=..').click();
  await sheet.getByRole('button', { name: /^Save/ }).click();
  await expect(statusLine(page)).toContainText('is on the waiting list');

  await page.locator(`[data-appointment="${given.id}"]`).click();
  await page
    .getByRole('dialog', { name: 'Appointment' })
    .getByRole('button', { name: /^Cancel/ })
    .click();
  const cancelling = page.getByRole('dialog', { name: 'Cancel appointment' });
  await cancelling.getByRole('button', { name: 'Patient asked' }).click();
  await cancelling.getByRole('button', { name: /^Cancel appointment/ }).click();
  await statusLine(page)
    .getByRole('button', { name: /^Who waits/ })
    .click();
  await expect(matches).toContainText('asked for this doctor');
  await matches.getByRole('button', { name: /^Offer/ }).click();
  await expect(statusLine(page)).toContainText('for 30 minutes');
  await expect(matches).toContainText('Offered until');
  await page.getByRole('link', { name: 'Waiting list' }).click();
  const row = page.getByRole('row').filter({ hasText: patient.name });
  await expect(row).toContainText('Offered until');
  await row.click();
  await page.getByRole('region').getByRole('button', { name: /^Book/ }).click();
  await expect(statusLine(page)).toContainText('confirmed');
  await expect
    .poll(() => entriesOf(centre, patient.id))
    .toEqual([{ status: 'booked', time: `${date}T${given.time}` }]);
  await page.getByText('Closed', { exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: patient.name })).toContainText('Booked');
});
