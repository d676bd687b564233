import type { Page } from '@playwright/test';
import { addDays } from '#shared/kernel/calendar.ts';
import { runCentral } from '#tests/support/central-command.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, openDay } from '#tests/support/e2e-clinic.ts';
import { press, signOut, statusLine } from '#tests/support/e2e-journey.ts';
import { test as base, expect } from '#tests/support/e2e-test.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';

/** A centre with nothing in it but its schema. */
const test = base.extend<{ readonly centre: FreshCentre }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  centre: async ({}, use) => {
    const centre = await freshCentre();
    await use(centre);
    await centre.drop();
  },
});

const phrase = 'seven lamps carry the mountain';
const oneTimeCode = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/;
const enrolmentCode = /CH1\.[\w-]+\.[\w-]{8}/;

/** What `npm run central -- …` printed that looks like this. */
const fromCentral = async (
  centre: FreshCentre,
  wanted: RegExp,
  ...args: readonly string[]
): Promise<string> => {
  const { out, err } = await runCentral([...args, '--url', centre.url]);
  const found = wanted.exec(out)?.[0];
  if (found === undefined) throw new Error(`${args[0]} printed ${out}${err}`);
  return found;
};

/** Comes in with a one-time code as somebody does on the first day. */
const begin = async (page: Page, username: string, code: string, pin: string | null): Promise<void> => {
  await page.getByRole('button', { name: 'I have a code' }).click();
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('One-time code').fill(code);
  await press(page, 'Enter');
  await page.getByLabel('New password', { exact: true }).fill(phrase);
  await page.getByLabel('The same password again').fill(phrase);
  if (pin !== null) {
    await page.getByLabel(/^New PIN/).fill(pin);
    await page.getByLabel('The same PIN again').fill(pin);
  }
  await press(page, 'Enter');
  await page.getByRole('button', { name: /^Your account/ }).waitFor();
};

/** Goes where the overview of a clinic that is not set up yet leads next. */
const goOn = async (page: Page, step: string): Promise<void> => {
  await press(page, 'g', 'v');
  const steps = page.getByRole('region', { name: 'Setting up the clinic' });
  await expect(steps.getByRole('listitem').filter({ hasText: 'Next' })).toContainText(step);
  await steps.getByRole('link', { name: 'Next' }).click();
  await expect(steps).toBeHidden();
};

/** Opens the form of a new one, which every screen has under one key. */
const openNew = async (page: Page, name: string) => {
  await press(page, 'n');
  const sheet = page.getByRole('dialog', { name });
  await sheet.waitFor();
  return sheet;
};

const invite = async (page: Page, who: { name: string; username: string; role: string; as?: string }) => {
  const sheet = await openNew(page, 'New user');
  await sheet.getByLabel('Name', { exact: true }).fill(who.name);
  await sheet.getByLabel('User name', { exact: true }).fill(who.username);
  await sheet.getByLabel('Role').selectOption({ label: who.role });
  if (who.as) await sheet.getByLabel('Practitioner').selectOption({ label: who.as });
  await press(page, 'Control+Enter');
  const slip = page.getByRole('dialog', { name: 'One-time code' });
  await expect(slip).toContainText(who.name);
  const code = oneTimeCode.exec((await slip.textContent()) ?? '')?.[0] ?? '';
  await slip.getByRole('button', { name: 'Done' }).click();
  await expect(slip).toBeHidden();
  return code;
};

const doctor = 'Dr Grace Okello';

