import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { Input } from '#shared/contract/contract.ts';
import { weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import type { LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { type AppDriver, launchApp } from '#tests/support/app-driver.ts';
import {
  type ClinicCentre,
  callFrom,
  clinicCentre,
  clinicToday,
  freeTimes,
  openDay,
  pill,
  signIn,
} from '#tests/support/e2e-clinic.ts';
import { backOnline, press, signInByKeys, statusLine, tabTo } from '#tests/support/e2e-journey.ts';
import { test as base, expect, expectQuiet } from '#tests/support/e2e-test.ts';
import { type TcpProxy, tcpProxy } from '#tests/support/tcp-proxy.ts';

/** A desk and its cable to the centre. */
interface Desk {
  readonly app: AppDriver;
  readonly wire: TcpProxy;
}

interface FrontDesk {
  readonly centre: ClinicCentre;
  readonly a: Desk;
  readonly b: Desk;
}

/** One clinic with two desks for all journeys: claudine works at A, eric at B. */
const test = base.extend<{ readonly desks: FrontDesk }, { readonly clinic: FrontDesk }>({
  clinic: [
    async ({ backend, browser }, use) => {
      const centre = await clinicCentre();
      const folder = await mkdtemp(join(tmpdir(), 'clinichub-front-desk-'));
      const { hostname, port } = new URL(centre.url);
      const desk = async (name: string): Promise<Desk> => {
        const wire = await tcpProxy(hostname, Number(port));
        const login = wire.url(await centre.enrol(name));
        return {
          wire,
          app: await launchApp(backend, browser, {
            data: join(folder, name),
            centre: login,
            name,
            demo: true,
          }),
        };
      };
      const [a, b] = [await desk('Desk A'), await desk('Desk B')];
      await signInByKeys(a.app.page, 'claudine');
      await signIn(b.app.page, 'eric');
      await use({ centre, a, b });
      for (const { app, wire } of [a, b]) {
        await app.close();
        await wire.close();
      }
      await centre.drop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker' },
  ],
  desks: async ({ clinic }, use, testInfo) => {
    await use(clinic);
    for (const { app } of [clinic.a, clinic.b]) {
      if (testInfo.status === testInfo.expectedStatus) expectQuiet(app);
      else await testInfo.attach('output of main', { body: app.output(), contentType: 'text/plain' });
    }
  },
});

const doctor = 'Dr Aline Uwase';

const goOffline = async ({ app, wire }: Desk): Promise<void> => {
  await expect(pill(app.page)).toContainText('Live');
  wire.cut();
  await expect(pill(app.page)).toContainText('Offline');
};

const goOnline = async ({ app, wire }: Desk): Promise<void> => {
  await backOnline(app.page, wire);
  await expect(pill(app.page)).toContainText('Live');
  await expect(pill(app.page)).not.toContainText('waiting');
};

/** A block of the day board, by whose it is. */
const block = (page: Page, name: string): Locator =>
  page.getByRole('grid', { name: /^Day board/ }).getByRole('button', { name: new RegExp(`^${name}, `) });

interface Somebody {
  readonly id: PatientId;
  readonly mrn: string;
  readonly name: string;
}

/** People with nothing booked and names that nobody shares. */
const idle = async (centre: ClinicCentre, count: number): Promise<readonly Somebody[]> => {
  const found = await centre.rows<Somebody>(
    `select p.id, p.mrn, p.family || ' ' || p.given as name from clinichub.patient p
     where p.deceased_date is null and p.merged_into is null and p.mrn like '___-______-_'
       and not exists (select from clinichub.patient o where o.family = p.family and o.given = p.given and o.id <> p.id)
       and not exists (select from clinichub.appointment a where a.patient_id = p.id)
     order by p.id limit $1`,
    [count],
  );
  expect(found).toHaveLength(count);
  return found;
};

/** Presses keys and counts them: what is typed apart from what commands. */
const counting = (page: Page) => {
  const typed: [what: string, keys: number][] = [];
  let commands = 0;
  return {
    press: async (...keys: readonly string[]) => {
      commands += keys.length;
      await press(page, ...keys);
    },
    type: async (what: string, text: string) => {
      typed.push([what, text.length]);
      await page.keyboard.type(text);
    },
    commands: () => commands,
    told: () => {
      const all = commands + typed.reduce((sum, [, keys]) => sum + keys, 0);
      const parts = typed.map(([what, keys]) => `${keys} for the ${what}`);
      return `${all} keystrokes: ${parts.join(', ')}, ${commands} commands`;
    },
  };
};

test('a new patient, registered and booked by keys without the centre, goes through the visit by mouse at the other desk', async ({
  desks: { centre, a, b },
}) => {
  const { page } = a.app;
  const name = 'Brzezinska Odalys';
  const { date } = (await freeTimes(page, doctor, 1))[0] ?? { date: '' };
  await openDay(page, date);
  await goOffline(a);

  const keys = counting(page);
  const booking = page.getByRole('dialog', { name: 'Book' });
  await keys.press('Shift+F', 'Enter');
  await keys.type('name', name);
  await keys.press('Enter');
  const form = booking.getByRole('region', { name: 'Register patient' });
  await expect(form.getByLabel('Family name')).toHaveValue('Brzezinska');
  await expect(form.getByLabel('Given names')).toHaveValue('Odalys');
  await keys.press('Space', 'Tab');
  await expect(form.getByRole('radio', { name: 'Female' })).toBeChecked();
  await keys.type('date of birth', '4/5/1990');
  await keys.press('Tab');
  await keys.type('phone', '0788555123');
  await keys.press('ControlOrMeta+Enter');
  await expect(booking.getByLabel('Note')).toBeFocused();
  await expect(booking).toContainText(name);
  await keys.press('ControlOrMeta+Enter');
  await expect(statusLine(page)).toContainText('provisional until the centre answers');
  await expect(block(page, name)).toHaveAccessibleName(/Provisional/);
  console.log(keys.told());
  expect(keys.commands()).toBeLessThanOrEqual(8);

  await openDay(b.app.page, date);
  await expect(block(b.app.page, name)).toHaveCount(0);
  await goOnline(a);
  for (const desk of [a, b]) {
    await expect(block(desk.app.page, name)).toBeVisible();
    await expect(block(desk.app.page, name)).not.toHaveAccessibleName(/Provisional/);
  }
  const [patient] = await callFrom(b.app.page, 'patients.search', { text: name });
  expect(patient).toMatchObject({ birthDate: '1990-05-04', phone: '+250788555123', certainty: 'confirmed' });

  // The day of the visit comes.
  await centre.rows(
    `update clinichub.appointment set start_local = $2 || 'T07:30',
       start_at = ($2 || 'T07:30')::timestamp at time zone time_zone,
       end_at = ($2 || 'T07:45')::timestamp at time zone time_zone where patient_id = $1`,
    [patient?.id, clinicToday()],
  );
  for (const desk of [a, b]) await openDay(desk.app.page, clinicToday());
  await block(b.app.page, name).click();
  const sheet = b.app.page.getByRole('dialog', { name: 'Appointment' });
  const course = sheet.getByRole('region', { name: 'Visit' });
  const step = async (button: string, state: string) => {
    const taken = course.getByRole('button', { name: new RegExp(`^${button}`) });
    await taken.click();
    // The buttons of the next steps stand in the places of these: until then a click would be another step.
    await expect(taken).toBeHidden();
    await expect(course).toContainText(state);
    await expect(block(page, name)).toHaveAccessibleName(new RegExp(`, ${state}`));
  };
  await step('Arrived', 'Arrived');
  await step('Check in', 'Checked in');
  await step('To the nurse', 'With nurse');
  await statusLine(b.app.page).getByRole('button', { name: /^Undo/ }).click();
  await expect(block(page, name)).toHaveAccessibleName(/, Checked in/);
  await step('To the nurse', 'With nurse');
  await step('To the doctor’s queue', 'Waiting for doctor');
  await step('Call in', 'With doctor');
  await step('Checkout', 'At checkout');
  await course.getByRole('button', { name: /^Finish/ }).click();
  await expect(block(page, name)).toHaveAccessibleName(/, Done/);
  const rows = await centre.rows<{ at: string }>(
    `select status || ' ' || stage as at from clinichub.appointment where patient_id = $1`,
    [patient?.id],
  );
  expect(rows).toEqual([{ at: 'fulfilled done' }]);
});

test('walk-ins, by mouse at one desk and by keys without the centre at the other: two tickets, two queues alike', async ({
  desks: { centre, a, b },
}) => {
  const [first, second] = await idle(centre, 2);
  if (!first || !second) throw new Error('there are two');
  await goOffline(b);
  const ticketOf = async (page: Page, { name }: Somebody): Promise<string> => {
    await expect(statusLine(page)).toContainText(`: ${name}`);
    return /Ticket ([A-Z]+\d\d)/.exec((await statusLine(page).textContent()) ?? '')?.[1] ?? '';
  };

  const mouse = a.app.page;
  await mouse.getByRole('link', { name: /^Queue/ }).click();
  await mouse.getByRole('button', { name: /^Walk-in/ }).click();
  const sheet = mouse.getByRole('dialog', { name: 'Walk-in' });
  await sheet.getByLabel('Patient').first().fill(first.mrn);
  await sheet.getByRole('option').filter({ hasText: first.mrn }).filter({ hasNotText: 'Register' }).click();
  await sheet.getByText('Urgent', { exact: true }).click();
  await sheet.getByRole('button', { name: /^Give a ticket/ }).click();
  const ticketA = await ticketOf(mouse, first);

  const keys = b.app.page;
  // The queue opens, then the sheet, and the number is typed: at a machine's speed, and nothing is lost.
  await press(keys, 'Escape', 'Escape', 'g', 'q');
  await keys.getByRole('grid', { name: 'Queue' }).waitFor();
  await keys.keyboard.type(`w${second.mrn}`);
  await press(keys, 'Enter');
  await expect(keys.getByRole('dialog', { name: 'Walk-in' }).getByLabel('Reason')).toBeFocused();
  await keys.keyboard.type('Fever');
  await press(keys, 'Enter');
  const ticketB = await ticketOf(keys, second);
  expect([ticketA, ticketB].every((ticket) => /^[A-Z]+\d\d$/.test(ticket))).toBe(true);
  expect(ticketB).not.toBe(ticketA);

  await goOnline(b);
  for (const page of [mouse, keys]) {
    const rows = page.getByRole('grid', { name: 'Queue' }).getByRole('row');
    await expect(rows.filter({ hasText: first.name })).toContainText(ticketA);
    await expect(rows.filter({ hasText: first.name })).toContainText('Urgent');
    await expect(rows.filter({ hasText: second.name })).toContainText(ticketB);
  }
});

test('a series booked at one desk, this and the following moved by keys without the centre at the other', async ({
  desks: { centre, a, b },
}) => {
  const [keys, other] = [a.app.page, b.app.page];
  const [free, later] = await freeTimes(keys, doctor, 2);
  const [patient] = await idle(centre, 1);
  const uwase = (await callFrom(other, 'practitioners.list', {})).find((one) => one.name === doctor);
  if (!free || !later || !patient || !uwase) throw new Error('nobody is free');
  const series = {
    ...{ patientId: patient.id, practitionerId: uwase.id, locationId: free.locationId, minutes: 15 },
    startLocal: `${free.date}T${free.time}`,
    rule: {
      ...{ frequency: 'weekly', interval: 1, weekdays: [weekdayOf(free.date)], monthly: null },
      end: { by: 'count', count: 2 },
    },
  } as const satisfies Partial<Input<'series.book'>>;
  const planned = await callFrom(other, 'series.preview', {
    ...series,
    rule: { ...series.rule },
    instead: [],
  });
  const times = planned.map((one) => (one.state === 'free' ? one.startLocal : (one.alternative ?? '')));
  const { appointments } = await callFrom(other, 'series.book', { ...series, times });

  await openDay(keys, free.date);
  const own = keys.locator(`[data-appointment="${appointments[0]?.id}"]`);
  await expect(own).toBeVisible();
  await goOffline(a);
  await own.focus();
  await press(keys, 'Enter');
  await expect(keys.getByRole('region', { name: 'Series' })).toContainText('1 of 2');
  await press(keys, 'm');
  const moving = keys.getByRole('dialog', { name: 'Move appointment' });
  await tabTo(keys, moving.getByRole('radio', { name: 'Only this' }));
  await press(keys, 'ArrowRight');
  await tabTo(keys, moving.getByLabel('Time', { exact: true }));
  await keys.keyboard.type(later.time);
  await press(keys, 'Enter');
  const plan = keys.getByRole('dialog', { name: 'Move this and the following' });
  await expect(plan.getByRole('listitem')).toHaveCount(2);
  for (const take of await plan.getByRole('button', { name: /^Take / }).all()) {
    await take.focus();
    await press(keys, 'Enter');
  }
  await press(keys, 'Control+Enter');
  await expect(statusLine(keys)).toContainText('Moved 2 appointments');

  await openDay(other, free.date);
  await expect(block(other, patient.name)).toHaveAccessibleName(new RegExp(`, ${free.time}`));
  await goOnline(a);
  await expect(block(other, patient.name)).toHaveAccessibleName(new RegExp(`, ${later.time}`));
  for (const [at, { id }] of appointments.entries()) {
    const there = await callFrom(keys, 'appointments.get', { id });
    expect(there.startLocal).not.toBe(times[at]);
    expect(await callFrom(other, 'appointments.get', { id })).toMatchObject({
      startLocal: there.startLocal,
      certainty: 'confirmed',
    });
  }
});

test('without the centre, by keys: a cancellation filled from the waiting list and a sick doctor; the other desk sees both', async ({
  desks: { centre, a, b },
}) => {
  const { page } = a.app;
  const [free] = await freeTimes(page, doctor, 1);
  const date = free?.date ?? '';
  const [waiting] = await idle(centre, 1);
  const [given] = await centre.rows<{ id: string; time: string; name: string; practitioner: string }>(
    `select a.id, substr(a.start_local, 12, 5) as time, p.family || ' ' || p.given as name, d.id as practitioner
     from clinichub.appointment a join clinichub.practitioner d on d.id = a.practitioner_id
     join clinichub.patient p on p.id = a.patient_id
     where d.family = 'Uwase' and a.start_local like $1 || '%' and a.status = 'booked'
     order by a.end_at - a.start_at desc, a.start_at limit 1`,
    [date],
  );
  if (!waiting || !given) throw new Error('nobody waits, or nobody is booked');
  await callFrom(b.app.page, 'waitlist.add', {
    patientId: waiting.id,
    wish: {
      ...{ practitionerId: given.practitioner as PractitionerId, speciality: null, visitTypeId: null },
      ...{ locationId: null as LocationId | null, minutes: 15, startDate: clinicToday(), endDate: null },
      ...{ startTime: null, endTime: null, weekdays: [], priority: 'routine', note: '' },
    },
  });
  await expect
    .poll(async () => (await callFrom(page, 'waitlist.list', { view: 'open' })).entries.length)
    .toBe(1);
  await goOffline(a);

  await openDay(page, date);
  await page.locator(`[data-appointment="${given.id}"]`).focus();
  await press(page, 'Delete');
  await expect(page.getByLabel('Reason')).toBeFocused();
  await page.keyboard.type('Ill');
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('1 waits for a time like this');
  await press(page, 'Shift+W');
  const matches = page.getByRole('dialog', { name: 'Who waits for this?' });
  await expect(matches.getByRole('option').filter({ hasText: waiting.name })).toBeFocused();
  await press(page, 'Enter');
  await expect(statusLine(page)).toContainText('provisional until the centre answers');

  // The doctor of the last column falls ill.
  await press(page, 'Escape', 'End', 'Shift+A');
  const affected = page.getByRole('grid', { name: 'Affected appointments' }).getByRole('row');
  await expect(affected.nth(1)).toBeFocused();
  const count = (await affected.count()) - 1;
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText(`${count} moved, 0 cancelled. Provisional`);
  expect(await callFrom(b.app.page, 'absence.known', {})).toEqual([]);

  await openDay(b.app.page, date);
  await expect(block(b.app.page, waiting.name)).toHaveCount(0);
  await goOnline(a);
  await expect(block(b.app.page, waiting.name)).toHaveAccessibleName(new RegExp(`, ${given.time}`));
  await expect(b.app.page.getByText(/^(Sick|Leave)/).first()).toBeVisible();
  await b.app.page.getByRole('link', { name: /^Calls/ }).click();
  const calls = b.app.page.getByRole('grid', { name: 'Patients to tell' }).getByRole('row');
  await expect(calls).toHaveCount(count + 1);
  await b.app.page.getByRole('link', { name: 'Waiting list' }).click();
  await expect(b.app.page.getByText('Nobody waits for a time.')).toBeVisible();
});
