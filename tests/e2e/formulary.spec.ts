import { writeFile } from 'node:fs/promises';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { signIn } from '#tests/support/e2e-clinic.ts';
import { openSection, press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const dataset = {
  format: 'clinichub-safety-1',
  name: 'Clinic set',
  version: '1',
  releasedOn: '2026-11-01',
  publisher: 'The clinic',
  facts: [{ kind: 'ingredient', key: 'zyxol', name: 'Zyxol', source: 'invented' }],
};

test('the administrator adds, imports and withdraws medicines, by keys', async ({
  desk: { app },
}, testInfo) => {
  const { page } = app;
  await signIn(page, 'patrick');
  await openSection(page, 'Formulary');
  // The hint of the rail goes with the pointer.
  await page.mouse.move(700, 700);
  const table = page.getByRole('grid', { name: 'Formulary' });
  await expect(table.getByRole('row').nth(5)).toBeVisible();
  await expectAccessible(page, 'formulary');

  await press(page, '/');
  await page.keyboard.type('aspirin');
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(table).toContainText('Acetylsalicylic acid 75 mg tablet');

  await press(page, 'ArrowDown');
  await expect(table.getByRole('row').nth(1)).toBeFocused();
  await press(page, 'n');
  const sheet = page.getByRole('dialog', { name: 'Add a medicine' });
  await sheet.getByLabel('Name').fill('Zyxoforte 5 mg tablet');
  await sheet.getByLabel('Ingredients').fill('Zyxol');
  await sheet.getByLabel('Strength').fill('five');
  await press(page, 'Control+Enter');
  await expect(sheet.getByText('Write one strength for each ingredient')).toBeVisible();
  await expectAccessible(page, 'formulary-add');
  await sheet.getByLabel('Strength').fill('5 mg');
  await sheet.getByLabel('Form').fill('tablet');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Zyxoforte 5 mg tablet saved');

  const path = testInfo.outputPath('clinic.csv');
  await writeFile(
    path,
    'name,ingredients,strength,form\nZyxomild,Zyxol,2 mg,tablet\nBroken,Zyxol,two,tablet\n',
  );
  await page.getByRole('button', { name: 'Import' }).first().click();
  const importing = page.getByRole('dialog', { name: 'Import medicines' });
  await importing.getByLabel('Path on this workstation').fill('/no/such/file.csv');
  await press(page, 'Enter');
  await expect(importing.getByText('Nothing of that kind is there.')).toBeVisible();
  await importing.getByLabel('Path on this workstation').fill(path);
  await press(page, 'Enter');
  await expect(importing.getByText('Imported', { exact: true })).toBeVisible();
  await expect(importing.getByRole('row').nth(1)).toContainText('Not one strength for each ingredient');
  await expectAccessible(page, 'formulary-import');
  await press(page, 'Escape');

  await page.getByLabel('Find a medicine').fill('zyx');
  await expect(table).toContainText('Zyxomild');
  await expect(table.getByRole('row')).toHaveCount(3);
  await press(page, 'ArrowDown');
  await expect(table.getByRole('row').nth(1)).toBeFocused();
  await press(page, 'Enter');
  await page.getByLabel('Offered to those who prescribe').uncheck();
  await press(page, 'Control+Enter');
  await expect(table.getByRole('row').nth(1)).toContainText('Not offered');
});

test('a data set comes in whole or not at all, and the administrator sees which is in use', async ({
  desk: { app },
}, testInfo) => {
  const { page } = app;
  await signIn(page, 'patrick');
  await openSection(page, 'Safety data');
  // The hint of the rail goes with the pointer.
  await page.mouse.move(700, 700);
  const current = page.getByRole('region', { name: 'In use' });
  await expect(current).toContainText('ClinicHub starter set');
  await expect(current).toContainText('No data set is complete.');
  await expectAccessible(page, 'safety-data');

  const path = testInfo.outputPath('set.json');
  const field = page.getByLabel('JSON file on this workstation');
  const broken = {
    ...dataset,
    facts: [
      ...dataset.facts,
      { kind: 'renal', of: { ingredient: 'x' }, below: 30, advice: 'avoid', source: 'x' },
    ],
  };
  await writeFile(path, JSON.stringify(broken));
  await field.fill(path);
  await press(page, 'Enter');
  await expect(page.getByText('It names an ingredient that is not in the file')).toBeVisible();
  await expect(current).toContainText('ClinicHub starter set');
  await expectAccessible(page, 'safety-data-refused');
  await writeFile(path, JSON.stringify(dataset));
  await press(page, 'Enter');
  await expect(current).toContainText('Clinic set');
  await page.getByRole('button', { name: /^Use: ClinicHub starter set/ }).click();
  await expect(current).toContainText('ClinicHub starter set');

  await press(page, ']');
  await expect(page.getByText('No serious warning was overridden.')).toBeVisible();
  await expectAccessible(page, 'safety-overrides');
});
