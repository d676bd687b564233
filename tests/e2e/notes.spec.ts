import type { Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, signIn } from '#tests/support/e2e-clinic.ts';
import { press, signOut, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const pin = '2580';

/** Somebody with nothing booked, the `n`th: the chart of nobody else's journey. */
const somebody = async (centre: ClinicCentre, n: number) => {
  const [patient] = await centre.rows<{ id: string; name: string }>(
    `select p.id, p.family || ' ' || p.given as name from clinichub.patient p
     where not exists (select from clinichub.appointment a where a.patient_id = p.id) order by p.id desc limit 1 offset $1`,
    [n],
  );
  if (patient === undefined) throw new Error('everybody has an appointment');
  return patient;
};

const openChart = (page: Page, id: string, view = '') =>
  page.goto(`${new URL(page.url()).origin}/#/patients/${id}/chart${view}`);

const savedHere = (page: Page) => expect(page.getByText(/^Draft saved/)).toBeVisible();

const notesOf = (centre: ClinicCentre, patientId: string) =>
  centre.rows<{ title: string; status: string; body: string; answers: boolean }>(
    `select c.title, c.status, c.body, c.appends_id is not null as answers from clinichub.composition c
     join clinichub.encounter e on e.id = c.encounter_id where c.patient_id = $1 order by c.created_at`,
    [patientId],
  );

test('a note survives a kill, another user and a wrong PIN, and is signed and added to by keys', async ({
  desk: { app, centre },
}) => {
  const patient = await somebody(centre, 0);
  await signIn(app.page, 'uwase');
  await openChart(app.page, patient.id);
  await expect(app.page.getByLabel('Subjective')).toBeFocused();
  await app.page.keyboard.type('Fever since Monday, no cough');
  await savedHere(app.page);
  await expectAccessible(app.page, 'note');

  await app.kill();
  await app.restart();
  const { page } = app;
  await signIn(page, 'josiane');
  await openChart(page, patient.id);
  await expect(page.getByLabel('Subjective')).toHaveValue('');
  await expect(page.getByLabel('Subjective')).toBeFocused();
  await page.keyboard.type('Temperature 38.4');
  await savedHere(page);
  await signOut(page);

  await signIn(page, 'uwase');
  await openChart(page, patient.id);
  await expect(page.getByLabel('Subjective')).toHaveValue('Fever since Monday, no cough');
  await expect(page.getByLabel('Subjective')).toBeFocused();
  await press(page, 'Tab', 'Tab', 'Tab');
  await expect(page.getByLabel('Plan')).toBeFocused();
  await page.keyboard.type('Rapid test for malaria');
  await press(page, 'Control+Enter');
  const sheet = page.getByRole('dialog', { name: 'Sign this note' });
  await expect(sheet.getByLabel('PIN', { exact: true })).toBeFocused();
  await expect(sheet.getByRole('region')).toContainText('Fever since Monday, no cough');
  await expect(sheet.getByRole('region')).not.toContainText('Objective');
  await page.keyboard.type('9999');
  await press(page, 'Control+Enter');
  await expect(sheet.getByRole('alert')).toContainText('That is not your PIN');
  await expectAccessible(page, 'note-sign');
  await page.keyboard.type(pin);
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText(`The note of ${patient.name} is signed`);
  await expect(page.getByLabel('Subjective')).toHaveValue('');

  await press(page, 'Alt+2');
  const note = page.getByRole('article', { name: 'Consultation' });
  await expect(note).toContainText('Signed by Dr Aline Uwase');
  await note.getByRole('button', { name: 'Add an addendum' }).press('Enter');
  await expect(page.getByLabel('Text')).toBeFocused();
  await page.keyboard.type('Test positive');
  await press(page, 'Control+Enter');
  await page.keyboard.type(pin);
  await press(page, 'Enter');
  await expect(page.getByRole('article', { name: 'Addendum' })).toContainText('Test positive');
  await expectAccessible(page, 'notes');
  await expect
    .poll(async () => (await notesOf(centre, patient.id)).map(({ body: _, ...row }) => row))
    .toEqual([
      { title: 'Consultation', status: 'final', answers: false },
      { title: 'Addendum', status: 'final', answers: true },
    ]);
});
