import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { signIn } from '#tests/support/e2e-clinic.ts';
import { openSection, press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const phrase = 'seven lamps carry the mountain';

test('an administrator invites somebody, who comes in with the code at another desk and is signed out everywhere', async ({
  desk: { app },
  browser,
}) => {
  const { page } = app;
  await signIn(page, 'patrick');
  await openSection(page, 'Users');
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible();
  await expectAccessible(page, 'users');
  await press(page, 'n');
  await page.getByLabel('Name', { exact: true }).fill('Keza Ineza');
  await page.getByLabel('User name', { exact: true }).fill('claudine');
  await page.getByLabel('Role').selectOption({ label: 'Nurse' });
  await press(page, 'Control+Enter');
  await expect(page.getByText('There is one of that name already.')).toBeVisible();
  await page.getByLabel('User name', { exact: true }).fill('keza');
  await expectAccessible(page, 'user-sheet');
  await press(page, 'Control+Enter');
  const sheet = page.getByRole('dialog', { name: 'One-time code' });
  await expect(sheet).toContainText('Keza Ineza');
  const code = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec((await sheet.textContent()) ?? '')?.[0] ?? '';
  await expectAccessible(page, 'one-time-code');
  await sheet.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row', { name: /Keza Ineza.*Code until/ })).toBeVisible();

  const context = await browser.newContext({ locale: 'en-GB' });
  const desk = await context.newPage();
  await desk.goto(new URL('/', page.url()).href);
  await desk.getByRole('button', { name: 'I have a code' }).click();
  await desk.getByLabel('User name').fill('keza');
  await desk.getByLabel('One-time code').fill('2222 2222 2222');
  await press(desk, 'Enter');
  await expect(desk.getByText(/User name and code do not match/)).toBeVisible();
  await expectAccessible(desk, 'code');
  await desk.getByLabel('One-time code').fill(code.toLowerCase());
  await press(desk, 'Enter');
  await desk.getByLabel('New password', { exact: true }).fill('keza2026');
  await desk.getByLabel('The same password again').fill('keza2026');
  await desk.getByLabel('New PIN', { exact: false }).fill('4711');
  await desk.getByLabel('The same PIN again').fill('4711');
  await press(desk, 'Enter');
  await expect(desk.getByText(/Do not use your name/)).toBeVisible();
  await expectAccessible(desk, 'new-password');
  await desk.getByLabel('New password', { exact: true }).fill(phrase);
  await desk.getByLabel('The same password again').fill(phrase);
  await press(desk, 'Enter');
  await expect(desk.getByRole('button', { name: /^Your account.*Keza Ineza/ })).toBeVisible();

  await page.getByRole('row', { name: /Keza Ineza.*Password set/ }).dblclick();
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(statusLine(page)).toContainText('Keza Ineza is signed out everywhere');
  await expect(desk.getByLabel('User name')).toBeVisible();
  await context.close();
});
