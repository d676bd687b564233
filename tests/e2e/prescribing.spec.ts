import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, signIn, untilConnection } from '#tests/support/e2e-clinic.ts';
import { press, signOut, statusLine, test } from '#tests/support/e2e-journey.ts';
import { withAllergy, withFormulary } from '#tests/support/e2e-medicines.ts';
import { expect } from '#tests/support/e2e-test.ts';

/** An adult with nothing booked and nothing in the chart, the `n`th. */
const somebody = async (centre: ClinicCentre, n: number) => {
  const [patient] = await centre.rows<{ id: string; name: string }>(
    `select p.id, p.family || ' ' || p.given as name from clinichub.patient p
     where p.birth_date between '1970-01-01' and '1995-01-01' and p.gender = 'male'
       and not exists (select from clinichub.appointment a where a.patient_id = p.id)
     order by p.id limit 1 offset $1`,
    [n],
  );
  if (patient === undefined) throw new Error('nobody is like that');
  return patient;
};

const versions = (centre: ClinicCentre, patientId: string) =>
  centre.rows<{ status: string; dosage: string; quantity: string | null }>(
    'select status, dosage, quantity from clinichub.medication_request where patient_id = $1 order by created_at, id',
    [patientId],
  );

test('a doctor prescribes against an allergy, is told, and overrides it with a reason and the PIN', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await withFormulary(centre);
  const patient = await somebody(centre, 0);
  await withAllergy(centre, patient.id, 'amoxicillin');
  await signIn(page, 'uwase');
  await untilConnection(page, 'live');
  const { origin } = new URL(page.url());
  await page.goto(`${origin}/#/patients/${patient.id}/chart`);
  const card = page.getByRole('region', { name: 'Medication' });
  await expect(card).toContainText('Nothing has been prescribed yet.');
  await press(page, 'Alt+p');
  const sheet = page.getByRole('dialog', { name: 'Prescribe' });
  const medicine = sheet.getByRole('combobox', { name: 'Medicine' });
  await expect(medicine).toBeFocused();
  await page.keyboard.type('amox 500 tds 7d');
  await expect(sheet.getByRole('option').first()).toContainText('Amoxicillin 500 mg capsule');
  await expectAccessible(page, 'prescribe-search');
  await press(page, 'Enter');
  await expect(sheet).toContainText('500 mg by mouth, 3 times a day, for 7 days');
  await expect(sheet).toContainText('Computed: 21 capsules');
  await expect(sheet.getByRole('list', { name: 'Checks' })).toContainText('Allergy to Amoxicillin');
  await expect(sheet.getByRole('list', { name: 'Checks' })).toContainText('Not checked');
  await expectAccessible(page, 'prescribe');
  await press(page, 'Alt+n');
  await expect(medicine).toBeFocused();
  await page.keyboard.type('zinc oxide paste');
  await press(page, 'Enter');
  await expect(sheet).toContainText('Free-text medicine: zinc oxide paste');

  await sheet.getByRole('button', { name: 'Keep all as a set' }).click();
  await page.keyboard.type('Chest');
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('Chest is kept.');
  await sheet.getByRole('button', { name: 'Favourites and sets' }).click();
  await page.getByRole('menuitem', { name: 'Change favourites and sets' }).click();
  const kept = page.getByRole('dialog', { name: 'Favourites and sets' });
  await kept.getByRole('button', { name: 'Edit Chest' }).click();
  const form = page.getByRole('dialog', { name: 'Edit set' });
  await form.getByLabel('Name').fill('Chest infection');
  await form.getByRole('button', { name: 'Move zinc oxide paste up' }).press('Enter');
  await expect(form.getByRole('button', { name: 'Move zinc oxide paste up' })).toBeFocused();
  await form.getByRole('button', { name: 'Edit Amoxicillin' }).press('Enter');
  await form.getByLabel('Dose').fill('250');
  await expectAccessible(page, 'edit-set');
  await press(page, 'Control+Enter');
  await expect(kept).toContainText('zinc oxide paste · Amoxicillin 500 mg capsule');
  await kept.getByRole('button', { name: 'Remove Chest infection' }).click();
  await expect(kept).toContainText('No favourite or set is kept yet.');
  await press(page, 'Control+z');
  await expect(kept).toContainText('Chest infection');
  await expectAccessible(page, 'sets');
  await press(page, 'Escape');

  await sheet.getByRole('button', { name: 'Remove zinc oxide paste' }).click();
  await press(page, 'Control+Enter');
  await expect(sheet).toContainText('Say why, or change the prescription.');
  await sheet.getByRole('combobox', { name: 'Why all the same?' }).click();
  await page.getByRole('option', { name: 'Tolerated before' }).click();
  await press(page, 'Control+Enter');
  const signing = page.getByRole('dialog', { name: 'Sign with your PIN' });
  await expect(signing).toContainText('All the same: Tolerated before');
  await signing.getByLabel('PIN', { exact: true }).fill('2580');
  await expectAccessible(page, 'prescribe-sign');
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('is signed');
  await expect(card).toContainText('Amoxicillin 500 mg capsule');
  await expect.poll(() => versions(centre, patient.id)).toMatchObject([{ status: 'active', quantity: '21' }]);
  await expect(card.getByRole('alert')).toBeHidden();
});

