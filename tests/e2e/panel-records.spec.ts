import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { demoPatient } from '#shared/domain/demo/accounts.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, signIn } from '#tests/support/e2e-clinic.ts';
import { press, signOut, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';
import { textOfPdf } from '#tests/support/pdf-text.ts';

/** A patient at home with a telephone, and the desk and the doctor who answer. */

const callIn = (page: Page, name: string, input: unknown): Promise<unknown> =>
  page.evaluate(
    async ([call, value]) => {
      const response = await fetch(`/rpc/${call}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-clinichub': '1' },
        body: JSON.stringify(value),
      });
      return response.json();
    },
    [name, input] as const,
  );

/** The panel on a telephone, signed in. */
const openPanel = async (browser: Browser, origin: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, acceptDownloads: true });
  const page = await context.newPage();
  await page.goto(`${origin}/panel`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  // The host shows its page before its first copy of the clinic is whole.
  await expect
    .poll(async () => JSON.stringify(await callIn(page, 'panel.signIn', demoPatient)), {
      intervals: [500, 1000, 2000, 4000],
    })
    .toContain('"ok":true');
  await page.reload();
  await page.getByRole('link', { name: 'Home', exact: true }).waitFor();
  return page;
};

/** A prescription of the patient's that Dr Uwase signed, and two weights, written at the centre. */
const writeChart = async (centre: ClinicCentre) => {
  const [patient] = await centre.rows<{ id: string; name: string; doctor: string }>(
    `select p.id, p.family || ' ' || p.given as name, d.id as doctor
     from clinichub.patient_account a
     join clinichub.patient_account_link l on l.account_id = a.id and l.relationship = 'self' and l.status = 'approved'
     join clinichub.patient p on p.id = l.patient_id
     cross join clinichub.staff_account s join clinichub.practitioner d on d.id = s.practitioner_id
     where a.email = $1 and s.username = 'uwase'`,
    [demoPatient.email],
  );
  if (patient === undefined) throw new Error('the patient of the panel is not there');
  await centre.rows(
    `insert into clinichub.medication_request (id, patient_id, medication, dosage, status, requester_id, signed_at, created_at,
       dose_value, dose_unit, route, frequency, as_needed, quantity, quantity_unit, quantity_computed, repeats, start_date)
     values (gen_random_uuid(), $1, 'Amlodipine 5 mg', '1 tablet by mouth, once a day', 'active', $2, now(), now(),
       '1', 'tablet', 'oral', 'OD', false, '30', 'tablet', true, 0, current_date - 20)`,
    [patient.id, patient.doctor],
  );
  for (const [days, value] of [
    [40, '81'],
    [10, '79'],
  ] as const)
    await centre.rows(
      `insert into clinichub.observation (id, patient_id, code, value, unit, status, category, effective_at, recorded_at)
       values (gen_random_uuid(), $1, '29463-7', $2, 'kg', 'final', 'vital-signs', now() - make_interval(days => $3), now())`,
      [patient.id, value, days],
    );
  return patient;
};

test('a patient looks at the record, takes a summary home, and asks for more of a medicine, which the doctor renews', async ({
  desk: { app, centre },
  browser,
}) => {
  const patient = await writeChart(centre);
  const { origin } = new URL(app.page.url());
  const panel = await openPanel(browser, origin);

  await expect(panel.getByRole('region', { name: 'Your medicines' })).toContainText('Amlodipine');
  await expect(panel.getByRole('region', { name: 'Next appointments' })).toBeVisible();
  await expectAccessible(panel, 'panel-home');

  await panel.getByRole('link', { name: 'Health records' }).click();
  await panel.getByRole('link', { name: 'Measurements' }).click();
  await expect(panel.getByRole('img', { name: /^Weight: \d+ values/ })).toBeVisible();
  await expect(panel.getByRole('row', { name: /^Weight 79 kg/ })).toBeVisible();
  await expectAccessible(panel, 'panel-vitals');
  await panel.getByRole('link', { name: 'Back' }).click();
  await panel.getByRole('link', { name: 'Notes of visits' }).click();
  await expect(panel.getByText('The clinic does not show Notes of visits here.')).toBeVisible();
  await panel.getByRole('link', { name: 'Back' }).click();
  await expectAccessible(panel, 'panel-records');
  const [download] = await Promise.all([
    panel.waitForEvent('download'),
    panel.getByRole('button', { name: 'Download a summary (PDF)' }).click(),
  ]);
  const { text } = await textOfPdf(await readFile(await download.path()));
  expect(text).toContain('Amlodipine 5 mg: 1 tablet by mouth, once a day');
  expect(text).toContain('Not included');

  await panel.getByRole('link', { name: 'Prescriptions', exact: true }).click();
  await panel.getByRole('button', { name: 'Ask for more: Amlodipine 5 mg' }).click();
  await panel.getByLabel('Something the doctor should know? (optional)').fill('I travel on Monday');
  await expectAccessible(panel, 'panel-renewal');
  await panel.getByRole('button', { name: 'Send the request' }).click();
  await expect(panel.getByText('You asked for more on')).toBeVisible();

  const { page } = app;
  await signIn(page, 'uwase');
  await page.goto(`${origin}/#/results/renewals`);
  await expect(page.getByRole('region', { name: patient.name })).toContainText('I travel on Monday');
  await expectAccessible(page, 'results-renewals');
  await press(page, 'n');
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('Amlodipine 5 mg');
  await press(page, 'Control+Enter');
  await expect(page.getByText('No patient asks for a renewal.')).toBeVisible();
  await signOut(page);

  await panel.reload();
  await expect(panel.getByRole('region', { name: 'Answers to your requests' })).toContainText('Done');
  await panel.goto(origin);
  await expect(panel).toHaveURL(/\/panel/);
  await panel.context().close();
});

test('a request for records is answered at the desk, and the answer is what the patient reads', async ({
  desk: { app, centre },
  browser,
}) => {
  const { origin } = new URL(app.page.url());
  const panel = await openPanel(browser, origin);
  await panel.goto(`${origin}/panel#/records/request`);
  await panel.getByLabel('What would you like to have?').fill('The letter from the hospital');
  await expectAccessible(panel, 'panel-request');
  await panel.getByRole('button', { name: 'Send the request' }).click();
  await expect(panel.getByText('Your request is on its way to the clinic.')).toBeVisible();
  await panel.getByLabel('What would you like to have?').fill('My X-rays');
  await panel.getByRole('button', { name: 'Send the request' }).click();
  await panel.getByRole('button', { name: 'Withdraw: My X-rays' }).click();
  await expectAccessible(panel, 'panel-withdraw');
  await panel.getByRole('button', { name: 'Yes, withdraw' }).click();
  await expect(panel.getByText('Withdrawn', { exact: true })).toBeVisible();

  const { page } = app;
  await signIn(page, 'claudine');
  await press(page, 'g', 't');
  const requests = page.getByRole('option').filter({ hasText: 'asks for records' });
  await requests.click();
  await page.getByLabel('Words to the patient').fill('It is at the desk for you');
  await expectAccessible(page, 'tasks-records');
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(statusLine(page)).toContainText('is told that the records are ready');
  await signOut(page);

  await panel.reload();
  await expect(panel.getByText('The clinic says: It is at the desk for you')).toBeVisible();
  await panel.goto(`${origin}/panel#/records/access`);
  await expect(panel.getByText('read it in this panel').first()).toBeVisible();
  await expectAccessible(panel, 'panel-access');
  await panel.goto(`${origin}/panel#/billing`);
  await expect(panel.getByText('There are no payments.')).toBeVisible();
  await centre.rows(
    `insert into clinichub.payment (id, patient_id, kind, method, amount, currency, receipt_number, paid_at, recorded_at)
     select $1, l.patient_id, 'deposit', 'cash', 3000, 'RWF', 'R9-1', now(), now()
     from clinichub.patient_account_link l join clinichub.patient_account a on a.id = l.account_id
     where a.email = $2 and l.relationship = 'self'`,
    [crypto.randomUUID(), demoPatient.email],
  );
  const receipt = panel.getByRole('button', { name: 'Receipt (PDF): Receipt R9-1' });
  await expect(async () => {
    await panel.reload();
    await expect(receipt).toBeVisible({ timeout: 3000 });
  }).toPass();
  await expectAccessible(panel, 'panel-billing');
  const download = panel.waitForEvent('download');
  await receipt.click();
  const { text } = await textOfPdf(await readFile(await (await download).path()));
  for (const said of ['Receipt R9-1', 'Copy', '3,000']) expect(text).toContain(said);
  await panel.context().close();
});
