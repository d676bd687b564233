import { v7 } from 'uuid';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, signIn } from '#tests/support/e2e-clinic.ts';
import { press, signOut, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const pin = '2580';
const invoiceId = v7();

test('a till from the float to the signed report: counted blind, its variance accepted by somebody else', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const goToTill = async () => {
    await page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: 'Billing' }).click();
    await page
      .getByRole('navigation', { name: 'Parts of billing' })
      .getByRole('link', { name: /^Till/ })
      .click();
    await expect(page.getByRole('heading', { name: 'My till' })).toBeVisible();
  };
  await signIn(page, 'patrick');
  await callFrom(page, 'session.setPin', { password: 'patrick-demo', pin });
  await goToTill();
  await press(page, 'k', 'n');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Front till');
  await press(page, 'Control+Enter');
  await expect(
    page.getByRole('grid', { name: 'Tills' }).getByRole('row', { name: 'Front till' }),
  ).toBeVisible();
  await expectAccessible(page, 'till-tills');
  await signOut(page);

  await signIn(page, 'innocent');
  await callFrom(page, 'session.setPin', { password: 'innocent-demo', pin });
  await goToTill();
  await expectAccessible(page, 'till-none');
  await press(page, 'n');
  await expect(page.getByRole('textbox', { name: 'Cash in the drawer, in RWF' })).toBeFocused();
  await page.keyboard.type('10000');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Front till is open');
  await expect(page.getByRole('button', { name: /^Take out/ })).toBeVisible();
  await press(page, 'o');
  await expect(page.getByRole('textbox', { name: 'Amount in RWF' })).toBeFocused();
  await page.keyboard.type('2000');
  await press(page, 'Tab');
  await page.keyboard.type('Bank');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('main').getByText(/RWF\s2,000 · Bank/)).toBeVisible();

  await expect.poll(async () => (await centre.rows('select id from clinichub.till_session')).length).toBe(1);
  await centre.rows(
    `insert into clinichub.payment (id, patient_id, kind, method, amount, currency, till_session_id, location_id, receipt_number, paid_at, recorded_at)
     select $1, (select id from clinichub.patient order by id limit 1), 'deposit', 'cash', 7321, 'RWF', s.id, t.location_id, 'R-1', now(), now()
     from clinichub.till_session s join clinichub.till t on t.id = s.till_id`,
    [v7()],
  );
  const [clock] = await centre.rows<{ seq: string }>('select seq from clinichub.sync_clock');
  await expect
    .poll(async () => (await callFrom(page, 'sync.status', {})).cursor)
    .toBeGreaterThanOrEqual(Number(clock?.seq));
  // Neither what a screen shows nor what it is answered tells what should be in the drawer.
  const told = [
    await page.getByRole('main').textContent(),
    JSON.stringify(await callFrom(page, 'till.desk', {})),
  ].join();
  expect(told).toContain('2000');
  expect(told.replaceAll(',', '')).not.toMatch(/7321|15321|17321/);
  await press(page, 'c');
  const thousands = page.getByRole('textbox', { name: /^Pieces of RWF\s1,000/ });
  await expect(page.getByRole('textbox', { name: /^Pieces of RWF\s5,000/ })).toBeFocused();
  await page.keyboard.type('2');
  await thousands.fill('5');
  await expect(page.getByRole('dialog').getByRole('status')).toContainText(/RWF\s15,000/);
  await expect(page.getByText(/15,321/)).toHaveCount(0);
  await expectAccessible(page, 'till-count');
  await press(page, 'Control+Enter');
  await expect(page.getByText(/RWF\s321 is missing/)).toBeVisible();
  await expect(page.getByText('Somebody else has to accept it')).toBeVisible();
  await expectAccessible(page, 'till-counted');
  await signOut(page);

  await signIn(page, 'patrick');
  await goToTill();
  await page.getByRole('grid', { name: 'Open tills' }).getByRole('row', { name: 'Innocent' }).focus();
  await press(page, 'Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Accept the variance' }).press('Enter');
  await expect(page.getByLabel('PIN', { exact: true })).toBeFocused();
  await page.keyboard.type(pin);
  await expectAccessible(page, 'till-accept');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('The variance is accepted');
  await signOut(page);

  await signIn(page, 'innocent');
  await goToTill();
  await expect(page.getByRole('button', { name: 'Close the till' })).toBeVisible();
  await press(page, 'x');
  await expect(page.getByRole('dialog', { name: 'Close the till' })).toBeVisible();
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('The till is closed');
  await press(page, 'd');
  await expect(page.getByText('Receipts R-1 to R-1')).toBeVisible();
  await expectAccessible(page, 'till-report');
  await press(page, 's');
  await expect(page.getByLabel('PIN', { exact: true })).toBeFocused();
  await page.keyboard.type(pin);
  await press(page, 'Control+Enter');
  await expect(page.getByText(/^Signed by Innocent/)).toBeVisible();
  const download = page.waitForEvent('download');
  await press(page, 'p');
  expect((await download).suggestedFilename()).toMatch(/^till-report-.*\.pdf$/);
});

