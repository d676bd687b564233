import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeCode } from '#main/data/central/enrolment-code.ts';
import type { AppDriver } from '#tests/support/app-driver.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, clinicCentre, signIn, untilConnection } from '#tests/support/e2e-clinic.ts';
import { openSection } from '#tests/support/e2e-journey.ts';
import { test as base, expect } from '#tests/support/e2e-test.ts';
import { tcpProxy } from '#tests/support/tcp-proxy.ts';

/** A clinic of the test's own, with a cable to it that can be cut. */
const test = base.extend<{ readonly clinic: Awaited<ReturnType<typeof clinicOf>> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  clinic: async ({}, use) => {
    const clinic = await clinicOf();
    await use(clinic);
    await clinic.close();
  },
});

const clinicOf = async () => {
  const centre = await clinicCentre();
  const { hostname, port } = new URL(centre.url);
  const wire = await tcpProxy(hostname, Number(port));
  return {
    centre,
    wire,
    /** An enrolment code for a computer on the cable. */
    code: async (name: string) => writeCode(wire.url((await centre.enrolment(name)).url)),
    close: async () => {
      await wire.close();
      await centre.drop();
    },
  };
};

/** The start screen goes when the workstation's own window has come: the first page is another one then. */
const untilSignIn = async (app: AppDriver): Promise<Page> => {
  await expect.poll(() => app.page.url(), { timeout: 30_000 }).not.toContain('#/start');
  await app.page.getByLabel('User name').waitFor({ timeout: 30_000 });
  return app.page;
};

const shownKey = async (page: Page): Promise<string> =>
  (await page
    .getByText(/^([2-9A-Z]{6}-?){6}$/)
    .first()
    .textContent()) ?? '';

