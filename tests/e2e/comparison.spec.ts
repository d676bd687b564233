import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { pill, signIn, untilConnection } from '#tests/support/e2e-clinic.ts';
import { press, signInByKeys, tabTo, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const panel = (page: Page): Locator => page.getByRole('dialog', { name: 'Connection to the centre' });

test('the copy is compared with the centre when an administrator asks, and what was put right is said', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signInByKeys(page, 'patrick');
  await untilConnection(page, 'live');
  // Past the triggers, so that nobody is told: this workstation's copy is now another than the centre.
  await centre.rows(
    `do $$ begin
      set local session_replication_role = replica;
      update clinichub.patient set city = 'Elsewhere' where id = (select id from clinichub.patient order by id limit 1);
    end $$`,
  );
  await tabTo(page, pill(page));
  await press(page, 'Enter');
  await tabTo(page, panel(page).getByRole('button', { name: 'Compare now' }));
  await press(page, 'Enter');
  await expect(panel(page)).toContainText(/1 row put right on .*: patients 1/);
  await expect(panel(page).getByRole('button', { name: 'Compare now' })).toBeFocused();
  await expect(panel(page)).toContainText(/Compared with the centre.*\d/);
  await expectAccessible(page, 'compared');
  const events = await centre.rows(`select from clinichub.audit_event where event = 'sync.repair'`);
  expect(events).toHaveLength(1);
});

test('reception sees until when the copy was compared, and has no button for it', async ({
  desk: { app },
}) => {
  const { page } = app;
  await signIn(page, 'claudine');
  await pill(page).click();
  await expect(panel(page)).toContainText('Compared with the centre');
  await expect(panel(page).getByRole('button', { name: 'Compare now' })).toHaveCount(0);
});