test('what a payer owes is claimed in a batch and answered line by line', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await centre.rows(
    `with payer as (
       insert into clinichub.organization (id, kind, name, active, created_at)
       values ($1, 'payer', 'Rwanda Social Security Board', true, now()) returning id),
     invoice as (
       insert into clinichub.invoice (id, patient_id, series, provisional_number, status, currency, total, created_at, kind, payer_id, payer_total)
       select $2, (select id from clinichub.patient order by id limit 1), 'INV', 'A-1', 'draft', 'RWF', 0, now(), 'invoice', payer.id, 0
       from payer returning id, patient_id)
     select 1 from invoice`,
    [v7(), invoiceId],
  );
  await centre.rows(
    `insert into clinichub.invoice_line (id, patient_id, invoice_id, line_no, title, quantity, unit_price, discount, net, tax_rate, tax, gross, payer_share, patient_share, recorded_at)
     select $1, i.patient_id, i.id, 1, 'Consultation', '1', 10000, 0, 10000, 0, 0, 10000, 8000, 2000, now()
     from clinichub.invoice i where i.id = $2`,
    [v7(), invoiceId],
  );
  await centre.rows(
    `update clinichub.invoice set status = 'issued', total = 10000, payer_total = 8000, issued_at = now() where id = $1`,
    [invoiceId],
  );
  await signIn(page, 'innocent');
  await page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: 'Billing' }).click();
  await page
    .getByRole('navigation', { name: 'Parts of billing' })
    .getByRole('link', { name: /^Claims/ })
    .click();
  await expect(page.getByText('Nothing was claimed yet.')).toBeVisible();
  await expectAccessible(page, 'claims-none');
  await press(page, 'n');
  await page.getByRole('combobox', { name: 'Payer' }).selectOption({ label: 'Rwanda Social Security Board' });
  await expect(page.getByRole('row', { name: /Consultation/ })).toContainText('8,000');
  await press(page, 'a');
  await expect(page.getByText(/1 line, RWF\s8,000/)).toBeVisible();
  await expectAccessible(page, 'claims-new');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('is made');
  await page.getByRole('row', { name: /Rwanda Social Security Board/ }).focus();
  await press(page, 'Enter');
  await page.getByRole('button', { name: /^Answer of the payer/ }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Paid, in RWF' })).toBeFocused();
  await page.keyboard.type('3000');
  await press(page, 'Tab');
  await page.keyboard.type('T-1');
  await press(page, 'Tab');
  await page.keyboard.type('LIMIT');
  await expectAccessible(page, 'claims-answer');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('dialog').getByText('paid in part LIMIT')).toBeVisible();
  await expectAccessible(page, 'claims-claim');
});
