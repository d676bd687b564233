import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, callFrom, clinicToday, openDay, signIn } from '#tests/support/e2e-clinic.ts';
import { backOnline, press, signInByKeys, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

interface Somebody {
  readonly id: string;
  readonly mrn: string;
  readonly name: string;
}

/** Somebody with nothing booked on these days, the only one of that name, with a record number that nobody has spoilt. */
const idle = async (centre: ClinicCentre, at = 0): Promise<Somebody> => {
  const found = await centre.rows<Somebody>(
    `select p.id, p.mrn, p.family || ' ' || p.given as name from clinichub.patient p
     where p.deceased_date is null and p.merged_into is null and p.mrn like '___-______-_'
       and not exists (select from clinichub.patient o where o.family = p.family and o.given = p.given and o.id <> p.id)
       and not exists (select from clinichub.appointment a where a.patient_id = p.id and a.start_at > now() - interval '2 days')
     order by p.id offset $1 limit 1`,
    [at],
  );
  const [patient] = found;
  if (patient === undefined) throw new Error('everybody has an appointment');
  return patient;
};

/** Somebody booked today who has not come, with the doctor and the time as the board names them. */
const expected = async (centre: ClinicCentre): Promise<Somebody & { readonly time: string }> => {
  const found = await centre.rows<Somebody & { time: string }>(
    `select p.id, p.mrn, p.family || ' ' || p.given as name, substr(a.start_local, 12, 5) as time
     from clinichub.appointment a join clinichub.patient p on p.id = a.patient_id
     where a.status = 'booked' and left(a.start_local, 10) = $1 and a.end_at - a.start_at >= interval '15 minutes'
     order by a.start_at desc, a.id limit 1`,
    [clinicToday()],
  );
  const [patient] = found;
  if (patient === undefined) throw new Error('nobody is booked today');
  return patient;
};

/** Where the centre has the visit of a patient today. */
const atCentre =
  (centre: ClinicCentre, { id }: Somebody) =>
  async () => {
    const rows = await centre.rows<{ at: string }>(
      `select status || ' ' || coalesce(stage, '-') as at from clinichub.appointment
     where patient_id = $1 and left(start_local, 10) = $2 and voided_at is null`,
      [id, clinicToday()],
    );
    return rows.map(({ at }) => at);
  };

const row = (page: Page, { name }: Somebody): Locator =>
  page.getByRole('grid', { name: 'Queue' }).getByRole('row').filter({ hasText: name });

/** Goes down the queue until the row is the chosen one. */
const goTo = async (page: Page, target: Locator): Promise<void> => {
  // Rows that arrive meanwhile may take the keys' place in the list along: then it is gone through once more.
  await expect(async () => {
    await press(page, 'Home');
    for (let steps = 0; steps < 40; steps += 1) {
      if ((await target.getAttribute('aria-selected')) === 'true') return;
      await page.keyboard.press('ArrowDown');
    }
    expect(await target.getAttribute('aria-selected')).toBe('true');
  }).toPass({ timeout: 15_000 });
};

/** Gives a ticket with nothing but keys, and tells its number. */
const walkIn = async (page: Page, patient: Somebody): Promise<string> => {
  await press(page, 'w');
  const sheet = page.getByRole('dialog', { name: 'Walk-in' });
  await expect(sheet.getByLabel('Patient').first()).toBeFocused();
  await page.keyboard.type(patient.mrn);
  const found = sheet.getByRole('option').filter({ hasText: patient.mrn }).filter({ hasNotText: 'Register' });
  await expect(found).toHaveAttribute('aria-selected', 'true');
  await press(page, 'Enter');
  await expect(sheet.getByLabel('Reason')).toBeFocused();
  await page.keyboard.type('Fever');
  await press(page, 'Enter');
  await expect(sheet).toBeHidden();
  // The keys are about a row again, whatever had the focus before.
  await expect(
    page.getByRole('grid', { name: 'Queue' }).getByRole('row').and(page.locator(':focus')),
  ).toBeVisible();
  await expect(statusLine(page)).toContainText(`: ${patient.name}`);
  const ticket = /Ticket ([A-Z]+\d\d)/.exec((await statusLine(page).textContent()) ?? '')?.[1];
  expect(ticket).toBeTruthy();
  return ticket ?? '';
};

test('a walk-in from the ticket to the end, by keyboard, with steps taken back', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signInByKeys(page, 'claudine');
  const patient = await idle(centre);
  await press(page, 'g', 'q');
  await page.getByRole('grid', { name: 'Queue' }).getByRole('row').nth(2).waitFor();
  await expectAccessible(page, 'queue');
  const ticket = await walkIn(page, patient);
  const line = row(page, patient);
  await expect(line).toContainText(ticket);
  await expect(line).toContainText('Arrived');
  await expect.poll(atCentre(centre, patient)).toEqual(['arrived arrived']);

  // Keys that come faster than the screen is drawn all count.
  const rows = page.getByRole('grid', { name: 'Queue' }).getByRole('row');
  await goTo(page, rows.nth(1));
  await page.evaluate(() => {
    Object.assign(globalThis, { drawn: globalThis.requestAnimationFrame, requestAnimationFrame: () => 0 });
  });
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowUp');
  await page.evaluate(() => {
    Object.assign(globalThis, { requestAnimationFrame: Reflect.get(globalThis, 'drawn') });
  });
  await expect(rows.nth(2)).toBeFocused();
  await goTo(page, line);
  await press(page, 'c');
  await expect(line).toContainText('Checked in');
  await press(page, 'u');
  await expect(line).toContainText('Arrived');
  await press(page, 'c');
  await expect(line).toContainText('Checked in');
  await press(page, 'p');
  await expect(line).toContainText('Urgent');
  await press(page, 'v');
  await expect(line).toContainText('With nurse');
  await press(page, 'q');
  await expect(line).toContainText('Waiting for doctor');
  await press(page, 'l');
  await expect(line).toContainText('With doctor');
  await expect(statusLine(page)).toContainText(`number ${ticket}`);
  await press(page, 'k');
  await expect(line).toContainText('At checkout');
  await expect.poll(atCentre(centre, patient)).toEqual(['fulfilled checkout']);
  await press(page, 'k');
  await expect(line).toBeHidden();
  await expect.poll(atCentre(centre, patient)).toEqual(['fulfilled done']);
  await press(page, 'ControlOrMeta+z');
  await expect(line).toContainText('At checkout');
  await press(page, 'w');
  await page.getByRole('dialog', { name: 'Walk-in' }).waitFor();
  await expectAccessible(page, 'walk-in');
});

