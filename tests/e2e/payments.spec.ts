import type { PatientId } from '#shared/kernel/ids.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, callFrom, signIn } from '#tests/support/e2e-clinic.ts';
import { press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

/** Somebody who was billed 5,000 francs, as a desk would have. */
const billed = async (centre: ClinicCentre): Promise<PatientId> => {
  const [patient] = await centre.rows<{ id: PatientId }>(
    'select id from clinichub.patient where merged_into is null and deceased_date is null order by id limit 1',
  );
  if (patient === undefined) throw new Error('the demonstration has patients');
  const invoice = crypto.randomUUID();
  await centre.rows(
    `insert into clinichub.invoice (id, patient_id, kind, series, provisional_number, status, currency, total, created_at)
     values ($1, $2, 'invoice', 'A', 'P-1', 'draft', 'RWF', 0, now())`,
    [invoice, patient.id],
  );
  await centre.rows(
    `insert into clinichub.invoice_line (id, patient_id, invoice_id, line_no, title, quantity, unit_price, discount, net,
       tax_rate, tax, gross, payer_share, patient_share, recorded_at)
     values ($1, $2, $3, 1, 'Consultation', '1', 5000, 0, 5000, 0, 0, 5000, 0, 5000, now())`,
    [crypto.randomUUID(), patient.id, invoice],
  );
  await centre.rows(
    `update clinichub.invoice set status = 'issued', total = 5000, payer_total = 0, issued_at = now() where id = $1`,
    [invoice],
  );
  return patient.id;
};

test('a bill is paid in two parts, its receipt printed again says copy, and a part is given back, by keys', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const patientId = await billed(centre);
  await signIn(page, 'patrick');
  const [site] = (await callFrom(page, 'practitioners.locations', {})).slice(0, 1);
  if (site === undefined) throw new Error('the demonstration has sites');
  const till = await callFrom(page, 'till.save', {
    id: null,
    name: 'Desk 1',
    locationId: site.id,
    active: true,
  });
  await expect
    .poll(async () => (await callFrom(page, 'payments.balance', { patientId })).balances[0]?.open)
    .toBe(5000);
  await page.goto(`${new URL(page.url()).origin}/#/patients/${patientId}`);
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-asked', 'yes');
  });
  const account = page.getByRole('region', { name: 'Balance' });
  await expect(account).toContainText('5,000');
  await press(page, 'n');
  const sheet = page.getByRole('dialog', { name: 'Take a payment' });
  const amount = sheet.getByRole('textbox', { name: 'Amount in RWF' });
  await expect(amount).toBeFocused();
  await expect(amount).toHaveValue('5000');
  // No till is open yet: cash is not taken, and it is said where to open one.
  await expect(sheet.getByRole('link', { name: 'Open a till' })).toBeVisible();
  await callFrom(page, 'till.open', { tillId: till.id, float: '10000' });
  await expect(sheet.getByRole('note')).toContainText('Desk 1');
  await amount.fill('2,000');
  await press(page, 'Control+Enter');
  await expect(sheet.getByText('This may be read in two ways')).toBeVisible();
  await amount.fill('2000');
  await sheet.getByRole('textbox', { name: 'Cash handed over' }).fill('5000');
  await expect(sheet.getByText(/Give back: RWF\s3,000/)).toBeVisible();
  await expectAccessible(page, 'pay');
  await page.keyboard.down('Control');
  await page.keyboard.down('Enter');
  await expect(statusLine(page)).toContainText(/RWF\s2,000 taken. Give back RWF\s3,000/);
  // The rest is next, and is not taken by keys that are held a little long.
  await expect(amount).toHaveValue('3000');
  await expect(amount).toBeFocused();
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await page.keyboard.up('Control');
  await sheet.getByRole('combobox', { name: 'Paid with' }).selectOption('Card');
  await press(page, 'Control+Enter');
  await expect(sheet.getByText('Fill this in.')).toBeVisible();
  await sheet.getByRole('textbox', { name: 'Reference' }).fill('4711');
  await press(page, 'Control+Enter');
  await expect(sheet).toBeHidden();
  await expect(account).toContainText('Nothing is open');

  await press(page, 'b');
  const ledger = page.getByRole('grid', { name: 'Payments' });
  await expect(ledger.getByRole('row')).toHaveCount(3);
  await expectAccessible(page, 'account');
  const first = ledger.getByRole('row', { name: /Cash/ });
  await first.dblclick();
  const row = page.getByRole('dialog', { name: /^R\d+-1$/ });
  await expect(row).toContainText('2,000');
  await expectAccessible(page, 'payment');
  await press(page, 'p');
  const paper = page.getByRole('region', { name: 'Preview: Receipt' }).getByRole('img');
  await expect(paper).toHaveAttribute('alt', /Receipt R\d+-1/);
  await expect(paper).not.toHaveAttribute('alt', /Copy/);
  await expectAccessible(page, 'receipt');
  await press(page, 'ControlOrMeta+p');
  await expect(statusLine(page)).toContainText('The next one says that it is a copy');
  await expect(paper).toHaveAttribute('alt', /Copy/);
  await press(page, 'Escape');

  await ledger.getByRole('row', { name: /Card/ }).dblclick();
  await expect(page.getByRole('dialog', { name: /^R\d+-2$/ })).toContainText('4711');
  await press(page, 'r');
  const refund = page.getByRole('dialog', { name: 'Give money back' });
  await expect(refund.getByRole('textbox', { name: 'Amount in RWF' })).toBeFocused();
  await refund.getByRole('textbox', { name: 'Amount in RWF' }).fill('1000');
  await refund.getByRole('combobox', { name: 'Given back in' }).selectOption('Cash');
  await refund.getByRole('textbox', { name: 'Why' }).fill('Paid twice');
  await expectAccessible(page, 'refund');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText(/RWF\s1,000 given back/);
  await expect(ledger.getByRole('row')).toHaveCount(4);
  await expect(page.getByRole('region', { name: 'Balance' })).toContainText('1,000');

  await page.getByRole('link', { name: 'Billing' }).click();
  await page.getByRole('link', { name: /^Payments/ }).click();
  await expect(page.getByRole('grid', { name: 'Payments' }).getByRole('row')).toHaveCount(4);
  await expect(page.getByText('The sum of the cash is shown once you have counted')).toBeVisible();
  await press(page, '/');
  await page.keyboard.type('4711');
  await expect(page.getByRole('grid', { name: 'Payments' }).getByRole('row')).toHaveCount(2);
  await expectAccessible(page, 'payments of a day');
});
