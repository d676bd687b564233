import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, clinicCentre, signIn } from '#tests/support/e2e-clinic.ts';
import { signOut } from '#tests/support/e2e-journey.ts';
import { expect, test } from '#tests/support/e2e-test.ts';

const email = 'aline@example.org';
const password = 'seven green kettles sing';

/** The code of the newest message in `folder`. */
const codeIn = async (folder: string, messages: number): Promise<string> => {
  let text = '';
  await expect
    .poll(async () => {
      const files = (await readdir(folder).catch(() => []))
        .filter((file) => file.endsWith('.eml'))
        .toSorted();
      if (files.length < messages) return false;
      text = await readFile(join(folder, files.at(-1) ?? ''), 'utf8');
      return true;
    })
    .toBe(true);
  return /^(\d{4} \d{4})\r?$/m.exec(text)?.[1] ?? '';
};

/** The scripts and styles that `page` has fetched: their names, and how many bytes they were on the way. */
const fetched = (page: Page) =>
  page.evaluate(() => {
    const files = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
      ({ name }) => /\.(js|css)$/.test(name),
    );
    return {
      names: files.map(({ name }) => name.replace(/^.*\/|-[^-]{8}\.\w+$/g, '')),
      bytes: files.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    };
  });

const type = async (page: Page, text: string) => {
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
};

test('a patient registers on a phone with a code by e-mail, links a record with a printed code, by keys, and comes back to where the session ended', async ({
  launch,
  folder,
}) => {
  const mail = join(folder, 'mail');
  const centre = await clinicCentre();
  const app = await launch({
    data: join(folder, 'host'),
    centre: await centre.enrol('Panel'),
    demo: true,
    args: ['--mail-folder', mail],
  });
  const { page } = app;
  await signIn(page, 'claudine');
  const [patient] = await centre.rows<{ id: string; family: string }>(
    'select id, family from clinichub.patient where merged_into is null order by id limit 1',
  );
  const { code } = await callFrom(page, 'panelDesk.makeCode', { patientId: (patient?.id ?? '') as never });
  await signOut(page);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${new URL(page.url()).origin}/panel`);
  await page.getByRole('link', { name: 'Register' }).waitFor();
  const first = await fetched(page);
  // A phone waits for it at every first visit: what is not needed at the door is fetched later.
  expect(first.bytes).toBeLessThan(185_000);
  expect(first.names).toContain('panel-english');
  expect(first.names).not.toContain('panel-french');
  await expectAccessible(page, 'panel-welcome');
  const lost: string[] = [];
  const lose = (address: string) =>
    page.route(address, (route) => {
      lost.push(address);
      return route.abort();
    });
  await lose('**/assets/panel-french*');
  await lose('**/rpc/app.info');
  await page.getByLabel('Language').selectOption('Français');
  await expect.poll(() => lost).toContain('**/rpc/app.info');
  await expect(page.getByLabel('Language')).toHaveValue('en');
  await page.unroute('**/rpc/app.info');
  await page.getByLabel('Language').selectOption('Français');
  const again = page.getByRole('button', { name: 'Réessayer' });
  await again.waitFor();
  await page.unroute('**/assets/panel-french*');
  await again.press('Enter');
  await expect(page.getByRole('link', { name: 'Créer un compte' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.getByLabel('Langue').selectOption('English');
  await page.getByRole('link', { name: 'Register' }).press('Enter');
  await page.getByLabel('Your name').focus();
  await type(page, 'Aline Keza');
  await type(page, email);
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Type the code' })).toBeVisible();
  await expectAccessible(page, 'panel-code');
  await expect(page.getByLabel('Code', { exact: true })).toBeFocused();
  await page.keyboard.type('0000 0000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('This is not the code');
  await page.getByLabel('Code', { exact: true }).fill(await codeIn(mail, 1));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation')).toBeVisible();

  await page.goto(`${page.url().split('#')[0]}#/code/${code}`);
  await page.getByRole('heading', { name: 'I have a code from reception' }).waitFor();
  await expectAccessible(page, 'panel-link-code');
  await page.getByRole('button', { name: 'Open' }).press('Enter');
  // Home, with whose record it is.
  await page.getByRole('heading', { name: patient?.family ?? '' }).waitFor();
  await page.goto(`${page.url().split('#')[0]}#/profile/record`);
  await expect(page.getByText(patient?.family ?? '', { exact: true })).toBeVisible();
  await page.getByLabel('Town').fill('Nowhere-sur-Lac');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await expectAccessible(page, 'panel-record');
  await page.goto(`${page.url().split('#')[0]}#/profile/history`);
  await expect(page.getByRole('listitem').filter({ hasText: 'town' })).toContainText('You');
  await expectAccessible(page, 'panel-history');

  // The account is closed to this session from elsewhere: another one ends them all.
  await centre.rows(
    `update clinichub.patient_account set sessions_ended_at = now() where email = '${email}' returning id`,
  );
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await expect(page.getByText('You were logged out after a while')).toBeVisible();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'What was changed' })).toBeVisible();

  // What did not come is asked for again; a session that the clinic could not be told to end is not called ended.
  await lose('**/assets/BillingScreen*');
  await page.getByRole('link', { name: 'Billing' }).press('Enter');
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  await page.unroute('**/assets/BillingScreen*');
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Billing' })).toBeVisible();
  await lose('**/rpc/panel.signOut');
  await page.getByRole('button', { name: 'Sign out' }).press('Enter');
  await expect(page.getByRole('alert')).toContainText('You are still signed in');
  await expectAccessible(page, 'panel-still-signed-in');
  await page.unroute('**/rpc/panel.signOut');
  await page.getByRole('button', { name: 'Sign out' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Your appointments with' })).toBeVisible();
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1360, height: 820 });
  await app.close();
  await centre.drop();
});