test('on the day board: arrive, check in, call, checkout by key and by mouse', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signIn(page, 'claudine');
  const patient = await expected(centre);
  await openDay(page, clinicToday());
  const block = page.getByRole('button', { name: new RegExp(`^${patient.name}, ${patient.time}`) });
  await block.evaluate((element) => element.focus());
  await press(page, 'a');
  await expect(block).toHaveAccessibleName(/Arrived, just now/);
  await expect.poll(atCentre(centre, patient)).toEqual(['arrived arrived']);
  await press(page, 'ControlOrMeta+z');
  await expect(block).toHaveAccessibleName(/Booked|Late/);
  await expect.poll(atCentre(centre, patient)).toEqual(['booked -']);

  await block.click();
  const sheet = page.getByRole('dialog', { name: 'Appointment' });
  const course = sheet.getByRole('region', { name: 'Visit' });
  for (const [step, state] of [
    ['Arrived', 'Arrived'],
    ['Check in', 'Checked in'],
    ['Call in', 'With doctor'],
    ['Checkout', 'At checkout'],
  ] as const) {
    const buttons = course.getByRole('button', { name: step });
    await buttons.first().click();
    // The buttons of the next steps stand in the places of these: until then a click would be another step.
    await expect(buttons).toHaveCount(0);
    await expect(course).toContainText(state);
    await expect(block).toHaveAccessibleName(new RegExp(state));
  }
  await expectAccessible(page, 'day with a visit');
  await expect.poll(atCentre(centre, patient)).toEqual(['fulfilled checkout']);
  await block.evaluate((element) => element.focus());
  await press(page, 'Escape');
  await press(page, 'a');
  await expect(statusLine(page)).toContainText('not possible now');
});

