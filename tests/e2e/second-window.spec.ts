import type { Locator, Page } from '@playwright/test';
import { callFrom, openDay, signIn } from '#tests/support/e2e-clinic.ts';
import { accentedPatient, press, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const doctor = 'Dr Aline Uwase';
const day = 86_400_000;

/** Books the first of two free times of one day; the second is later. */
const bookOne = async (page: Page, mrn: string) => {
  const [patient] = await callFrom(page, 'patients.search', { text: mrn, limit: 1 });
  const doctors = await callFrom(page, 'practitioners.list', {});
  const practitionerId = doctors.find(({ name }) => name === doctor)?.id;
  if (!patient || !practitionerId) throw new Error('nobody to book');
  const from = new Date(Date.now() + day).toISOString();
  const wish = { practitionerId, from, minutes: 15, limit: 8 };
  const slots = (await callFrom(page, 'appointments.freeSlots', wish)).filter(
    (slot) => slot.practitionerId === practitionerId,
  );
  const [first] = slots;
  // The next one: both times must be in view.
  const later = slots
    .slice(1)
    .find(({ startLocal }) => startLocal.startsWith(first?.startLocal.slice(0, 10) ?? '-'));
  if (!first || !later) throw new Error('nothing to drag to');
  const { locationId, startLocal, minutes } = first;
  await callFrom(page, 'appointments.book', {
    patientId: patient.id,
    practitionerId,
    locationId,
    startLocal,
    minutes,
  });
  return {
    patient,
    date: startLocal.slice(0, 10),
    from: startLocal.slice(11),
    to: later.startLocal.slice(11),
  };
};

/** Away from the edges, where dragging scrolls. */
const drag = async (page: Page, block: Locator, cell: Locator): Promise<void> => {
  await cell.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const [at, target] = [await block.boundingBox(), await cell.boundingBox()];
  if (at === null || target === null) throw new Error('the board does not show both times');
  await page.mouse.move(at.x + 30, at.y + 4);
  await page.mouse.down();
  await page.mouse.move(target.x + 30, target.y + 5, { steps: 6 });
  await page.mouse.up();
};

test('a second window sees what is dragged in the first, and neither shows anything after signing out', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  // A hand at the page keeps the session from being locked.
  const told = app.backend === 'headless' ? page.waitForRequest(/\/rpc\/session\.active$/) : null;
  await signIn(page, 'claudine');
  const { patient, date, from, to } = await bookOne(page, (await accentedPatient(centre)).mrn);
  const block = (on: Page, time: string) =>
    on.getByRole('button', { name: new RegExp(`^${patient.family} ${patient.given}, ${time}`) });
  await openDay(page, date);
  const opening = page.context().waitForEvent('page');
  await press(page, 'Shift+O');
  const second = await opening;
  await told;
  await expect(block(second, from)).toBeVisible();

  await drag(page, block(page, from), page.getByRole('gridcell', { name: `${to}, ${doctor}, free` }));
  await expect(block(second, to)).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('Moved');
  await expect(second.getByRole('contentinfo')).not.toContainText('Moved');

  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  if (app.backend === 'headless') {
    // A browser keeps its tabs: they follow who signs in at one of them.
    await expect(second.getByLabel('User name')).toBeVisible();
    await signIn(page, 'uwase');
    await expect(second.getByRole('button', { name: /^Your account: Dr Aline Uwase/ })).toBeVisible();
    await second.close();
  } else await expect.poll(() => second.isClosed()).toBe(true);
});
