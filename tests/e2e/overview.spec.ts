import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, signIn, untilConnection } from '#tests/support/e2e-clinic.ts';
import { press, test } from '#tests/support/e2e-journey.ts';
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
