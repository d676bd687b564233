import type { Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, signIn } from '#tests/support/e2e-clinic.ts';
import { press, signOut, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

/** A grown man nobody asked a test for. */
const somebody = async (centre: ClinicCentre) => {
  const [patient] = await centre.rows<{ id: string; name: string }>(
    `select p.id, p.family || ' ' || p.given as name from clinichub.patient p
     where p.gender = 'male' and p.birth_date between '1960-01-01' and '1995-01-01'
       and not exists (select from clinichub.diagnostic_report r where r.patient_id = p.id)
     order by p.id limit 1 offset 5`,
  );
  if (patient === undefined) throw new Error('nobody fits');
  return patient;
};

const openResults = async (page: Page, id: string): Promise<void> => {
  await page.goto(`${new URL(page.url()).origin}/#/patients/${id}/chart/results`);
  await page.getByRole('button', { name: 'Enter a result' }).waitFor();
};

test('a test is requested, its result entered, read first, followed up, and read by who stands in', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const patient = await somebody(centre);
  await signIn(page, 'uwase');
  await openResults(page, patient.id);
  await press(page, 'o');
  const request = page.getByRole('dialog', { name: 'Request tests' });
  await expect(request.getByRole('checkbox', { name: 'Blood count' })).toBeFocused();
  await request.getByRole('checkbox', { name: 'Kidney function and electrolytes' }).check();
  await request.getByLabel('Reason').fill('Swollen ankles');
  await expectAccessible(page, 'results-request');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('1 test requested');
  await signOut(page);

  await signIn(page, 'josiane');
  await press(page, 'g', 'r');
  const requests = page.getByRole('grid', { name: 'Tests that wait for a result' });
  await requests.getByRole('row').filter({ hasText: patient.name }).click();
  await expectAccessible(page, 'results-requested');
  await press(page, 'e');
  const entry = page.getByRole('dialog', { name: 'Enter a result' });
  await expect(entry.getByLabel('Sodium')).toBeFocused();
  await page.keyboard.type('140');
  const potassium = entry.getByLabel('Potassium');
  await potassium.fill('58');
  await press(page, 'Control+Enter');
  await expect(entry.getByRole('alert')).toContainText('This cannot be');
  await potassium.fill('5,8');
  await expect(entry.getByText('High')).toBeVisible();
  await entry.getByLabel('Creatinine', { exact: true }).fill('131');
  await expectAccessible(page, 'results-enter');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Result entered');
  await signOut(page);

  await signIn(page, 'uwase');
  await press(page, 'g', 'r');
  const inbox = page.getByRole('listbox', { name: 'Results to read' });
  await expect(inbox.getByRole('option').filter({ hasText: patient.name })).toContainText('Abnormal');
  await inbox.getByRole('option').filter({ hasText: patient.name }).click();
  const detail = page.getByRole('region', { name: patient.name });
  await expect(detail.getByRole('row').filter({ hasText: 'Potassium' })).toContainText('5.8 mmol/L');
  await expect(detail.getByRole('row').filter({ hasText: 'Potassium' })).toContainText('3.5–5.0 mmol/L');
  await expectAccessible(page, 'results-inbox');

  await press(page, 'd');
  const away = page.getByRole('dialog', { name: 'Who reads my results while I am away' });
  await away.getByLabel('Who reads them').fill('Kamau');
  await page.getByRole('option', { name: /Kamau/ }).click();
  await away.getByLabel('Until').fill('31/12/2030');
  await expectAccessible(page, 'results-delegate');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('reads your results');
  await signOut(page);

  await signIn(page, 'kamau');
  await press(page, 'g', 'r');
  const delegated = inbox.getByRole('option').filter({ hasText: patient.name });
  await expect(delegated).toContainText('For Dr Aline Uwase, who is away');
  await delegated.click();
  await press(page, 'f');
  const todo = page.getByRole('dialog', { name: 'Read, with something to do' });
  await todo.getByLabel('What is to be done').fill('Repeat potassium in a week');
  await expectAccessible(page, 'results-follow-up');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Read, with something to do');
  await expect(inbox.getByRole('option').filter({ hasText: patient.name })).toHaveCount(0);
  await press(page, '2');
  const task = page.getByRole('row').filter({ hasText: 'Repeat potassium in a week' });
  await expectAccessible(page, 'results-follow-ups');
  await task.getByRole('button', { name: /^Done/ }).click();
  await expect(task).toHaveCount(0);

  await openResults(page, patient.id);
  const report = page.getByRole('article', { name: 'Kidney function and electrolytes' });
  await expect(report).toContainText('read by Dr Samuel Kamau');
  await report.getByRole('button', { name: 'Potassium' }).click();
  await expect(page.getByRole('dialog', { name: 'Potassium' })).toContainText('5.8 mmol/L');
  await expectAccessible(page, 'results-chart');
});