test('it is renewed, handed out, printed and stopped, by mouse', async ({ desk: { app, centre } }) => {
  const { page } = app;
  await withFormulary(centre);
  const patient = await somebody(centre, 1);
  await signIn(page, 'uwase');
  const { origin } = new URL(page.url());
  await page.goto(`${origin}/#/patients/${patient.id}/chart/medication`);
  await page.getByRole('button', { name: /^Prescribe/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Prescribe' });
  await sheet.getByRole('combobox', { name: 'Medicine' }).fill('parac');
  await sheet
    .getByRole('option', { name: /^Paracetamol 500 mg tablet/ })
    .first()
    .click();
  await sheet.getByLabel('Dose').fill('0');
  await sheet.getByLabel('How often').fill('often');
  await sheet.getByRole('button', { name: /^Sign/ }).click();
  await expect(sheet).toContainText('Write a number above zero.');
  await expect(sheet).toContainText('Write how often, for example tds');
  await sheet.getByLabel('Dose').fill('2');
  await sheet.getByLabel('How often').fill('qds');
  await sheet.getByLabel('For how long').fill('5/7');
  await expect(sheet).toContainText('Computed: 40 tablets');
  await sheet.getByLabel('Quantity').fill('32');
  await expect(sheet).toContainText('Computed it would be 40 tablets');
  await sheet.getByRole('button', { name: /^Sign/ }).click();
  await expect(statusLine(page)).toContainText('is signed');
  const detail = page.getByRole('region', { name: /^Paracetamol/ });
  await expect(detail).toContainText('32 tablets');

  await detail.getByRole('button', { name: 'Hand out' }).click();
  const giving = page.getByRole('dialog', { name: 'Hand out' });
  await expect(giving.getByLabel('How much')).toHaveValue('32');
  await giving.getByLabel('How much').fill('40');
  await giving.getByRole('button', { name: /^Save/ }).click();
  await expect(giving).toContainText('That is more than is left: 32.');
  await giving.getByLabel('How much').fill('16');
  await expectAccessible(page, 'dispense');
  await giving.getByRole('button', { name: /^Save/ }).click();
  await expect(statusLine(page)).toContainText('Recorded: 16 tablets');
  await expect(detail.getByText('16 tablets').first()).toBeVisible();
  await expectAccessible(page, 'medication');

  await withAllergy(centre, patient.id, 'paracetamol');
  const alarm = page.getByRole('alert').filter({ hasText: 'What is known by now speaks against' });
  await expect(alarm).toContainText('Paracetamol 500 mg tablet: Allergy to');

  await detail.getByRole('button', { name: 'Print' }).click();
  const preview = page.getByRole('region', { name: 'Preview: Prescription' });
  await expect(preview).toContainText('32 tablets (thirty-two)');
  await expect(preview).toContainText('Dr Aline Uwase');
  await expectAccessible(page, 'prescription-paper');
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await press(page, 'Control+p');
  await expect(statusLine(page)).toContainText('Recorded as printed');
  await expect(preview).toContainText('Copy: first printed on');
  await press(page, 'Control+z');
  await expect(preview).not.toContainText('Copy');
  await page.getByRole('button', { name: 'Back' }).click();

  await detail.getByRole('button', { name: 'Renew' }).click();
  await expect(sheet).toContainText('Renews an earlier prescription');
  await sheet.getByRole('combobox', { name: 'Why all the same?' }).click();
  await page.getByRole('option', { name: 'The record is doubtful' }).click();
  await sheet.getByRole('button', { name: /^Sign/ }).click();
  const signing = page.getByRole('dialog', { name: 'Sign with your PIN' });
  await signing.getByLabel('PIN', { exact: true }).fill('2580');
  await signing.getByRole('button', { name: /^Sign/ }).click();
  await expect(statusLine(page)).toContainText('is signed');
  await expect(page.getByRole('listbox', { name: 'Prescriptions' }).getByRole('option')).toHaveCount(2);
  await expect
    .poll(() => versions(centre, patient.id))
    .toMatchObject([{ status: 'active' }, { status: 'active' }, { status: 'completed' }]);
  await page.getByRole('option').filter({ hasText: 'Active' }).click();
  await detail.getByRole('button', { name: 'Stop' }).click();
  const stopping = page.getByRole('dialog', { name: 'Stop this medicine' });
  await stopping.getByRole('button', { name: 'Side effect' }).click();
  await stopping.getByRole('button', { name: /^Stop/ }).click();
  await expect(statusLine(page)).toContainText('Stopped.');
  await expect(page.getByRole('option').filter({ hasText: 'Stopped' })).toBeVisible();
});

test('an allergy and a prescription that were half typed are there after a kill, for who typed them alone', async ({
  desk: { app, centre },
}) => {
  await withFormulary(centre);
  const patient = await somebody(centre, 2);
  const openChart = (view = '') =>
    app.page.goto(`${new URL(app.page.url()).origin}/#/patients/${patient.id}/chart${view}`);
  const allergy = () => app.page.getByRole('dialog', { name: 'Add an allergy' });
  const prescription = () => app.page.getByRole('dialog', { name: 'Prescribe' });
  await signIn(app.page, 'uwase');
  await openChart();
  await app.page.getByRole('button', { name: 'Add an allergy' }).waitFor();
  await press(app.page, 'Alt+y');
  await expect(allergy().getByRole('combobox', { name: 'Substance' })).toBeFocused();
  await app.page.keyboard.type('Bee stin');
  await expect(allergy()).toContainText('Kept at this workstation');
  await press(app.page, 'Escape', 'Alt+p');
  await expect(prescription().getByRole('combobox', { name: 'Medicine' })).toBeFocused();
  await app.page.keyboard.type('amox 500 tds 7d');
  await expect(prescription().getByRole('option').first()).toContainText('Amoxicillin 500 mg capsule');
  await press(app.page, 'Enter');
  await prescription().getByLabel('For how long').fill('10d');
  await expect(prescription()).toContainText('Kept at this workstation');

  await app.kill();
  await app.restart();
  const { page } = app;
  await signIn(page, 'okello');
  await openChart();
  await page.getByRole('button', { name: 'Add an allergy' }).waitFor();
  await press(page, 'Alt+y');
  await expect(allergy().getByRole('combobox', { name: 'Substance' })).toHaveValue('');
  await signOut(page);

  await signIn(page, 'uwase');
  await openChart();
  await page.getByRole('button', { name: 'Add an allergy' }).waitFor();
  await press(page, 'Alt+p');
  await expect(prescription()).toContainText('What you had typed on');
  await expect(prescription()).toContainText('500 mg by mouth, 3 times a day, for 10 days');
  await expectAccessible(page, 'prescribe-kept');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('is signed');
  await press(page, 'Alt+p');
  await expect(prescription().getByRole('combobox', { name: 'Medicine' })).toBeFocused();
  await expect(prescription()).not.toContainText('What you had typed on');
  await press(page, 'Escape', 'Alt+y');
  await expect(allergy().getByRole('combobox', { name: 'Substance' })).toHaveValue('Bee stin');
  await allergy().getByRole('button', { name: 'Discard it' }).click();
  await expect(allergy().getByRole('combobox', { name: 'Substance' })).toBeFocused();
  await expect(allergy().getByRole('combobox', { name: 'Substance' })).toHaveValue('');
});
