import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { addDays } from '#shared/kernel/calendar.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, clinicToday, signIn } from '#tests/support/e2e-clinic.ts';
import { openSection, press, signOut, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

/** A grown man nothing clinical was written about. */
const somebody = async (centre: ClinicCentre): Promise<string> => {
  const [patient] = await centre.rows<{ id: string }>(
    `select p.id from clinichub.patient p where p.gender = 'male' and p.merged_into is null
       and p.birth_date between '1960-01-01' and '1995-01-01'
       and not exists (select from clinichub.observation o where o.patient_id = p.id)
     order by p.id limit 1 offset 3`,
  );
  if (patient === undefined) throw new Error('nobody fits');
  return patient.id;
};

/** A day of the clinic as it is typed. */
const daysFromNow = (days: number): string => {
  const [year, month, day] = addDays(clinicToday(), days).split('-');
  return `${day}/${month}/${year}`;
};

const openChart = async (page: Page, id: string, view = ''): Promise<void> => {
  await page.goto(`${new URL(page.url()).origin}/#/patients/${id}/chart${view}`);
  await page.getByRole('button', { name: 'Take vitals' }).first().waitFor();
};

test('a nurse takes vitals by keys and puts one right; the doctor sees them', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const id = await somebody(centre);
  await signIn(page, 'josiane');
  await openChart(page, id);
  const card = page.getByRole('region', { name: 'Vitals' });
  await expect(card).toContainText('No vitals have been taken yet.');
  await press(page, 'Alt+v');
  const sheet = page.getByRole('dialog', { name: 'Take vitals' });
  await expect(sheet.getByLabel('Blood pressure, upper')).toBeFocused();
  await page.keyboard.type('148/92');
  await press(page, 'Enter');
  await page.keyboard.type('72');
  await press(page, 'Enter', 'Enter');
  await page.keyboard.type('36,6');
  await press(page, 'Enter', 'Enter');
  await page.keyboard.type('70');
  await press(page, 'Enter');
  await page.keyboard.type('175');
  await expect(sheet).toContainText('Body mass index 22.9');
  await expect(sheet.getByText('High')).toHaveCount(2);
  await expectAccessible(page, 'vitals-take');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Vitals saved.');
  await expect(card).toContainText('148/92 mmHg');
  await expect(card).toContainText('36.6 °C');
  await expect(sheet).toBeHidden();

  await press(page, 'Alt+v');
  const weight = sheet.getByLabel('Weight', { exact: true });
  await weight.fill('156');
  await expect(sheet.getByRole('alert')).toContainText('Was it pounds?');
  await press(page, 'Control+Enter');
  await expect(weight).toHaveAttribute('aria-invalid', 'true');
  await sheet.getByRole('button', { name: 'It was 156 lb' }).click();
  await expect(sheet.getByRole('alert')).toHaveCount(0);
  await press(page, 'Control+Enter');
  await expect(card).toContainText('156 lb');
  await expect(sheet).toBeHidden();

  await press(page, 'Alt+v');
  await sheet.getByLabel('Heart rate', { exact: true }).fill('88');
  await sheet.getByLabel('Taken on').fill(daysFromNow(1));
  await sheet.getByLabel('At', { exact: true }).fill('9:30');
  await press(page, 'Control+Enter');
  await expect(sheet).toContainText('This moment is still to come');
  await sheet.getByLabel('Taken on').fill(daysFromNow(-2));
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Vitals saved.');
  await expect(card).toContainText('72 /min');

  await press(page, 'Alt+5');
  const table = page.getByRole('table', { name: 'Vitals, the newest first' });
  await expect(table.getByRole('row')).toHaveCount(4);
  await expect(table.getByRole('row').last()).toContainText(/09:30.*88/);
  await expectAccessible(page, 'vitals-view');
  await table.getByRole('button', { name: /^Weight 154.3/ }).click();
  await page.getByRole('button', { name: 'Correct', exact: true }).click();
  await page.getByLabel('Right value').fill('152');
  await page.getByRole('button', { name: 'Typing error' }).click();
  await press(page, 'Control+Enter');
  await expect(table.getByRole('button', { name: /^Weight 152 .*Corrected/ })).toBeVisible();
  await expectAccessible(page, 'vitals-corrected');
  await signOut(page);

  await signIn(page, 'uwase');
  await openChart(page, id, '/vitals');
  await expect(table.getByRole('button', { name: /^Weight 68.95 .*Corrected/ })).toBeVisible();
});

