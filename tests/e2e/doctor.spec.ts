import type { Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, callFrom, clinicToday, openDay, signIn } from '#tests/support/e2e-clinic.ts';
import { press, signInByKeys, signOut, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

/** The requests a doctor has before them, in the order of the list. */
const requests = async (page: Page, date: string) =>
  (await callFrom(page, 'appointments.myDay', { date })).requests;

/** What the centre has of an appointment: its status, the doctor's answer and the time offered instead. */
const atCentre = (centre: ClinicCentre, id: string) => async () => {
  const [row] = await centre.rows<{ answer: string }>(
    `select concat_ws(' ', status, participant_status, cancel_reason, case when proposed_start_at is not null then 'offer' end)
     as answer from clinichub.appointment where id = $1`,
    [id],
  );
  return row?.answer;
};

test('a doctor, by mouse: accept, reject with a reason, propose another time, open the patient; the desk sees it', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'uwase');
  const [accepted, rejected, proposed] = await requests(page, clinicToday());
  if (!accepted || !rejected || !proposed) throw new Error('fewer than three requests wait');
  const list = page.getByRole('listbox', { name: 'My day' });
  await expectAccessible(page, 'my day');

  await list.getByRole('option').filter({ hasText: accepted.patientName }).first().click();
  await page.getByRole('button', { name: /^Accept/ }).click();
  await expect(statusLine(page)).toContainText(`Accepted ${accepted.patientName}`);

  await list.getByRole('option').filter({ hasText: rejected.patientName }).first().click();
  await page.getByRole('button', { name: /^Reject/ }).click();
  const sheet = page.getByRole('dialog');
  await expectAccessible(page, 'reject');
  await sheet.getByRole('textbox', { name: 'Reason for the desk' }).fill('Needs a cardiologist');
  await sheet.getByRole('button', { name: /^Reject/ }).click();
  await expect(statusLine(page)).toContainText(`Rejected the request of ${rejected.patientName}`);

  await list.getByRole('option').filter({ hasText: proposed.patientName }).first().click();
  await page.getByRole('button', { name: /^Propose another time/ }).click();
  await expectAccessible(page, 'propose');
  await sheet.getByRole('region', { name: 'Your next free times' }).getByRole('button').first().click();
  await expect(statusLine(page)).toContainText(`to ${proposed.patientName}`);

  await expect.poll(atCentre(centre, accepted.id)).toBe('booked accepted');
  await expect.poll(atCentre(centre, rejected.id)).toBe('proposed declined Needs a cardiologist');
  await expect.poll(atCentre(centre, proposed.id)).toBe('proposed tentative offer');

  await page.getByRole('button', { name: /^Open chart/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page, 'chart of a doctor');

  await signOut(page);
  await signIn(page, 'claudine');
  for (const [one, words] of [
    [accepted, 'StatusBooked'],
    [rejected, 'Needs a cardiologist'],
    [proposed, 'Offered instead'],
  ] as const) {
    await openDay(page, one.startLocal.slice(0, 10));
    await page
      .getByRole('button', { name: new RegExp(`^${one.patientName}, `) })
      .first()
      .click();
    await expect(page.getByRole('dialog', { name: 'Appointment' })).toContainText(words);
    await page.keyboard.press('Escape');
  }
});

test('a doctor, by keys alone', async ({ desk: { app, centre } }) => {
  const { page } = app;
  await signInByKeys(page, 'habimana');
  const [accepted, rejected, proposed] = await requests(page, clinicToday());
  if (!accepted || !rejected || !proposed) throw new Error('fewer than three requests wait');
  const chosen = page.getByRole('option', { selected: true });
  await expect(chosen).toContainText(accepted.patientName);

  await press(page, 'a');
  await expect(statusLine(page)).toContainText(`Accepted ${accepted.patientName}`);
  await expect(chosen).toContainText(rejected.patientName);
  await expect(chosen).toBeFocused();

  await press(page, 'r');
  await expect(page.getByRole('textbox', { name: 'Reason for the desk' })).toBeFocused();
  await page.keyboard.type('Needs a cardiologist');
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText(`Rejected the request of ${rejected.patientName}`);
  await expect(chosen).toContainText(proposed.patientName);

  const { practitionerId, minutes } = proposed;
  const from = new Date().toISOString();
  const slots = await callFrom(page, 'appointments.freeSlots', { practitionerId, from, minutes, limit: 20 });
  const free = slots.find((slot) => slot.practitionerId === practitionerId);
  if (free === undefined) throw new Error('no free time to offer');
  await press(page, 'p');
  await expect(page.getByRole('textbox', { name: 'Time' })).toBeFocused();
  await press(page, 'Shift+Tab', 'Shift+Tab', 'ControlOrMeta+a');
  await page.keyboard.type(free.startLocal.slice(0, 10));
  await press(page, 'Tab', 'Tab');
  await page.keyboard.type(free.startLocal.slice(11));
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText(`to ${proposed.patientName}`);

  await expect.poll(atCentre(centre, accepted.id)).toBe('booked accepted');
  await expect.poll(atCentre(centre, rejected.id)).toBe('proposed declined Needs a cardiologist');
  await expect.poll(atCentre(centre, proposed.id)).toBe('proposed tentative offer');

  await press(page, 'ArrowDown', 'o');
  await expect(page).toHaveURL(/#\/patients\//);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
