import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import ICAL from 'ical.js';
import { weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import {
  type ClinicCentre,
  callFrom,
  clinicCentre,
  clinicToday,
  openDay,
  signIn,
} from '#tests/support/e2e-clinic.ts';
import { statusLine, tabTo } from '#tests/support/e2e-journey.ts';
import { desktop, openWelcome, phone } from '#tests/support/e2e-panel.ts';
import { expect, test } from '#tests/support/e2e-test.ts';

const doctor = 'Dr Aline Uwase';
const password = 'seven green kettles sing';

/** How somebody uses a page. */
interface Hands {
  press(target: Locator): Promise<void>;
  write(field: Locator, text: string): Promise<void>;
  choose(list: Locator, option: string): Promise<void>;
  tick(box: Locator): Promise<void>;
}

const mouse: Hands = {
  press: (target) => target.click(),
  write: (field, text) => field.fill(text),
  choose: async (list, option) => void (await list.selectOption(option)),
  // What is seen of it is its label, over it.
  tick: (box) => box.locator('..').click(),
};

const keysOf = (page: Page): Hands => {
  const reach = async (target: Locator) => {
    await target.waitFor({ state: 'attached' });
    await tabTo(page, target);
  };
  return {
    press: async (target) => {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    write: async (field, text) => {
      await reach(field);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    },
    // Letters choose in a list, as the browser has it.
    choose: async (list, option) => {
      await reach(list);
      await page.keyboard.type(option.slice(0, 5));
    },
    tick: async (box) => {
      await reach(box);
      await page.keyboard.press('Space');
    },
  };
};

/** Somebody at home with a browser. */
interface Person {
  readonly page: Page;
  readonly hands: Hands;
  /** Of the screen, for what is found wrong on it. */
  readonly size: string;
  readonly name: string;
  readonly email: string;
  readonly patient: Patient;
}

interface Patient {
  readonly id: string;
  readonly family: string;
  readonly given: string;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
/** What the page says of how the appointment stands. */
const standing = (page: Page) => page.locator('main').getByRole('status').last();
const go = (page: Page, path: string) => page.goto(`${page.url().split('#')[0]}#${path}`);

/** The code in the message to `email` that was put into `folder`. */
const codeTo = async (folder: string, email: string): Promise<string> => {
  let code: string | undefined;
  await expect
    .poll(async () => {
      const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.eml'));
      const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
      const text = texts.find((one) => one.includes(`To: ${email}`) || one.includes(`<${email}>`));
      code = /^(\d{4} \d{4})\r?$/m.exec(text ?? '')?.[1];
      return code;
    })
    .toBeDefined();
  return code ?? '';
};

/** The scripts and styles that `page` has fetched: their names, and how many bytes they were on the way. */
const fetched = (page: Page) =>
  page.evaluate(() => {
    const files = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
      ({ name }) => /\.(js|css)$/.test(name),
    );
    return {
      names: files.map(({ name }) => name.replace(/^.*\/|-[^-]{8}\.\w+$/g, '')),
      bytes: files.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    };
  });

/** What the first screen costs, and what becomes of it when another language cannot be fetched. */
const lookAround = async ({ page, hands, size }: Person) => {
  await page.getByRole('link', { name: 'Register' }).waitFor();
  const first = await fetched(page);
  // A phone waits for it at every first visit: what is not needed at the door is fetched later.
  expect(first.bytes).toBeLessThan(185_000);
  expect(first.names).toContain('panel-english');
  expect(first.names).not.toContain('panel-french');
  await expectAccessible(page, `the panel before anybody is in, ${size}`);
  const lost: string[] = [];
  const lose = (address: string) =>
    page.route(address, (route) => {
      lost.push(address);
      return route.abort();
    });
  await lose('**/assets/panel-french*');
  await lose('**/rpc/app.info');
  await page.getByLabel('Language').selectOption('Français');
  await expect.poll(() => lost).toContain('**/rpc/app.info');
  await expect(page.getByLabel('Language')).toHaveValue('en');
  await page.unroute('**/rpc/app.info');
  await page.getByLabel('Language').selectOption('Français');
  const again = page.getByRole('button', { name: 'Réessayer' });
  await again.waitFor();
  await page.unroute('**/assets/panel-french*');
  await hands.press(again);
  await expect(page.getByRole('link', { name: 'Créer un compte' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.getByLabel('Langue').selectOption('English');
};

const register = async ({ page, hands, size, name, email }: Person, mail: string) => {
  await hands.press(page.getByRole('link', { name: 'Register' }));
  await hands.write(page.getByLabel('Your name'), name);
  await hands.write(page.getByLabel('E-mail'), email);
  await hands.write(page.getByLabel('Password', { exact: true }), password);
  await hands.press(page.getByRole('button', { name: 'Send me a code' }));
  await expect(heading(page, 'Type the code')).toBeVisible();
  await expectAccessible(page, `the code by e-mail, ${size}`);
  const code = page.getByLabel('Code', { exact: true });
  await expect(code).toBeFocused();
  await page.keyboard.type('0000 0000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('This is not the code');
  await hands.write(code, await codeTo(mail, email));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation')).toBeVisible();
};

/** Everything that the centre has so far is at the workstation behind a page. */
const untilHere = async (page: Page, centre: ClinicCentre) => {
  const [clock] = await centre.rows<{ seq: string }>('select seq from clinichub.sync_clock');
  const cursor = async () => (await callFrom(page, 'sync.status', {})).cursor;
  await expect.poll(cursor).toBeGreaterThanOrEqual(Number(clock?.seq));
};

/** A code that reception prints for a patient, until the centre has it. */
const printCode = async (reception: Page, centre: ClinicCentre, { id }: Patient): Promise<string> => {
  const { code } = await callFrom(reception, 'panelDesk.makeCode', { patientId: id as never });
  await expect
    .poll(() => centre.rows('select from clinichub.patient_link_code where patient_id = $1', [id]))
    .toHaveLength(1);
  return code;
};

const link = async ({ page, hands, size, patient }: Person) => {
  await heading(page, 'I have a code from reception').waitFor();
  await expectAccessible(page, `a code from reception, ${size}`);
  await hands.press(page.getByRole('button', { name: 'Open' }));
  // Home, with whose record it is.
  await heading(page, patient.family).waitFor();
};

/** The doctor's days at the place but for today and tomorrow: a day before a confirmed appointment is to be, nothing is cancelled here any more. */
const laterDays = (): readonly string[] => {
  const now = weekdayOf(clinicToday());
  const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
  const there = [1, 2, 4, 5].filter((day) => day !== now && day !== (now % 7) + 1);
  return there.map((day) => names[day - 1] ?? '');
};

/** Asks for a time that fits every filter. */
const book = async ({ page, hands, size }: Person): Promise<string> => {
  await hands.press(page.getByRole('link', { name: 'Appointments', exact: true }));
  await heading(page, 'Appointments').waitFor();
  await expectAccessible(page, `appointments of a patient, ${size}`);
  await hands.press(page.getByRole('link', { name: 'Book an appointment' }));
  await expect(heading(page, 'Book an appointment')).toBeFocused();
  await hands.choose(page.getByLabel('Speciality', { exact: true }), 'General practice');
  await hands.choose(page.getByLabel('Place', { exact: true }), 'Kacyiru');
  await hands.choose(page.getByLabel('Doctor', { exact: true }), doctor);
  await hands.press(page.getByRole('button', { name: 'Day and time of day' }));
  await hands.choose(page.getByLabel('Time of day', { exact: true }), 'Afternoon (noon to 17:00)');
  for (const day of laterDays()) await hands.tick(page.getByRole('checkbox', { name: day }));
  await expect(page.getByRole('article')).toHaveCount(1);
  const timesAt = (hour: string) =>
    page.getByRole('button', { name: new RegExp(` ${hour}:\\d\\d with ${doctor}, Kacyiru`) });
  const time = timesAt('1[2-6]');
  await expect(timesAt('(0\\d|1[017-9])')).toHaveCount(0);
  await expectAccessible(page, `finding a doctor, ${size}`);
  if (size === 'desktop') {
    await hands.press(page.getByRole('article', { name: doctor }).getByRole('link', { name: 'More times' }));
    await heading(page, `Free times of ${doctor}`).waitFor();
    await time.first().waitFor();
    await expectAccessible(page, 'times of a doctor');
  }
  // All of the doctor's week are there, the last of them late enough.
  await hands.press(size === 'desktop' ? time.last() : time.first());
  await expect(heading(page, 'Check and confirm')).toBeFocused();
  await expect(page.getByRole('timer')).toContainText('Kept for you for');
  await hands.write(page.getByLabel('Reason (optional)'), 'Cough for a week');
  await expectAccessible(page, `confirming a time, ${size}`);
  await hands.press(page.getByRole('button', { name: 'Ask for this time' }));
  await expect(standing(page)).toContainText('Waiting for the doctor');
  await expectAccessible(page, `a request, ${size}`);
  return page.url().split('/').at(-1) ?? '';
};

/** The file for a calendar, as another program reads it. */
const eventOf = async ({ page, hands }: Person) => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    hands.press(page.getByRole('button', { name: 'Calendar file (.ics)' })),
  ]);
  const calendar = new ICAL.Component(ICAL.parse(await readFile(await download.path(), 'utf8')));
  return calendar.getFirstSubcomponent('vevent');
};

/** Nobody touches the page before: it follows by itself. */
const hearAndCancel = async (person: Person) => {
  const { page, hands, size } = person;
  await expect(standing(page)).toContainText('Confirmed', { timeout: 60_000 });
  await expectAccessible(page, `a confirmed appointment, ${size}`);
  await hands.press(page.getByRole('button', { name: 'Add to calendar' }));
  await expect.poll(async () => (await eventOf(person))?.getFirstPropertyValue('status')).toBe('CONFIRMED');
  const event = await eventOf(person);
  expect(event?.getFirstPropertyValue('class')).toBe('PRIVATE');
  expect(String(event)).not.toContain('Cough');
  await hands.press(page.getByRole('button', { name: 'Cancel the appointment' }));
  await expect(page.getByLabel('Why (optional)')).toBeFocused();
  await page.keyboard.type('I feel better');
  await expectAccessible(page, `cancelling, ${size}`);
  await hands.press(page.getByRole('button', { name: 'Cancel it' }));
  await expect(standing(page)).toContainText('Cancelled', { timeout: 60_000 });
};

/** What the person changes of the record, and where the page goes on after its session was ended elsewhere. */
const changeAndReturn = async ({ page, hands, email }: Person, centre: ClinicCentre) => {
  await go(page, '/profile/record');
  await hands.write(page.getByLabel('Town'), 'Nowhere-sur-Lac');
  await hands.press(page.getByRole('button', { name: 'Save' }));
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await expectAccessible(page, 'the own record');
  await go(page, '/profile/history');
  await expect(page.getByRole('listitem').filter({ hasText: 'town' })).toContainText('You');
  await expectAccessible(page, 'what was changed');
  await centre.rows('update clinichub.patient_account set sessions_ended_at = now() where email = $1', [
    email,
  ]);
  await heading(page, 'Log in').waitFor();
  await expect(page.getByText('You were logged out after a while')).toBeVisible();
  await hands.write(page.getByLabel('E-mail'), email);
  await hands.write(page.getByLabel('Password', { exact: true }), password);
  await page.keyboard.press('Enter');
  await expect(heading(page, 'What was changed')).toBeVisible();
  // What did not come is asked for again; a session that the clinic could not be told to end is not called ended.
  await page.route('**/assets/BillingScreen*', (route) => route.abort());
  await hands.press(page.getByRole('link', { name: 'Billing' }));
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  await page.unroute('**/assets/BillingScreen*');
  await hands.press(page.getByRole('button', { name: 'Try again' }));
  await expect(heading(page, 'Billing')).toBeVisible();
  await page.route('**/rpc/panel.signOut', (route) => route.abort());
  await hands.press(page.getByRole('button', { name: 'Sign out' }));
  await expect(page.getByRole('alert')).toContainText('You are still signed in');
  await page.unroute('**/rpc/panel.signOut');
  await hands.press(page.getByRole('button', { name: 'Sign out' }));
  await expect(heading(page, 'Your appointments with')).toBeVisible();
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
};

test('two patients register, link their records and book with every filter, by keys on a phone and by mouse at a large screen; the requests arrive at reception, the doctor accepts at another workstation, the calendar file is read, they cancel', async ({
  launch,
  folder,
  browser,
}) => {
  // Three workstations and two people: longer than most.
  test.slow();
  const mail = join(folder, 'mail');
  const centre = await clinicCentre();
  const start = async (name: string, args: readonly string[] = []) =>
    launch({ data: join(folder, name), centre: await centre.enrol(name), demo: true, args });
  const [host, reception, room] = await Promise.all([
    start('Panel', ['--mail-folder', mail]),
    start('Reception'),
    start('Room'),
  ]);
  const patients = await centre.rows<Patient>(
    `select p.id, p.family, p.given from clinichub.patient p where p.merged_into is null and p.voided_at is null
     and not exists (select from clinichub.appointment a where a.patient_id = p.id) order by p.id limit 2`,
  );
  const { origin } = new URL(host.page.url());
  const browsers = [
    await openWelcome(browser, origin, { viewport: phone }),
    await openWelcome(browser, origin, { viewport: desktop }),
  ] as const;
  const of = (n: 0 | 1) => {
    const patient = patients[n];
    if (patient === undefined) throw new Error('everybody has an appointment');
    return { page: browsers[n].page, patient, email: `patient${n}@example.org` };
  };
  const keys: Person = { ...of(0), hands: keysOf(of(0).page), size: 'phone', name: 'Aline Keza' };
  const click: Person = { ...of(1), hands: mouse, size: 'desktop', name: 'Bosco Keza' };

  await signIn(reception.page, 'claudine');
  const codes = [
    await printCode(reception.page, centre, keys.patient),
    await printCode(reception.page, centre, click.patient),
  ] as const;
  await lookAround(keys);
  await register(keys, mail);
  await register(click, mail);
  await untilHere(host.page, centre);
  // As the code on the slip opens it with a phone's camera.
  await go(keys.page, `/code/${codes[0]}`);
  await link(keys);
  await click.page.getByRole('link', { name: 'I have a code from reception' }).click();
  await click.page.getByLabel('The code on your paper').fill(codes[1]);
  await link(click);

  const booked = [
    { ...keys.patient, appointment: await book(keys) },
    { ...click.patient, appointment: await book(click) },
  ];
  for (const { appointment, family } of booked) {
    const when = `select status, substr(start_local, 1, 10) as date from clinichub.appointment where id = $1`;
    const row = async () => (await centre.rows<{ status: string; date: string }>(when, [appointment]))[0];
    await expect.poll(async () => (await row())?.status).toBe('proposed');
    await openDay(reception.page, (await row())?.date ?? '');
    await expect(reception.page.locator(`[data-appointment="${appointment}"]`)).toContainText(family);
  }
  await signIn(room.page, 'uwase');
  const list = room.page.getByRole('listbox', { name: 'My day' });
  for (const { family, given } of booked) {
    const listed = list.getByRole('option').filter({ hasText: `${family} ${given}` });
    await listed.first().click();
    await room.page.getByRole('button', { name: /^Accept/ }).click();
    await expect(statusLine(room.page)).toContainText(`Accepted ${family} ${given}`);
  }
  await hearAndCancel(keys);
  await hearAndCancel(click);
  const ended = 'select status from clinichub.appointment where id = any($1)';
  await expect
    .poll(() => centre.rows(ended, [booked.map(({ appointment }) => appointment)]))
    .toEqual([{ status: 'cancelled' }, { status: 'cancelled' }]);

  expect(await keys.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await changeAndReturn(keys, centre);
  for (const { violations, errors, close } of browsers) {
    expect([...violations, ...errors]).toEqual([]);
    await close();
  }
  await Promise.all([host, reception, room].map((one) => one.close()));
  await centre.drop();
});
