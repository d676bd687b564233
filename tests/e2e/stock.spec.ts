import { addDays } from '#shared/kernel/calendar.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, clinicToday, signIn, untilConnection } from '#tests/support/e2e-clinic.ts';
import { backOnline, press, signOut, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

/** An active prescription of a medicine that no store keeps yet, signed by the doctor at the screen. */
const ibuprofen = {
  medication: 'Ibuprofen 200 mg tablet',
  doseValue: '200',
  doseUnit: 'mg',
  route: 'oral',
  frequency: 'tds',
  asNeeded: false,
  asNeededFor: null,
  maxPerDay: null,
  duration: { value: 10, unit: 'd' as const },
  quantity: '30',
  quantityUnit: 'tablet',
  quantityComputed: false,
  repeats: 0,
  indication: null,
  conditionId: null,
  note: null,
  endDate: null,
  answers: null,
};

test('two batches are received, handed out by what expires first, an expired one is refused, and the shelf is counted', async ({
  desk: { app, centre, wire },
}) => {
  const { page } = app;
  const today = clinicToday();
  const [patient] = await centre.rows<{ id: string }>(
    `select p.id from clinichub.patient p where p.birth_date between '1970-01-01' and '1990-01-01'
       and not exists (select from clinichub.appointment a where a.patient_id = p.id)
       and not exists (select from clinichub.flag f where f.patient_id = p.id) order by p.id limit 1`,
  );
  const [medicine] = await centre.rows<{ id: string; name: string }>(
    `select id, name from clinichub.medicine where name ilike 'ibuprofen%tablet' order by name limit 1`,
  );
  if (patient === undefined || medicine === undefined)
    throw new Error('the clinic lacks somebody or something');
  await signIn(page, 'uwase');
  await untilConnection(page, 'live');
  const { origin } = new URL(page.url());
  await callFrom(page, 'prescriptions.write', {
    patientId: patient.id as PatientId,
    lines: [{ ...ibuprofen, medicineId: medicine.id as never, startDate: today }],
    sign: true,
    language: 'en',
    overrides: [],
    pin: null,
  });
  await signOut(page);
  await signIn(page, 'vestine');
  wire.cut();
  await untilConnection(page, 'offline');

  await page.goto(`${origin}/#/stock`);
  await expect(page.getByRole('grid', { name: 'Items' })).toContainText('Amoxicillin 500 mg capsules');
  await expectAccessible(page, 'stock-items');
  await press(page, 'n');
  const item = page.getByRole('dialog', { name: 'New item' });
  await expect(item.getByLabel('Item', { exact: true })).toBeFocused();
  await page.keyboard.type('Ibuprofen 200 mg tablets');
  await press(page, 'Tab');
  await page.keyboard.type('tablets');
  await press(page, 'Tab');
  await page.keyboard.type(medicine.name);
  await expect(item.getByRole('option').first()).toContainText(medicine.name);
  await press(page, 'Enter');
  await expect(item).toContainText('It is this medicine of the formulary.');
  await expectAccessible(page, 'stock-new-item');
  await press(page, 'Control+Enter');
  await expect(item).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Ibuprofen 200 mg tablets' })).toBeVisible();

  const receipt = page.getByRole('dialog', { name: 'Receive Ibuprofen 200 mg tablets' });
  const batches = page.getByRole('grid', { name: 'Batches' });
  const lots = [
    ['LATE', addDays(today, 300), '100'],
    ['SOON', addDays(today, 5), '20'],
    ['OLD', addDays(today, -2), '50'],
  ] as const;
  for (const [lot, day, quantity] of lots) {
    await press(page, 'r');
    await expect(receipt.getByLabel('Lot')).toBeFocused();
    await page.keyboard.type(lot);
    await receipt.getByLabel('Expires').fill(day);
    await receipt.getByLabel('Quantity').fill(quantity);
    await press(page, 'Control+Enter');
    await expect(receipt).toBeHidden();
    await expect(batches).toContainText(lot);
  }
  await expect(batches.getByRole('row')).toContainText(['Lot', 'OLD', 'SOON', 'LATE']);
  await expect(page.getByRole('grid', { name: 'Movements' })).toContainText('+20');
  await expectAccessible(page, 'stock-item');

  await page.goto(`${origin}/#/patients/${patient.id}/chart/medication`);
  const detail = page.getByRole('region', { name: /^Ibuprofen/ });
  await expect(detail.getByRole('button', { name: 'Hand out' })).toBeVisible();
  await press(page, 'd');
  const giving = page.getByRole('dialog', { name: 'Hand out' });
  const take = (lot: string) => giving.getByLabel(`Take of lot ${lot}`);
  await expect(take('SOON')).toHaveValue('20');
  await expect(take('LATE')).toHaveValue('10');
  await expect(giving).toContainText('expires before the treatment ends');
  await expectAccessible(page, 'stock-hand-out');
  await take('LATE').fill('');
  await take('OLD').fill('10');
  await press(page, 'Control+Enter');
  await expect(giving).toContainText('Lot OLD is expired. It is not handed out: choose another batch.');
  await take('OLD').fill('');
  await take('LATE').fill('10');
  await giving.getByLabel('Print the label then').press('Space');
  await press(page, 'Control+Enter');
  const label = page.getByRole('region', { name: 'Preview: Label of a medicine' });
  await expect(label).toContainText('Quantity: 30 tablets');
  await expect(label).toContainText('Lot SOON');
  await expectAccessible(page, 'stock-label');

  await page.goto(`${origin}/#/stock/count`);
  const counted = (lot: string) => page.getByLabel(`Counted: Ibuprofen 200 mg tablets, lot ${lot}`);
  await expect(counted('LATE')).toBeVisible();
  await expect(counted('SOON')).toBeHidden();
  await expect(page.getByRole('main')).not.toContainText('90');
  await counted('LATE').focus();
  await page.keyboard.type('88');
  await expectAccessible(page, 'stock-count');
  await press(page, 'Control+Enter');
  await expect(page.getByText('1 difference')).toBeVisible();
  await expect(page.getByRole('row', { name: /LATE/ })).toContainText('-2');
  await expectAccessible(page, 'stock-differences');
  await expect(page.getByLabel('Why, for all differences')).toBeFocused();
  await page.keyboard.type('Two were broken');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('1 batch is counted.');

  await backOnline(page, wire);
  await expect
    .poll(() =>
      centre.rows(
        `select b.lot, sum(m.delta)::integer as quantity from clinichub.stock_movement m
           join clinichub.stock_batch b on b.id = m.batch_id join clinichub.stock_item i on i.id = b.item_id
         where i.title = 'Ibuprofen 200 mg tablets' group by b.lot order by b.lot`,
      ),
    )
    .toEqual([
      { lot: 'LATE', quantity: 88 },
      { lot: 'OLD', quantity: 50 },
      { lot: 'SOON', quantity: 0 },
    ]);
});
