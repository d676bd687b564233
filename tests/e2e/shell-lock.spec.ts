import type { Page } from '@playwright/test';
import type { DoubleDriver } from '#tests/support/app-driver-double.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { signIn } from '#tests/support/e2e-clinic.ts';
import { press, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const pin = '2580';
const doctor = 'Dr Aline Uwase';
const nurse = 'Josiane Ingabire';

const openChart = async (page: Page, id: string) => {
  await page.goto(`${new URL(page.url()).origin}/#/patients/${id}/chart`);
  await expect(page.getByLabel('Subjective')).toBeFocused();
};

const account = (page: Page, name: string) => page.getByRole('button', { name: `Your account: ${name}` });

const fromMenu = async (page: Page, name: string, action: string) => {
  await account(page, name).click();
  await page.getByRole('button', { name: action, exact: true }).click();
};

/** Signs in as somebody else at the lock screen. */
const unlock = async (page: Page, field: 'PIN' | 'Password', secret: string) => {
  await expect(page.getByLabel(field, { exact: true })).toBeFocused();
  await page.keyboard.type(secret);
  await press(page, 'Enter');
};

test('a locked session shows nothing, opens with PIN or password, and lets another work meanwhile', async ({
  desk,
}) => {
  const app = desk.app as DoubleDriver;
  const { page } = app;
  const [patient] = await desk.centre.rows<{ id: string; family: string; given: string; mrn: string }>(
    `select p.id, p.family, p.given, p.mrn from clinichub.patient p
     where not exists (select from clinichub.appointment a where a.patient_id = p.id)
     and length(p.family) > 4 and length(p.given) > 4 limit 1`,
  );
  if (patient === undefined) throw new Error('everybody has an appointment');
  const { id, ...names } = patient;
  await signIn(page, 'uwase');
  await openChart(page, id);
  await expect(page.getByRole('heading', { name: new RegExp(names.family) }).first()).toBeVisible();
  await page.keyboard.type('Fever since Monday');
  // In the middle of a word, without a pause for it to be kept in.
  await press(page, 'Control+Shift+L');

  await expect(page.getByRole('heading', { name: doctor })).toBeVisible();
  await expect(page.getByText(/^Locked since/)).toBeVisible();
  const shown = await page.evaluate(() => document.documentElement.outerHTML);
  for (const secret of [...Object.values(names), 'Fever since', 'Problems'])
    expect(shown).not.toContain(secret);
  await expectAccessible(page, 'lock');
  await page.reload();
  for (let n = 0; n < 4; n += 1) {
    await unlock(page, 'PIN', '9999');
    await expect(page.getByText(`Tries left before your password is needed: ${4 - n}.`)).toBeVisible();
  }
  await unlock(page, 'PIN', '9999');
  await expect(page.getByText('Too many wrong PINs. Your password is needed once.')).toBeVisible();
  await unlock(page, 'Password', 'no');
  await expect(page.getByText('That is not your password.')).toBeVisible();

  await page.getByRole('button', { name: 'Somebody else' }).click();
  await expectAccessible(page, 'lock-another');
  await signIn(page, 'josiane');
  expect(page.url()).not.toContain(id);
  await openChart(page, id);
  await expect(page.getByLabel('Subjective')).toHaveValue('');
  await page.keyboard.type('Temperature 38.4');
  await fromMenu(page, nurse, 'Switch user');
  await expect(page.getByLabel('User name')).toBeFocused();
  const waiting = page.getByRole('region', { name: 'Locked here, to go on with' });
  await waiting.getByRole('button', { name: doctor }).click();
  await unlock(page, 'Password', 'uwase-demo');
  // Where she was, with what she had written.
  await expect(page.getByLabel('Subjective')).toHaveValue('Fever since Monday');
  expect(page.url()).toContain(id);

  await page.getByRole('button', { name: 'Add an alert' }).click();
  const alert = page.getByRole('dialog').getByLabel('Alert', { exact: true });
  await alert.fill('Wears a pacemaker');
  await app.main.ask('power', { what: 'suspend' });
  await expect(page.getByText(/^Locked since .*, with the computer/)).toBeVisible();
  expect(await page.content()).not.toContain('pacemaker');
  await unlock(page, 'PIN', pin);
  await expect(page.getByLabel('Subjective')).toHaveValue('Fever since Monday');
  // What no file keeps is in the page's memory, for its person.
  await page.getByRole('button', { name: 'Add an alert' }).click();
  await expect(alert).toHaveValue('Wears a pacemaker');
  await press(page, 'Escape', 'Control+k');
  await page.keyboard.type(names.family);
  await page
    .getByRole('option', { name: new RegExp(names.family) })
    .first()
    .waitFor();
  await press(page, 'Control+Shift+L');
  await unlock(page, 'PIN', pin);
  await expect(page.getByRole('option')).toHaveCount(0);
  await fromMenu(page, doctor, 'Sign out');
  // The nurse has not signed out.
  await expect(page.getByRole('heading', { name: nurse })).toBeVisible();
  await unlock(page, 'PIN', pin);
  await expect(page.getByLabel('Subjective')).toHaveValue('Temperature 38.4');
});
