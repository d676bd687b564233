import type { Page } from '@playwright/test';
import type { PatientId } from '#shared/kernel/ids.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, callFrom, signIn } from '#tests/support/e2e-clinic.ts';
import { press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

/** What a visit raised, written at the centre: a consultation with tax and a test without. */
const raiseCharges = async (centre: ClinicCentre, patientId: string): Promise<void> => {
  const [definition] = await centre.rows<{ id: string }>(
    `insert into clinichub.charge_item_definition (id, code, title, active, row_version, field_versions)
       values (gen_random_uuid(), 'C9', 'Consultation', true, 0, '{}') returning id`,
  );
  for (const [title, price, rate] of [
    ['Consultation', 5000, 1800],
    ['Blood count', 2501, 0],
  ])
    await centre.rows(
      `insert into clinichub.charge_item (id, patient_id, definition_id, status, source_kind, title, quantity, unit_price,
           currency, tax_rate, discount, occurred_at, created_at, row_version, field_versions)
         values (gen_random_uuid(), $1, $2, 'billable', 'manual', $3, '1', $4, 'RWF', $5, 0, now(), now(), 0, '{}')`,
      [patientId, definition?.id, title, price, rate],
    );
};

/** Somebody of the demonstration. */
const somebody = async (centre: ClinicCentre) => {
  const [patient] = await centre.rows<{ id: string; family: string; mrn: string }>(
    `select id, family, mrn from clinichub.patient where merged_into is null order by id limit 1`,
  );
  if (patient === undefined) throw new Error('the demonstration has patients');
  return patient;
};

/** The bill of a patient, from the list of bills, by keys. */
const openBill = async (page: Page, mrn: string): Promise<void> => {
  await press(page, 'g', '.');
  await expect(page.getByRole('heading', { name: 'Bills', level: 1 })).toBeVisible();
  await press(page, 'n');
  const sheet = page.getByRole('dialog', { name: 'Bill of a patient' });
  const field = sheet.getByRole('textbox').or(sheet.getByRole('combobox')).first();
  await expect(field).toBeFocused();
  await field.fill(mrn);
  await expect(sheet.getByRole('option').first()).toContainText(mrn);
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: /^Bill of/ })).toBeVisible();
};

test('what a consultation is charged becomes an invoice with a discount, and a credit note takes a line back, by keys', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const patient = await somebody(centre);
  await raiseCharges(centre, patient.id);
  await signIn(page, 'innocent');
  await expect
    .poll(async () => {
      const { charges } = await callFrom(page, 'invoices.openCharges', {
        patientId: patient.id as PatientId,
      });
      return charges.length;
    })
    .toBe(2);
  await openBill(page, patient.mrn);
  await press(page, 'n');
  const adding = page.getByRole('dialog', { name: 'Add a charge' });
  const what = adding.getByRole('combobox', { name: 'What' });
  await expect(what).toBeFocused();
  await what.fill('vacc');
  await expect(page.getByRole('option', { name: 'Vaccination (VACC)' })).toBeVisible();
  await press(page, 'ArrowDown', 'Enter');
  await adding.getByLabel('Quantity').fill('2');
  await expectAccessible(page, 'billing-add');
  await press(page, 'Control+Enter');
  await expect(adding).toBeHidden();
  await expect(page.getByRole('row', { name: /^Vaccination/ })).toContainText('4,000');
  await expectAccessible(page, 'billing-patient');
  await page.getByRole('button', { name: 'Remove Vaccination' }).focus();
  await press(page, 'Enter');
  const removing = page.getByRole('dialog', { name: 'Remove Vaccination' });
  await removing.getByRole('textbox', { name: 'Reason' }).fill('Given last week');
  await press(page, 'Enter');
  await expect(removing).toBeHidden();
  await expect(page.getByRole('row', { name: /^Vaccination/ })).toBeHidden();
  await press(page, 'd');
  await expect(page.getByRole('heading', { name: /^Invoice P-/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Consultation/ })).toContainText('5,900');

  await page.getByRole('button', { name: 'Discount of Consultation' }).focus();
  await press(page, 'Enter');
  const discount = page.getByRole('dialog', { name: 'Discount of Consultation' });
  const amount = discount.getByLabel('Discount in RWF');
  await expect(amount).toBeFocused();
  await amount.fill('1000 %');
  await discount.getByLabel('Reason').fill('Staff');
  await press(page, 'Control+Enter');
  await expect(discount.getByText(/.+/).and(discount.locator('[id$="-error"]')).first()).toBeVisible();
  await amount.fill('10 %');
  await expectAccessible(page, 'billing-discount');
  await press(page, 'Control+Enter');
  await expect(discount).toBeHidden();
  await expect(page.getByRole('row', { name: /^Consultation/ })).toContainText('5,310');

  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('The invoice is issued.');
  // The centre has numbered it: the provisional number is said beside.
  await expect(page.getByRole('heading', { name: /^Invoice INV(-[A-Z]+)?-1\b/ })).toBeVisible();
  await expect(page.getByText(/was P-/)).toBeVisible();
  await expectAccessible(page, 'billing-invoice');

  await page.getByRole('button', { name: 'Credit Blood count' }).focus();
  await press(page, 'Enter');
  const credit = page.getByRole('dialog', { name: 'Credit Blood count' });
  await expect(credit.getByLabel('Reason')).toBeFocused();
  await credit.getByLabel('Reason').fill('Not made');
  await expectAccessible(page, 'billing-credit');
  await press(page, 'Control+Enter');
  await expect(credit).toBeHidden();
  await expect(page.getByRole('heading', { name: /^Credit note CN-/ })).toBeVisible();
  await page.getByRole('link', { name: 'The invoice it corrects' }).focus();
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: 'Credit notes' })).toBeVisible();
  await expect(page.locator('dl')).toContainText('5,310');

  await press(page, '1');
  const bills = page.getByRole('grid', { name: 'Bills' });
  await expect(bills.getByRole('row', { name: /INV(-[A-Z]+)?-1/ })).toContainText('To be paid');
  await expectAccessible(page, 'billing-bills');
});