test('on her first day an administrator makes a working clinic of an empty centre, with two workstations', async ({
  centre,
  launch,
  folder,
}) => {
  const first = await fromCentral(
    centre,
    oneTimeCode,
    'first-admin',
    '--username',
    'aline',
    '--name',
    'Aline Uwase',
  );
  const code = await fromCentral(centre, enrolmentCode, 'enrol', '--name', 'Office');
  const office = await launch({ data: `${folder}/office`, centre: null, args: ['--enrol', code] });
  const { page } = office;
  await begin(page, 'aline', first, null);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await page.getByRole('region', { name: 'Setting up the clinic' }).waitFor();
  await expectAccessible(page, 'overview-empty');

  await goOn(page, 'Add the site');
  let sheet = await openNew(page, 'Add site');
  await sheet.getByRole('textbox', { name: 'Name' }).fill('Gasabo');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Added Gasabo');

  await goOn(page, 'Add its rooms');
  await page.getByRole('row', { name: 'Gasabo' }).waitFor();
  await press(page, 'r');
  await page.getByRole('dialog', { name: 'Add room' }).getByRole('textbox', { name: 'Name' }).fill('Room 1');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('row', { name: 'Room 1' })).toBeVisible();

  await goOn(page, 'Add a doctor');
  sheet = await openNew(page, 'Add doctor');
  await sheet.getByRole('textbox', { name: 'Given names' }).fill('Grace');
  await sheet.getByRole('textbox', { name: 'Family name' }).fill('Okello');
  await sheet.getByRole('combobox', { name: 'Speciality' }).fill('General practice');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('row', { name: doctor })).toContainText('No hours yet');

  const { date: today } = await callFrom(page, 'overview.today', {});
  const tomorrow = addDays(today, 1);
  const weekday = new Date(`${tomorrow}T00:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  });
  await goOn(page, 'Set weekly hours');
  sheet = await openNew(page, 'Add hours');
  for (const [field, choice] of [
    ['Doctor', /Grace Okello/],
    ['Site', 'Gasabo'],
    ['Weekday', weekday],
  ] as const) {
    await sheet.getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: choice }).click();
  }
  await sheet.getByLabel('From', { exact: true }).fill('08:00');
  await sheet.getByLabel('To', { exact: true }).fill('12:00');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('row', { name: /Grace Okello/ })).toContainText('08:00–12:00');

  await goOn(page, 'Add a visit type');
  sheet = await openNew(page, 'Add visit type');
  await sheet.getByLabel('Name', { exact: true }).fill('Consultation');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('row', { name: /Consultation/ })).toBeVisible();

  await goOn(page, 'Set up the other workstations');
  sheet = await openNew(page, 'New workstation');
  await expect(sheet.getByLabel('Where it stands')).toHaveValue(/./);
  await press(page, 'Control+Enter');
  await expect(sheet.getByText('Fill this in.')).toBeVisible();
  await sheet.getByLabel('Name', { exact: true }).fill('Reception');
  await expectAccessible(page, 'workstation-new');
  await press(page, 'Control+Enter');
  const slip = page.getByRole('dialog', { name: 'Code for the new workstation' });
  await expect(slip).toContainText('It is shown only now');
  const second = enrolmentCode.exec((await slip.textContent()) ?? '')?.[0] ?? '';
  await expectAccessible(page, 'workstation-code');
  await slip.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row', { name: /Reception/ })).toContainText('Code not used yet');

  await goOn(page, 'Invite who works here');
  const forDesk = await invite(page, { name: 'Claudine Mukamana', username: 'claudine', role: 'Reception' });
  const forDoctor = await invite(page, {
    name: 'Grace Okello',
    username: 'grace',
    role: 'Doctor',
    as: doctor,
  });
  await press(page, 'g', 'v');
  await expect(page.getByRole('table', { name: 'Doctors today' })).toBeVisible();
  await expect(page.getByText(/^New in the last 7 days: Reception \(Aline Uwase\)/)).toBeVisible();
  await signOut(page);

  const reception = await launch({ data: `${folder}/reception`, centre: null, args: ['--enrol', second] });
  const desk = reception.page;
  await begin(desk, 'claudine', forDesk, null);
  await desk.getByRole('link', { name: /^Patients/ }).click();
  await desk.getByRole('button', { name: 'Register patient' }).first().click();
  const registering = desk.getByRole('dialog', { name: 'Register patient' });
  await registering.getByLabel('Family name').fill('Habimana');
  await registering.getByLabel('Given names').fill('Jean');
  await registering.getByRole('radio', { name: 'Male', exact: true }).check();
  await registering.getByLabel('Date of birth').fill('1980-04-12');
  await registering.getByRole('button', { name: 'Register patient' }).click();
  await expect(statusLine(desk)).toContainText('Registered');

  await openDay(desk, tomorrow);
  await desk.getByRole('gridcell', { name: `09:00, ${doctor}, free` }).dblclick();
  const booking = desk.getByRole('dialog', { name: 'Book' });
  await booking.getByLabel('Patient').first().fill('Habimana');
  await booking
    .getByRole('option', { name: /Habimana/ })
    .filter({ hasNotText: 'Register' })
    .click();
  await booking.getByLabel('Ask the doctor first').check();
  await booking.getByRole('button', { name: /^Send the request/ }).click();
  await expect(statusLine(desk)).toContainText('Sent the request');

  await begin(page, 'grace', forDoctor, '4711');
  const request = page.getByRole('listbox', { name: 'My day' }).getByRole('option', { name: /Habimana/ });
  await request.click();
  await page.getByRole('button', { name: /^Accept/ }).click();
  await expect(statusLine(page)).toContainText('Accepted');
  await desk.getByRole('button', { name: /^Habimana/ }).click();
  await expect(desk.getByRole('dialog', { name: 'Appointment' })).toContainText('StatusBooked');
  expect(await centre.sql('select status, participant_status as answer from clinichub.appointment')).toEqual([
    { status: 'booked', answer: 'accepted' },
  ]);
});
