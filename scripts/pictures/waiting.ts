import type { Page } from '@playwright/test';
import { callFrom, clinicToday, openDay } from '#tests/support/e2e-clinic.ts';

type Picture = (page: Page, screen: string) => Promise<void>;

/** Some people who wait, the list, and who of them could have the time of an appointment that is cancelled on `date`. */
export const takeWaitlist = async (page: Page, date: string, picture: Picture): Promise<void> => {
  const patients = await callFrom(page, 'patients.search', { text: 'a', limit: 12 });
  const doctors = await callFrom(page, 'practitioners.list', {});
  const uwase = doctors.find(({ name }) => name === 'Dr Aline Uwase');
  const sites = await callFrom(page, 'practitioners.locations', {});
  const plain = {
    practitionerId: null,
    speciality: null,
    locationId: null,
    visitTypeId: null,
    minutes: 15,
    startDate: clinicToday(),
    endDate: null,
    startTime: null,
    endTime: null,
    weekdays: [],
    priority: 'routine' as const,
    note: '',
  };
  const wishes = [
    { practitionerId: uwase?.id ?? null },
    { priority: 'urgent' as const, speciality: uwase?.speciality ?? null, note: 'Fever for a week' },
    { weekdays: [1, 2, 3, 4, 5], startTime: '07:00', endTime: '16:00', locationId: sites[0]?.id ?? null },
    { minutes: 20, endDate: '2099-01-31' },
    { priority: 'stat' as const, practitionerId: doctors.at(-1)?.id ?? null },
  ];
  for (const [index, wish] of wishes.entries()) {
    const patient = patients[index + 2];
    if (patient) await callFrom(page, 'waitlist.add', { patientId: patient.id, wish: { ...plain, ...wish } });
  }
  await page.goto(`${new URL(page.url()).origin}/#/waitlist`);
  await page.getByRole('row').nth(3).waitFor();
  await picture(page, 'waitlist');
  await page.keyboard.press('n');
  await page
    .getByRole('dialog')
    .getByLabel('Patient')
    .first()
    .fill(patients[0]?.mrn ?? '');
  await page.getByRole('dialog').getByRole('option').nth(1).waitFor();
  await page.keyboard.press('Enter');
  await picture(page, 'waitlist-add');
  await page.keyboard.press('Escape');
  await openDay(page, date);
  await page
    .getByRole('grid')
    .getByRole('button', { name: / to \d.*Aline Uwase/ })
    .first()
    .click();
  await page.keyboard.press('Delete');
  await page.getByLabel('Reason').fill('Ill');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Who waits/ }).waitFor();
  await picture(page, 'waitlist-freed');
  await page.keyboard.press('Shift+W');
  await page.getByRole('dialog').getByRole('option').first().waitFor();
  await picture(page, 'waitlist-matches');
  await page.keyboard.press('o');
  await page.getByText('offered until').waitFor();
  await picture(page, 'waitlist-offered');
};

/** A booking that repeats with one of its times taken, and the series in an appointment's sheet. */
export const takeSeries = async (page: Page, date: string, picture: Picture): Promise<void> => {
  const doctors = await callFrom(page, 'practitioners.list', {});
  const uwase = doctors.find(({ name }) => name === 'Dr Aline Uwase');
  const [patient] = await callFrom(page, 'patients.search', { text: 'uw a', limit: 1 });
  await openDay(page, date);
  const cell = page.getByRole('gridcell', { name: `, ${uwase?.name}, free` }).first();
  await cell.click();
  const booking = page.getByRole('dialog', { name: 'Book' });
  await booking
    .getByLabel('Patient')
    .first()
    .fill(patient?.mrn ?? '');
  await booking
    .getByRole('option')
    .filter({ hasText: patient?.mrn ?? '' })
    .filter({ hasNotText: 'Register' })
    .click();
  await booking.getByRole('button', { name: /^Repeat/ }).click();
  const repeat = page.getByRole('dialog', { name: 'Repeat the appointment' });
  await repeat.getByRole('listitem').nth(9).waitFor();
  await picture(page, 'series-preview');
  await repeat.getByLabel('Times').fill('4');
  await repeat.getByRole('listitem').nth(4).waitFor({ state: 'detached' });
  const takes = repeat.getByRole('button', { name: /^Take / });
  for (let left = await takes.count(); left > 0; left -= 1) {
    await takes.first().click();
    await takes.nth(left - 1).waitFor({ state: 'detached' });
  }
  await page.keyboard.press('Control+Enter');
  await page.getByRole('contentinfo').getByText('Booked').waitFor();
  await page.locator('[data-appointment]:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Series' }).waitFor();
  await picture(page, 'series-details');
  await page.keyboard.press('m');
  await page.getByText('This and following').click();
  await page.getByLabel('Time', { exact: true }).fill('09:00');
  await page.getByLabel('Time', { exact: true }).press('Enter');
  await page
    .getByRole('dialog', { name: 'Move this and the following' })
    .getByRole('listitem')
    .nth(2)
    .waitFor();
  await picture(page, 'series-move');
  await page.keyboard.press('Escape');
};