test('without the centre: a ticket, steps and an undo, which the centre has afterwards', async ({
  desk: { app, centre, wire },
}) => {
  const { page } = app;
  await signIn(page, 'claudine');
  const patient = await idle(centre, 1);
  await press(page, 'g', 'q');
  const connection = async () => (await callFrom(page, 'sync.status', {})).connection;
  await expect.poll(connection).toBe('live');
  wire.cut();
  await expect.poll(connection).toBe('offline');
  await walkIn(page, patient);
  const line = row(page, patient);
  await goTo(page, line);
  await press(page, 'c');
  await expect(line).toContainText('Checked in');
  await press(page, 'l');
  await expect(line).toContainText('With doctor');
  await press(page, 'u');
  await expect(line).toContainText('Checked in');
  await press(page, 'r');
  await expect(statusLine(page)).toContainText('end of the queue');
  expect(await atCentre(centre, patient)()).toEqual([]);
  await backOnline(page, wire);
  await expect.poll(atCentre(centre, patient)).toEqual(['checked-in checked-in']);
});

test('the waiting room shows numbers and no name, says since when it is alone, and Esc leaves it', async ({
  desk: { app, centre, wire },
}) => {
  const { page } = app;
  await signIn(page, 'claudine');
  await press(page, 'g', 'q');
  const [waits, called] = [await idle(centre, 2), await idle(centre, 3)];
  const first = await walkIn(page, waits);
  // As when the sheet is opened before the queue is there.
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  const second = await walkIn(page, called);
  const line = row(page, called);
  await goTo(page, line);
  await press(page, 'l');
  await expect(line).toContainText('With doctor');

  const opening = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Waiting-room screen' }).click();
  const room = await opening;
  const calls = room.getByRole('region', { name: 'Please come in' });
  await expect(calls).toContainText(second);
  await expect(calls).toContainText('Room');
  await expect(room.getByRole('region', { name: 'Next' })).toContainText(first);
  await expect(room.getByRole('navigation')).toHaveCount(0);
  await expectAccessible(room, 'waiting room');
  // What is read and what is read out; the names of files beside it are nobody's.
  const shown = `${await room.title()} ${await room.locator('main').textContent()} ${await room.locator('body').ariaSnapshot()}`;
  const told = JSON.stringify(await callFrom(room, 'visits.board', {}));
  const people = await centre.rows<{ family: string; given: string; mrn: string }>(
    `select p.family, p.given, p.mrn from clinichub.appointment a join clinichub.patient p on p.id = a.patient_id
     where left(a.start_local, 10) = $1`,
    [clinicToday()],
  );
  expect(people.length).toBeGreaterThan(10);
  for (const { family, given, mrn } of people)
    for (const text of [family, given, mrn]) {
      expect(told).not.toContain(text);
      expect(shown).not.toContain(text);
    }

  wire.cut();
  await expect(room.getByRole('status')).toContainText('As of');
  await expect(calls).toContainText(second);
  await backOnline(room, wire);
  await expect(room.getByRole('status')).toBeHidden();
  await press(room, 'Escape');
  if (app.backend === 'headless') {
    await expect(room.getByRole('grid', { name: 'Queue' })).toBeVisible();
    await room.close();
  } else await expect.poll(() => room.isClosed()).toBe(true);
  await expect(page.getByRole('grid', { name: 'Queue' })).toBeVisible();
});

test('a doctor sees who waits and calls the next by one key', async ({ desk: { app, centre } }) => {
  const { page } = app;
  await signIn(page, 'claudine');
  await press(page, 'g', 'q');
  const patient = await idle(centre, 4);
  const [doctor] = (await callFrom(page, 'practitioners.list', {})).filter(
    ({ name }) => name === 'Dr Aline Uwase',
  );
  const locationId = doctor?.locationIds[0];
  if (!doctor || !locationId) throw new Error('the doctor works nowhere');
  await callFrom(page, 'visits.walkIn', {
    patientId: patient.id as never,
    practitionerId: doctor.id,
    locationId,
    priority: 'stat',
  });
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, 'uwase');
  const strip = page.getByRole('region', { name: 'Waiting for you' });
  await expect(strip.getByRole('listitem').first()).toContainText(patient.name);
  await expect(strip.getByRole('listitem').first()).toContainText('Emergency');
  await expectAccessible(page, 'my day with who waits');
  await press(page, 'l');
  await expect(statusLine(page)).toContainText(`Called ${patient.name}`);
  await expect(page).toHaveURL(/\/chart$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(patient.name);
  await expect.poll(atCentre(centre, patient)).toEqual(['checked-in with-doctor']);
});
