import type { Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, callFrom, signIn } from '#tests/support/e2e-clinic.ts';
import { openSection, press, signOut, statusLine, test } from '#tests/support/e2e-journey.ts';
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

test('an administrator’s template is written with, a text that is too long refused, the note co-signed, amended and taken back', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const patient = await somebody(centre, 1);
  await signIn(page, 'patrick');
  await openSection(page, 'Templates');
  await expect(page.getByRole('row').filter({ hasText: 'Antenatal visit' })).toBeVisible();
  await press(page, 'n');
  const template = page.getByRole('dialog', { name: 'New template' });
  await expect(template.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('Wound check');
  await template.getByLabel('Heading 1', { exact: true }).fill('Wound');
  await template.getByLabel('Starting text 1').fill('Clean, dry');
  await template.getByRole('button', { name: 'Add a heading' }).click();
  await expect(template.getByLabel('Heading 2', { exact: true })).toBeFocused();
  await page.keyboard.type('Dressing');
  await template.getByRole('button', { name: 'Move heading 2 up' }).click();
  await expectAccessible(page, 'note-template');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('row').filter({ hasText: 'Wound check' })).toContainText('Dressing, Wound');
  await page.getByText('Supervision', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Supervisor of Dr Olivier Niyonsaba' }).click();
  await page.getByRole('option', { name: 'Dr Aline Uwase' }).click();
  await expect(statusLine(page)).toContainText('Saved: Dr Olivier Niyonsaba');
  await expectAccessible(page, 'note-supervision');
  await signOut(page);

  await signIn(page, 'niyonsaba');
  await openChart(page, patient.id, '/notes');
  await expect(page.getByLabel('Subjective')).toBeFocused();
  await page.keyboard.type('Itches');
  await page.getByRole('combobox', { name: 'Template' }).click();
  await page.getByRole('option', { name: 'Wound check' }).click();
  await expect(page.getByLabel('Title')).toHaveValue('Wound check');
  await expect(page.getByLabel('Subjective')).toHaveValue('Itches');
  await expect(page.getByLabel('Wound', { exact: true })).toHaveValue('Clean, dry');
  const dressing = page.getByLabel('Dressing');
  await dressing.fill('Changed');
  await dressing.evaluate((field) => {
    const paste = 'x'.repeat(1_048_576);
    field.focus();
    document.execCommand('insertText', false, paste);
  });
  await expect(page.getByRole('alert')).toContainText(
    'a note holds 80,000 characters'.replace('a note', 'A note'),
  );
  await expect(dressing).toHaveValue('Changed');
  await savedHere(page);
  await press(page, 'Control+Enter');
  await page.keyboard.type(pin);
  await press(page, 'Enter');
  const note = page.getByRole('article', { name: 'Wound check' });
  await expect(note).toContainText('Waits for Dr Aline Uwase to sign too');
  await signOut(page);

  await signIn(page, 'uwase');
  await press(page, 'g', 'n');
  await page.getByRole('row').filter({ hasText: patient.name }).dblclick();
  const cosign = page.getByRole('dialog', { name: 'Sign as supervisor' });
  await expect(cosign).toContainText('Changed');
  await cosign.getByLabel('PIN', { exact: true }).fill(pin);
  await press(page, 'Enter');
  await expect(page.getByText('No note waits for your signature.')).toBeVisible();
  await expectAccessible(page, 'my-notes');
  await signOut(page);

  await signIn(page, 'niyonsaba');
  await openChart(page, patient.id, '/notes');
  await expect(note).toContainText('Signed by Dr Aline Uwase too');
  await note.getByRole('button', { name: 'Amend' }).click();
  const amended = page.getByLabel('Dressing').last();
  await amended.fill('Changed, left heel');
  await press(page, 'Control+Enter');
  await expect(page.getByText('Say why it is amended')).toBeVisible();
  await page.getByLabel('Why is it amended?').fill('The side was missing');
  await press(page, 'Control+Enter');
  await page.keyboard.type(pin);
  await press(page, 'Enter');
  await expect(note).toContainText('Amended: The side was missing');
  await page.getByRole('button', { name: '1 earlier version' }).click();
  await expect(note).toHaveCount(2);
  await expect(note.last()).toContainText('Replaced');
  await note.first().getByRole('button', { name: 'Entered in error' }).click();
  const taken = page.getByRole('dialog', { name: 'Entered in error' });
  await taken.getByLabel('What is wrong with it?').fill('Another patient');
  await taken.getByLabel('PIN', { exact: true }).fill(pin);
  await press(page, 'Control+Enter');
  await expect(note.first()).toContainText('Entered in error, said Dr Olivier Niyonsaba');
  await expect(note.first()).toContainText('Another patient');
  await expectAccessible(page, 'notes-in-error');
  await expect
    .poll(async () =>
      centre.rows(
        `select c.status, c.reason, c.void_reason, count(a.id)::int as cosigned from clinichub.composition c
         left join clinichub.composition_attester a on a.composition_id = c.id
         where c.patient_id = $1 group by c.id order by c.created_at`,
        [patient.id],
      ),
    )
    .toEqual([
      { status: 'final', reason: null, void_reason: null, cosigned: 1 },
      { status: 'amended', reason: 'The side was missing', void_reason: 'Another patient', cosigned: 0 },
    ]);
});

test('a PIN that was typed wrong too often asks for the password; it is changed in the account menu, and set where there is none', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const patient = await somebody(centre, 2);
  await signIn(page, 'josiane');
  await openChart(page, patient.id);
  await expect(page.getByLabel('Subjective')).toBeFocused();
  await page.keyboard.type('Dressing changed');
  await press(page, 'Control+Enter');
  const sheet = page.getByRole('dialog', { name: 'Sign this note' });
  for (const left of ['needed: 4', 'needed: 3', 'needed: 2', 'needed: 1', 'Too many wrong PINs']) {
    await expect(sheet.getByLabel('PIN', { exact: true })).toHaveValue('');
    await sheet.getByLabel('PIN', { exact: true }).fill('9999');
    await press(page, 'Enter');
    await expect(sheet.getByRole('alert')).toContainText(left);
  }
  await expectAccessible(page, 'pin-locked');
  await sheet.getByLabel('Your password').fill('josiane-demo');
  await sheet.getByLabel('PIN', { exact: true }).fill(pin);
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('is signed');

  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('button', { name: 'Change PIN' }).click();
  const change = page.getByRole('dialog', { name: 'Change PIN' });
  await expect(change.getByLabel('Your password')).toBeFocused();
  await page.keyboard.type('josiane-demo');
  await change.getByLabel('New PIN').fill('1234');
  await change.getByLabel('The same PIN again').fill('1234');
  await press(page, 'Control+Enter');
  await expect(change).toContainText('Anybody would guess this one');
  await expectAccessible(page, 'pin-change');
  await change.getByLabel('New PIN').fill('4711');
  await change.getByLabel('The same PIN again').fill('4711');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Your PIN is set');

  await centre.rows(`update clinichub.staff_account set pin_hash = null where username = 'josiane'`);
  await expect.poll(async () => (await callFrom(page, 'session.pin', {})).set).toBe(false);
  await page.getByLabel('Subjective').fill('Seen again');
  await press(page, 'Control+Enter');
  await expect(sheet.getByLabel('Your password')).toBeFocused();
  await page.keyboard.type('josiane-demo');
  await sheet.getByLabel('New PIN').fill('8520');
  await sheet.getByLabel('The same PIN again').fill('8520');
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('is signed');
});