test('a computer is set up, keeps its recovery key, opens with it when its keyring has lost the key, and comes back on another one', async ({
  launch,
  folder,
  clinic: { centre, wire, code },
}) => {
  test.slow();
  const stick = join(folder, 'stick');
  await mkdir(stick);
  const env = { CLINICHUB_DOUBLE_CHOOSES: stick };
  const data = join(folder, 'a');
  const app = await launch({ data, centre: '', demo: true, env });
  const start = app.page;
  await expect(start.getByRole('heading', { name: 'Set up this workstation' })).toBeVisible();
  await expectAccessible(start, 'start-welcome');
  await start.getByLabel('Enrolment code').fill('CH1.half');
  await start.getByRole('button', { name: 'Set up' }).click();
  await expect(start.getByText(/The enrolment code is not whole/)).toBeVisible();
  await start.getByLabel('Enrolment code').fill(await code('Desk A'));
  await start.getByRole('button', { name: 'Set up' }).click();

  await expect(start.getByRole('heading', { name: 'Keep the recovery key' })).toBeVisible();
  const recoveryKey = await shownKey(start);
  await expectAccessible(start, 'start-keep');
  await start.getByLabel('Last group, from your paper').fill('AAAAAA');
  await start.getByRole('button', { name: 'I have kept it' }).click();
  await expect(start.getByText(/That is not the last group/)).toBeVisible();
  await start.getByLabel('Last group, from your paper').fill(recoveryKey.slice(-6).toLowerCase());
  await start.getByRole('button', { name: 'I have kept it' }).click();

  let page = await untilSignIn(app);
  await signIn(page, 'patrick');
  await untilConnection(page, 'live');
  await openSection(page, 'Workstations');
  await expect(page.getByText(/has no recovery key/)).toHaveCount(0);
  wire.cut();
  await untilConnection(page, 'offline');
  const details = { family: 'Zyphorelle', given: 'Anne', gender: 'female' as const, birthDate: '1980-04-05' };
  await callFrom(page, 'patients.register', details);
  await page.getByRole('button', { name: 'Protection', exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Choose a folder' }).click();
  await expect(sheet.getByText(stick)).toBeVisible();
  await sheet.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText('Backed up.')).toBeVisible();
  await expect(sheet.getByText('Has all of them')).toBeVisible();
  await expectAccessible(page, 'protection');

  await app.kill();
  await writeFile(join(data, 'secrets', 'database-key.sealed'), 'sealed by somebody else');
  await app.restart();
  page = app.page;
  await expect(page.getByRole('heading', { name: 'The key of the data cannot be read' })).toBeVisible();
  await expectAccessible(page, 'start-recover');
  const swapped = `${recoveryKey.slice(7, 13)}-${recoveryKey.slice(0, 6)}${recoveryKey.slice(13)}`;
  await page.getByLabel('Recovery key').fill(swapped);
  await page.getByRole('button', { name: 'Open the data' }).click();
  await expect(page.getByText(/Group 1 was not typed as it was printed/)).toBeVisible();
  await page.getByLabel('Recovery key').fill(recoveryKey);
  await page.getByRole('button', { name: 'Open the data' }).click();
  page = await untilSignIn(app);
  await signIn(page, 'patrick');
  expect(await callFrom(page, 'patients.search', { text: 'Zyphorelle' })).toHaveLength(1);
  await app.close();

  const other = await launch({ data: join(folder, 'b'), centre: '', demo: true, env });
  const again = other.page;
  await again.getByRole('button', { name: /was here before/ }).click();
  await again.getByRole('button', { name: 'Choose a folder' }).click();
  await expect(again.getByText(/^\d+ backups? in /)).toBeVisible();
  await again.getByLabel('Recovery key').fill(recoveryKey);
  await again.getByRole('button', { name: 'Show what it holds' }).click();
  await expect(again.getByText(/changes? not sent/).first()).toBeVisible();
  await expectAccessible(again, 'start-restore');
  await again.getByRole('button', { name: 'Restore this one' }).click();
  await expect(again.getByText(/The backup of Desk A of/)).toBeVisible();
  wire.restore();
  await again.getByLabel('Enrolment code').fill(await code('Desk B'));
  await again.getByRole('button', { name: 'Set up' }).click();
  await again.getByRole('button', { name: 'Not now' }).click();
  page = await untilSignIn(other);
  await expect
    .poll(() => centre.rows(`select family from clinichub.patient where family = 'Zyphorelle'`))
    .toHaveLength(1);
  await signIn(page, 'patrick');
  await expect(page.getByText(/has no recovery key/)).toBeVisible();
});

test('an administrator makes a new recovery key and changes the key of the data while the session goes on', async ({
  launch,
  folder,
  clinic: { centre },
}) => {
  const app = await launch({ data: folder, centre: await centre.enrol('Desk A'), demo: true });
  const { page } = app;
  await signIn(page, 'patrick');
  await untilConnection(page, 'live');
  await page.getByRole('link', { name: 'Look after it' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Make a recovery key' }).click();
  await sheet.getByRole('button', { name: 'Copy' }).click();
  await expect(sheet.getByText(/The recovery key is copied/)).toBeVisible();
  const first = await shownKey(page);
  await expectAccessible(page, 'recovery-key');
  await sheet.getByLabel('Last group, from your paper').fill(first.slice(-6));
  await page.keyboard.press('Enter');
  await expect(
    page.getByText('The recovery key is in force. No earlier one is of use any more.'),
  ).toBeVisible();
  await expect(page.getByText(/has no recovery key/)).toHaveCount(0);

  await sheet.getByRole('button', { name: 'Change the key' }).click();
  await expect(sheet.getByText(/The recovery key of before is of no use then/)).toBeVisible();
  await sheet.getByRole('button', { name: 'Change the key' }).click();
  await expect(page.getByText('Everything is encrypted with the new key.')).toBeVisible();
  expect(await shownKey(page)).not.toBe(first);
  expect((await callFrom(page, 'session.current', {}))?.role).toBe('admin');
  await untilConnection(page, 'live');
  await app.restart();
  await signIn(app.page, 'patrick');
});
