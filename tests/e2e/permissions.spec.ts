import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, signIn } from '#tests/support/e2e-clinic.ts';
import { openSection, press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

test('a permission taken from reception takes the button and the call, and a reset brings both back', async ({
  desk: { app },
  browser,
}) => {
  const { page } = app;
  const context = await browser.newContext({ locale: 'en-GB' });
  const desk = await context.newPage();
  await desk.goto(new URL('/', page.url()).href);
  await signIn(desk, 'claudine');
  await desk.getByRole('link', { name: 'Patients' }).click();
  const register = desk.getByRole('button', { name: 'Register patient' });
  await expect(register.first()).toBeVisible();

  await signIn(page, 'patrick');
  await openSection(page, 'Permissions');
  const box = page.getByRole('checkbox', { name: 'Reception: Patients, add' });
  await expect(box).toBeChecked();
  await expectAccessible(page, 'permissions');
  // The first cell is what reception may see of patients; the next line is what it may add.
  await page.getByRole('checkbox', { name: 'Reception: Patients, see' }).focus();
  await press(page, 'ArrowDown');
  await expect(box).toBeFocused();
  await press(page, 'Space');
  await expect(box).not.toBeChecked();
  await expect(box).toHaveAccessibleDescription('changed');
  await expect(page.getByText('1 permission differs from what is usual')).toBeVisible();
  await expectAccessible(page, 'permissions-changed');

  await expect(register).toHaveCount(0);
  await expect(
    callFrom(desk, 'patients.similar', { family: 'X', given: 'Y', birthDate: '', phone: '' }),
  ).rejects.toThrow('not-permitted');

  const signing = page.getByRole('checkbox', { name: 'Reception: Notes, sign' });
  await signing.focus();
  await press(page, 'Space');
  await expect(signing).not.toBeChecked();
  await expect(signing).toHaveAccessibleDescription(/^Fixed: signing/);

  await callFrom(page, 'access.set', { role: 'admin', permission: 'location.update', granted: false });
  await openSection(page, 'Sites and rooms');
  await page.getByRole('row', { name: 'Kacyiru' }).dblclick();
  const site = page.getByRole('dialog', { name: 'Change site' });
  await expect(site).toContainText('You can look at this and not change it');
  await expect(site.getByLabel('Name')).toBeDisabled();
  await expect(site.getByRole('button').and(page.locator(':enabled'))).toHaveText('');
  await expectAccessible(page, 'site-to-be-read');
  await press(page, 'Escape');
  await openSection(page, 'Permissions');

  await page.getByRole('button', { name: 'All as usual' }).click();
  await expect(statusLine(page)).toContainText('All permissions are as usual');
  await expect(box).toBeChecked();
  await expect(register.first()).toBeVisible();
  await context.close();
});
