import type { Page } from '@playwright/test';
import { addDays } from '#shared/kernel/calendar.ts';
import type { PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, callFrom, freeTimes, openDay, signIn } from '#tests/support/e2e-clinic.ts';
import { press, statusLine, tabTo, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const doctor = 'Dr Aline Uwase';

const somebody = async (centre: ClinicCentre, n: number) => {
  const [patient] = await centre.rows<{ id: PatientId; mrn: string }>(
    `select p.id, p.mrn from clinichub.patient p
     where not exists (select from clinichub.appointment a where a.patient_id = p.id) order by p.id limit 1 offset $1`,
    [n],
  );
  if (patient === undefined) throw new Error('everybody has an appointment');
  return patient;
};

/** The patient's appointments at the centre, with the rule of the series each belongs to. */
const occurrences = (centre: ClinicCentre, patientId: string) =>
  centre.rows<{ id: string; local: string; status: string; rule: string | null }>(
    `select a.id, substr(a.start_local, 1, 16) as local, a.status, s.rule from clinichub.appointment a
     left join clinichub.appointment_series s on s.id = a.series_id and s.voided_at is null
     where a.patient_id = $1 order by a.start_at`,
    [patientId],
  );

/** Opens the booking sheet on a free time and picks the patient. */
const pickPatient = async (page: Page, mrn: string): Promise<void> => {
  const booking = page.getByRole('dialog', { name: 'Book' });
  await expect(booking.getByRole('combobox', { name: 'Patient' })).toBeFocused();
  await page.keyboard.type(mrn);
  await booking.getByRole('option').filter({ hasText: mrn }).filter({ hasNotText: 'Register' }).waitFor();
  await press(page, 'Enter');
};

test('a series is booked, and this and the following moved and put back, by keys alone', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'claudine');
  // As long as a booking from the board is where there is room.
  const times = await freeTimes(page, doctor, 2, 30);
  const [free, later] = [times[0], times.at(-1)];
  if (!free || !later) throw new Error('nobody is free');
  const patient = await somebody(centre, 0);
  await openDay(page, free.date);
  await page.getByRole('gridcell', { name: `${free.time}, ${doctor}, free` }).focus();
  await press(page, 'Enter');
  await pickPatient(page, patient.mrn);
  await press(page, 'Alt+r');
  const repeat = page.getByRole('dialog', { name: 'Repeat the appointment' });
  await expect(repeat.getByLabel('Every')).toBeFocused();
  await tabTo(page, repeat.getByLabel('Times'));
  await page.keyboard.type('3');
  const lines = repeat.getByRole('list', { name: 'Occurrences' }).getByRole('listitem');
  await expect(lines).toHaveCount(3);
  await expect(repeat).toContainText('3 times');
  for (const take of await repeat.getByRole('button', { name: /^Take / }).all()) {
    await take.focus();
    await press(page, 'Enter');
  }
  await expect(lines.getByText('Free')).toHaveCount(3);
  await expectAccessible(page, 'series-preview');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Booked 3 appointments');
  await expect.poll(async () => (await occurrences(centre, patient.id)).length).toBe(3);
  const before = await occurrences(centre, patient.id);
  expect(before[0]).toMatchObject({ local: `${free.date}T${free.time}`, status: 'booked' });
  expect(before[0]?.rule).toMatch(/^FREQ=WEEKLY;BYDAY=..;COUNT=3$/);

  await page.locator(`[data-appointment="${before[0]?.id}"]`).focus();
  await press(page, 'Enter');
  await expect(page.getByRole('region', { name: 'Series' })).toContainText('1 of 3');
  await expectAccessible(page, 'series-details');
  await press(page, 'm');
  const moving = page.getByRole('dialog', { name: 'Move appointment' });
  await tabTo(page, moving.getByRole('radio', { name: 'Only this' }));
  await press(page, 'ArrowRight');
  await tabTo(page, moving.getByLabel('Time', { exact: true }));
  await page.keyboard.type(later.time);
  await press(page, 'Enter');
  const plan = page.getByRole('dialog', { name: 'Move this and the following' });
  await expect(plan.getByRole('listitem')).toHaveCount(3);
  await expectAccessible(page, 'series-move');
  for (const take of await plan.getByRole('button', { name: /^Take / }).all()) {
    await take.focus();
    await press(page, 'Enter');
  }
  await expect(plan.getByRole('button', { name: /^Move 3/ })).toBeEnabled();
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Moved 3 appointments');
  await expect
    .poll(async () => (await occurrences(centre, patient.id))[0]?.local)
    .toBe(`${free.date}T${later.time}`);
  await press(page, 'Control+z');
  await expect(statusLine(page)).toContainText('Taken back');
  await expect.poll(() => occurrences(centre, patient.id)).toEqual(before);
});

