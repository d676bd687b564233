import type { Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, signIn, untilConnection } from '#tests/support/e2e-clinic.ts';
import { press, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

/** Whether the workstation holds the whole clinic; makes it ask the centre. */
const wholeClinic = (page: Page) => async (): Promise<boolean> => {
  await callFrom(page, 'sync.retry', {});
  return (await callFrom(page, 'app.info', {})).wholeClinic;
};

test('a workstation of one site asks the centre for a patient of another and brings the chart here', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  // The front desk is narrowed to its own site while it is at work.
  const [other] = await centre.rows<{ id: string; mrn: string; name: string; site: string }>(
    `with home as (select id from clinichub.location where kind = 'site' order by name limit 1)
     select p.id, p.mrn, p.family || ' ' || p.given as name, l.name as site from clinichub.patient p
     join clinichub.location l on l.id = p.location_id
     where p.location_id <> (select id from home) and not exists (
       select from clinichub.appointment a where a.patient_id = p.id and a.location_id = (select id from home))
     order by p.mrn limit 1`,
  );
  if (other === undefined) throw new Error('every patient is known at the first site');
  await centre.rows(
    `update clinichub.sync_device set scope = 'site', role = 'whole',
       location_id = (select id from clinichub.location where kind = 'site' order by name limit 1)`,
  );
  try {
    await signIn(page, 'claudine');
    await page.getByRole('link', { name: /^Patients/ }).click();
    await page.getByRole('button', { name: 'Register patient' }).first().click();
    const given = page.getByRole('dialog', { name: 'Register patient' }).getByLabel('Given names');
    await given.fill('Half typed');
    await expect.poll(wholeClinic(page)).toBe(false);
    await untilConnection(page, 'live');
    // The copy was made anew under the desk's hands.
    await expect(given).toHaveValue('Half typed');
    await expect(given).toBeFocused();
    await given.fill('');
    await press(page, 'Escape');
    await expect(given).toBeHidden();
    await page.reload();
    const search = page.getByRole('textbox', { name: 'Find a patient' });
    await search.fill('1 Jan');
    const everywhere = page.getByRole('region', { name: 'At all sites' });
    await everywhere.getByRole('button', { name: 'Look at all sites' }).click();
    await expect(everywhere).toContainText('Type the record number, or the whole date of birth and a name.');

    await search.fill(other.mrn);
    await expect(page.getByText(`Nobody found for "${other.mrn}".`)).toBeVisible();
    await expectAccessible(page, 'nobody at this site');
    await press(page, 'Escape', 'w');
    await expect(everywhere.getByRole('listitem')).toContainText(`Registered at ${other.site}`);
    await expectAccessible(page, 'found at another site');
    await everywhere.getByRole('button', { name: `Bring here: ${other.name}` }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(other.name);

    await page.goto(`${new URL(page.url()).origin}/#/patients`);
    await search.fill(other.mrn);
    await expect(page.getByRole('row').filter({ hasText: other.mrn })).toBeVisible();
  } finally {
    await centre.rows(`update clinichub.sync_device set scope = 'clinic', location_id = null`);
    // The copy is made anew; whoever comes next finds the desk at work again.
    await expect.poll(wholeClinic(page), { timeout: 30_000 }).toBe(true);
    await untilConnection(page, 'live');
  }
});