test('a nurse records an allergy and a problem; that there are none known is withdrawn by it', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const id = await somebody(centre);
  await signIn(page, 'josiane');
  await openChart(page, id);
  const allergies = page.getByRole('region', { name: 'Allergies' });
  await allergies.getByRole('button', { name: 'No known allergies' }).click();
  await expect(allergies).toContainText('No known allergies, said');
  await press(page, 'Alt+y');
  const sheet = page.getByRole('dialog', { name: 'Add an allergy' });
  const substance = sheet.getByRole('combobox', { name: 'Substance' });
  await expect(substance).toBeFocused();
  await page.keyboard.type('amoxi');
  await sheet.getByRole('option', { name: /^Amoxicillin/ }).waitFor();
  await expectAccessible(page, 'allergy-add');
  await press(page, 'Enter');
  await expect(substance).toHaveValue('Amoxicillin');
  await expect(sheet).toContainText('Checks of prescriptions use it: ingredient.');
  await sheet.getByLabel('Reaction').fill('Rash');
  await sheet.getByLabel('Since').fill('mar 2019');
  await press(page, 'Control+Enter');
  await expect(allergies.getByRole('button', { name: /Amoxicillin/ })).toContainText('Rash · Mar 2019');
  await expect(allergies).not.toContainText('No known allergies');
  await expect(sheet).toBeHidden();
  await press(page, 'Alt+y');
  await expect(substance).toBeFocused();
  await page.keyboard.type('dust of the old mill');
  await expect(sheet).toContainText('Not coded: checks of prescriptions cannot use it.');
  await press(page, 'Control+Enter');
  await expect(allergies.getByRole('button', { name: /dust/ })).toContainText('Not coded');

  await press(page, 'Alt+d');
  const problem = page.getByRole('dialog', { name: 'Add a problem' });
  await expect(problem.getByRole('combobox', { name: 'Problem' })).toBeFocused();
  await page.keyboard.type('Low mood');
  await expect(problem).toContainText('Uncoded');
  await problem.getByLabel('Began').fill('2031');
  await press(page, 'Control+Enter');
  await expect(problem).toContainText('This day is still to come.');
  await problem.getByLabel('Began').fill('3/2019');
  await expectAccessible(page, 'problem-add');
  await press(page, 'Control+Enter');
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect(problems.getByRole('button', { name: /Low mood/ })).toContainText('since Mar 2019');
  await signOut(page);

  await signIn(page, 'uwase');
  await openChart(page, id);
  await expect(allergies.getByRole('button', { name: /Amoxicillin/ })).toBeVisible();
  await press(page, 'Alt+3');
  await expect(page).toHaveURL(/problems$/);
  await page.getByRole('button', { name: /Low mood/ }).click();
  await page.getByRole('button', { name: 'Resolved today' }).click();
  await expect(page.getByRole('region', { name: 'Past' })).toContainText('Low mood');
  await expectAccessible(page, 'problems-view');
});

test('an administrator imports codes, and a problem is coded by one of them', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const folder = await mkdtemp(join(tmpdir(), 'clinichub-codes-'));
  const file = join(folder, 'codes.csv');
  await writeFile(file, 'code,title\nQ98,Made up sorrow of travellers\nQ98.1,Made up joy\nIX,No code\n');
  const id = await somebody(centre);
  await signIn(page, 'patrick');
  await openSection(page, 'Codes');
  await page.getByLabel('File on this workstation').fill(join(folder, 'none.csv'));
  await press(page, 'Enter');
  await expect(page.getByText('There is no such file on this workstation.')).toBeVisible();
  await page.getByLabel('File on this workstation').fill(file);
  await page.getByLabel('Edition').fill('Test');
  await press(page, 'Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Imported codes.csv.' })).toBeVisible();
  await expect(page.getByText('New: 2')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Lines that were not taken' })).toContainText(
    'This is no code',
  );
  await expect(page.getByRole('table', { name: 'Imported' })).toContainText('ICD-10');
  // Off the rail, whose tip is not of this screen.
  await page.mouse.move(700, 600);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await expectAccessible(page, 'code-systems');
  await signOut(page);
  await rm(folder, { recursive: true });

  await signIn(page, 'uwase');
  await openChart(page, id);
  await page.getByRole('button', { name: 'Add a problem' }).click();
  const sheet = page.getByRole('dialog', { name: 'Add a problem' });
  await page.keyboard.type('sorrow trav');
  await sheet.getByRole('option', { name: /Made up sorrow of travellers/ }).waitFor();
  await press(page, 'Enter');
  await expect(sheet).toContainText('ICD-10 Q98');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('ICD-10 Q98');
});

test('a sheet of a chart has every key from the one that opens it on, and with what was typed before', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const id = await somebody(centre);
  await signIn(page, 'uwase');
  await openChart(page, id);
  const note = page.getByRole('region', { name: 'Note' }).getByRole('textbox').nth(1);
  await expect(note).toBeFocused();
  await page.keyboard.type('Seen. ');
  for (const [key, field] of [
    ['Alt+y', page.getByRole('combobox', { name: 'Substance' })],
    ['Alt+d', page.getByRole('combobox', { name: 'Problem' })],
    ['Alt+v', page.getByLabel('Blood pressure, upper')],
    ['Alt+p', page.getByRole('combobox', { name: 'Medicine' })],
  ] as const) {
    await press(page, key);
    await page.keyboard.type('12');
    await expect(field).toHaveValue('12');
    await press(page, 'Escape');
    await expect(field).toBeHidden();
    await expect(note).toBeFocused();
  }
  // What is kept is there with the sheet, and what is typed at once comes after it.
  await press(page, 'Alt+y');
  await page.keyboard.type('3');
  await expect(page.getByRole('combobox', { name: 'Substance' })).toHaveValue('123');
  await page.reload();
  await expect(note).toBeFocused();
  await press(page, 'Alt+y');
  await page.keyboard.type('4');
  await expect(page.getByRole('combobox', { name: 'Substance' })).toHaveValue('1234');
  // The note comes late, into a chart in which somebody types already.
  let answer = () => {};
  const late = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/rpc/notes.writing', (route) => late.then(() => route.continue()));
  await page.reload();
  await page.getByRole('button', { name: 'Add an allergy' }).waitFor();
  await press(page, 'Alt+y');
  await page.keyboard.type('5');
  answer();
  await expect(note).toHaveValue('Seen. ');
  await page.keyboard.type('6');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('region', { name: 'Allergies' })).toContainText('123456');
  await expect(page.getByRole('dialog')).toBeHidden();
  await press(page, 'Escape', 'e');
  await page.keyboard.type('14');
  await expect(page.getByLabel('Haemoglobin', { exact: true })).toHaveValue('14');
  await press(page, 'Escape', 'Escape', 'o', 'Space');
  await expect(page.getByRole('dialog').getByRole('checkbox').first()).toBeChecked();
  await expect(note).toHaveValue('Seen. ');
});