test('a taken occurrence gets another time, one is left out, and the following are cancelled, by mouse', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'claudine');
  const [free] = await freeTimes(page, doctor, 1);
  if (!free) throw new Error('nobody is free');
  const [patient, rival] = [await somebody(centre, 0), await somebody(centre, 1)];
  const doctors = await callFrom(page, 'practitioners.list', {});
  const uwase = doctors.find(({ name }) => name === doctor);
  const week = addDays(free.date, 7);
  const place = {
    practitionerId: uwase?.id as PractitionerId,
    locationId: free.locationId,
    minutes: 15,
  };
  // Somebody else has the time a week later, whether it was free or not.
  await callFrom(page, 'appointments.book', {
    ...place,
    patientId: rival.id,
    startLocal: `${week}T${free.time}`,
  }).catch(() => undefined);
  await openDay(page, free.date);
  await page.getByRole('gridcell', { name: `${free.time}, ${doctor}, free` }).click();
  await pickPatient(page, patient.mrn);
  await page
    .getByRole('dialog', { name: 'Book' })
    .getByRole('button', { name: /^Repeat/ })
    .click();
  const repeat = page.getByRole('dialog', { name: 'Repeat the appointment' });
  await repeat.getByLabel('Times').fill('4');
  const lines = repeat.getByRole('list', { name: 'Occurrences' }).getByRole('listitem');
  await expect(lines).toHaveCount(4);
  await expect(lines.nth(1)).toContainText('Taken');
  await lines.nth(3).getByRole('checkbox').uncheck();
  const takes = repeat.getByRole('button', { name: /^Take / });
  for (let left = await takes.count(); left > 0; left -= 1) {
    await takes.first().click();
    await expect(takes).toHaveCount(left - 1);
  }
  await repeat.getByRole('button', { name: /^Book 3/ }).click();
  await expect(statusLine(page)).toContainText('Booked 3 appointments');
  await expect.poll(async () => (await occurrences(centre, patient.id)).length).toBe(3);
  const [first, second] = await occurrences(centre, patient.id);
  expect(second?.local).not.toBe(`${week}T${free.time}`);

  await page.locator(`[data-appointment="${first?.id}"]`).click();
  const series = page.getByRole('region', { name: 'Series' });
  await expect(series).toContainText('1 of 3');
  await series.getByRole('listitem').nth(1).getByRole('button').click();
  await expect(series).toContainText('2 of 3');
  await page
    .getByRole('dialog', { name: 'Appointment' })
    .getByRole('button', { name: /^Cancel/ })
    .click();
  const cancelling = page.getByRole('dialog', { name: 'Cancel appointment' });
  await cancelling.getByText('This and following').click();
  await expect(cancelling).toContainText('2 appointments are cancelled');
  await cancelling.getByRole('button', { name: 'Patient asked' }).click();
  await cancelling.getByRole('button', { name: /^Cancel appointment/ }).click();
  await expect(statusLine(page)).toContainText('Cancelled 2 appointments');
  await expect
    .poll(async () => (await occurrences(centre, patient.id)).map(({ status }) => status))
    .toEqual(['booked', 'cancelled', 'cancelled']);
  expect((await occurrences(centre, patient.id))[0]?.rule).toMatch(/;UNTIL=\d{8}T\d{6}Z$/);
});
