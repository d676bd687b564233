import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, signIn, untilConnection } from '#tests/support/e2e-clinic.ts';
import { openSection, press, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

test('an administrator begins with how the clinic stands, goes to what is behind a figure, and is told when it is of this workstation alone', async ({
  desk: { app, wire },
}) => {
  const { page } = app;
  await signIn(page, 'patrick');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const doctors = page.getByRole('table', { name: 'Doctors today' });
  await expect(doctors.getByRole('row').nth(1)).toContainText('%');
  await expect(page.getByRole('table', { name: 'Missed and cancelled' })).toContainText('No-show');
  await expect(page.getByRole('table', { name: 'Workstations' })).toContainText('Front desk');
  await expectAccessible(page, 'overview');
  const { all } = await callFrom(page, 'overview.today', {});
  const here = page.getByRole('link', { name: /^In the clinic/ });
  await expect(here).toContainText(String(all.here));

  await here.click();
  await expect(page).toHaveURL(/#\/queue$/);
  await press(page, 'g', 'k');
  await expect(page.getByRole('navigation', { name: 'Sections of the clinic' })).toBeVisible();
  await press(page, 'g', 'v');
  await expect(doctors).toBeVisible();

  wire.cut();
  await untilConnection(page, 'offline');
  await expect(
    page.getByText(/what this workstation knows, without what other desks did since/),
  ).toBeVisible();
  await expectAccessible(page, 'overview-offline');
});

test('an administrator suspends a workstation and takes it back, and wipes one only with its name typed', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await centre.enrol('Second desk');
  await centre.sql(`update clinichub.sync_device set claimed_at = now() where name = 'Second desk'`);
  await signIn(page, 'patrick');
  await untilConnection(page, 'live');
  await openSection(page, 'Workstations');
  const row = page.getByRole('grid', { name: 'Workstations' }).getByRole('row', { name: /Second desk/ });
  await expect(page.getByText('you sit here')).toBeVisible();
  await expectAccessible(page, 'workstations');
  await row.dblclick();
  const sheet = page.getByRole('dialog', { name: 'Second desk' });
  await sheet.getByRole('button', { name: 'Suspend' }).click();
  await sheet.getByRole('button', { name: 'Suspend' }).click();
  await expect(row).toContainText('Suspended');
  await sheet.getByRole('button', { name: 'Resume' }).click();
  await sheet.getByRole('button', { name: 'Resume' }).click();
  await expect(row).not.toContainText('Suspended');

  await sheet.getByRole('button', { name: 'Wipe' }).click();
  await sheet.getByLabel('Type Second desk to go on').fill('Second');
  await sheet.getByRole('button', { name: 'Wipe' }).click();
  await expect(sheet.getByText(/^Type the name exactly/)).toBeVisible();
  await expectAccessible(page, 'workstation-wipe');
  await sheet.getByLabel('Type Second desk to go on').fill('Second desk');
  await sheet.getByRole('button', { name: 'Wipe' }).click();
  await expect(row).toContainText('To be wiped');
});
