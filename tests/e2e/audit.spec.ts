import { readFile } from 'node:fs/promises';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { pill, signIn, untilConnection } from '#tests/support/e2e-clinic.ts';
import { accentedPatient, press, signOut, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

test('an administrator sees who opened and changed a patient, compares versions, exports; offline it says so', async ({
  desk: { app, centre, wire },
}, testInfo) => {
  const { page } = app;
  const patient = await accentedPatient(centre);
  await signIn(page, 'claudine');
  await untilConnection(page, 'live');
  await page.goto(new URL(`#/patients/${patient.id}`, page.url()).href);
  await expect(page.getByRole('button', { name: 'Edit' })).toBeVisible();
  await press(page, 'e');
  const sheet = page.getByRole('dialog', { name: 'Edit patient' });
  await sheet.getByLabel('Town').fill('Gisenyi');
  await press(page, 'Control+Enter');
  await expect(sheet).toHaveCount(0);
  await expect
    .poll(() => centre.rows('select city from clinichub.patient where id = $1', [patient.id]))
    .toEqual([{ city: 'Gisenyi' }]);
  await signOut(page);

  await signIn(page, 'patrick');
  await page.goto(new URL(`#/patients/${patient.id}`, page.url()).href);
  await page.getByRole('button', { name: 'Who opened or changed this' }).click();
  const trail = page.getByRole('grid', { name: 'Audit trail' });
  const change = trail.getByRole('row').filter({ hasText: 'Change patient' });
  await expect(change).toContainText('Town');
  await expect(change).toContainText('Front desk');
  await expect(trail.getByRole('row').filter({ hasText: 'Opened a patient' }).first()).toBeVisible();
  await expectAccessible(page, 'audit');

  await change.focus();
  await press(page, 'Enter');
  const difference = page
    .getByRole('region', { name: 'Versions' })
    .getByRole('row')
    .filter({ hasText: 'Town' });
  await expect(difference).toContainText('Gisenyi');
  await expectAccessible(page, 'audit versions');
  await press(page, 'Escape');

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  const path = testInfo.outputPath('audit.csv');
  await file.saveAs(path);
  expect(await readFile(path, 'utf8')).toContain('Change patient');
  await expect(statusLine(page)).toContainText('The export is in the trail');
  expect(
    await centre.rows(`select entity_id from clinichub.audit_event where event = 'audit.export'`),
  ).toEqual([{ entity_id: patient.id }]);

  wire.cut();
  await expect(pill(page)).toContainText('Offline');
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByText('The centre cannot be reached. Shown are the events')).toBeVisible();
  await expect(trail.getByRole('row').filter({ hasText: 'Opened a patient' }).first()).toBeVisible();
});
