/** `npm run pictures [-- front-desk | consulting-room | administration]`: each main screen of the demonstration clinic in light and dark, for somebody to look at. */
import { randomUUID } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { PatientId } from '#shared/kernel/ids.ts';
import { launchHeadless } from '#tests/support/app-driver-headless.ts';
import { setup as startCluster } from '#tests/support/central-cluster.setup.ts';
import { settled } from '#tests/support/e2e-axe.ts';
import { chromiumArguments, ensureChromium } from '#tests/support/e2e-chromium.ts';
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
import { type TcpProxy, tcpProxy } from '#tests/support/tcp-proxy.ts';
import { takeAbsence } from './pictures/absence.ts';
import { takeAdministration } from './pictures/administration.ts';
import { takeConsultingRoom } from './pictures/consulting-room.ts';
import { takePrinting } from './pictures/printing.ts';
import { takeSeries, takeWaitlist } from './pictures/waiting.ts';
import { ensureBuilt } from './start/build.ts';

const root = resolve(import.meta.dirname, '..');
const shown = join(root, 'test-results/pictures');
const size = { width: 1366, height: 768 };
const doctor = 'Dr Aline Uwase';

/** Saves what the page shows, in both themes. */
const picture = async (page: Page, screen: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    await settled(page);
    await page.screenshot({ path: join(shown, `${screen}-${colorScheme}.png`) });
  }
  console.log(screen);
};

const goTo = (page: Page, place: string): Promise<unknown> =>
  page.goto(`${new URL(page.url()).origin}/${place}`);

const signOut = async (page: Page): Promise<void> => {
  await callFrom(page, 'session.signOut', {});
  await goTo(page, '');
  await page.reload();
  await page.getByLabel('User name').waitFor();
};

/** Two desks without a centre book one time; the second to tell the centre has to find another. */
const loseABooking = async (
  page: Page,
  wire: TcpProxy,
  other: Page,
  centre: ClinicCentre,
): Promise<string> => {
  const [slot] = await freeTimes(page, doctor, 1);
  const patients = await centre.rows<{ id: string; mrn: string }>(
    `select p.id, p.mrn from clinichub.patient p where not exists (select from clinichub.appointment a where a.patient_id = p.id)
     order by p.id limit 2`,
  );
  const [, theirs] = patients;
  const practitioners = await callFrom(page, 'practitioners.list', {});
  const practitionerId = practitioners.find(({ name }) => name === doctor)?.id;
  if (!slot || !theirs || !practitionerId) throw new Error('nothing can be booked');
  const board = await callFrom(page, 'appointments.board', {
    date: slot.date,
    locationId: null,
    speciality: null,
  });
  const column = board.columns.find((one) => one.practitionerId === practitionerId);
  const locationId = column?.blocks[0]?.locationId;
  if (!locationId) throw new Error('the doctor has no place that day');
  const book = async (from: Page, mrn: string) => {
    const [patient] = await callFrom(from, 'patients.search', { text: mrn, limit: 1 });
    if (patient === undefined) throw new Error(`nobody has the number ${mrn}`);
    const startLocal = `${slot.date}T${slot.time}`;
    const input = { patientId: patient.id, practitionerId, locationId, startLocal, minutes: 15 };
    await callFrom(from, 'appointments.book', { ...input, description: 'Fever', request: false });
  };
  wire.cut();
  await pill(page).filter({ hasText: 'Offline' }).waitFor();
  await book(page, theirs.mrn);
  await book(other, patients[0]?.mrn ?? '');
  return slot.date;
};

/** The same details of two patients changed at both desks; `page` is without a centre, so its changes come second. */
const disagree = async (page: Page, other: Page, centre: ClinicCentre): Promise<void> => {
  const patients = await centre.rows<{ id: string }>(
    `select id from clinichub.patient where phone is not null order by length(family || given) desc, id limit 2`,
  );
  for (const [from, phone, addressLine] of [
    [other, '0788 111 210', 'KN 4 Avenue, house 12'],
    [page, '0788 114 210', 'KN 4 Avenue, house 21, behind the school'],
  ] as const) {
    for (const [index, { id }] of patients.entries()) {
      const patient = await callFrom(from, 'patients.get', { id: id as PatientId });
      const { certainty, mrn, deceasedDate, locationId, createdAt, rowVersion, ...known } = patient;
      const details = { ...known, gender: known.gender as 'female', phone };
      const both = index === 0 ? details : { ...details, addressLine };
      await callFrom(from, 'patients.update', { id: id as PatientId, details: both, was: null });
    }
  }
};

/** A registration and a booking for it that the centre refuses: its record number has been given to somebody else. */
const refuse = async (page: Page, centre: ClinicCentre): Promise<void> => {
  const details = { family: 'Zumutwe', given: 'Ange', gender: 'female' as const };
  const { id, mrn } = await callFrom(page, 'patients.register', details);
  const practitioners = await callFrom(page, 'practitioners.list', {});
  const practitionerId = practitioners.find(({ name }) => name === doctor)?.id;
  if (practitionerId === undefined) throw new Error('nobody can be booked');
  const from = new Date().toISOString();
  const [slot] = await callFrom(page, 'appointments.freeSlots', {
    practitionerId,
    from,
    minutes: 15,
    limit: 1,
  });
  if (slot === undefined) throw new Error('nothing can be booked');
  const { locationId, startLocal, minutes } = slot;
  const place = { practitionerId: slot.practitionerId, locationId, startLocal, minutes };
  await callFrom(page, 'appointments.book', { patientId: id, ...place });
  await centre.rows(
    `insert into clinichub.patient select (jsonb_populate_record(p, jsonb_build_object('id', $1::text, 'mrn', $2::text))).*
     from clinichub.patient p limit 1`,
    [randomUUID(), mrn],
  );
};

const takeInbox = async (page: Page): Promise<void> => {
  await goTo(page, '#/tasks');
  await page.getByRole('option').nth(2).waitFor();
  await picture(page, 'tasks');
  await page.getByRole('option').filter({ hasText: 'changed at two desks' }).first().click();
  await page.getByRole('region', { name: 'Stands now' }).waitFor();
  await picture(page, 'conflict');
  await page.getByRole('option').filter({ hasText: '2 details' }).click();
  await picture(page, 'conflict-two-fields');
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Phone' }).waitFor();
  await picture(page, 'conflict-edit');
  await page.keyboard.press('Escape');
  await page.keyboard.press('2');
  await page.getByRole('contentinfo').getByText('Took the other version').waitFor();
  await goTo(page, '#/tasks/settled');
  await page.getByRole('option').first().waitFor();
  await picture(page, 'tasks-settled');
  await pill(page).click();
  await page.getByText('that depends on it').click();
  await picture(page, 'refused');
  await page.getByRole('button', { name: 'Correct' }).click();
  await page.getByRole('dialog', { name: 'Correct and send again' }).waitFor();
  await picture(page, 'refused-correct');
  await page.getByRole('textbox', { name: 'MRN' }).fill('RUH-NEW-1');
  await page.getByRole('button', { name: /^Send all/ }).click();
  await page.getByRole('contentinfo').getByText('Corrected and sent again').waitFor();
  await pill(page).click();
  await page.getByText('Sent again or withdrawn').click();
  await picture(page, 'refused-history');
  await page.keyboard.press('Escape');
};

/** The day as it is now, with people in every stage: board, one visit, queue, walk-in, the waiting room. */
const takeVisits = async (page: Page): Promise<void> => {
  await openDay(page, clinicToday());
  await picture(page, 'day-now');
  await page
    .getByRole('grid')
    .getByRole('button', { name: /Waiting for doctor/ })
    .first()
    .click();
  await page.getByRole('region', { name: 'Visit' }).waitFor();
  await picture(page, 'visit');
  await page.keyboard.press('Escape');
  await goTo(page, '#/queue');
  await page.getByRole('grid', { name: 'Queue' }).getByRole('row').nth(4).waitFor();
  await picture(page, 'queue');
  await page.keyboard.press('w');
  await page.getByRole('dialog', { name: 'Walk-in' }).getByLabel('Patient').first().fill('uw');
  await page.getByRole('option').first().waitFor();
  await picture(page, 'walk-in');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('contentinfo').getByText('Ticket').waitFor();
  await picture(page, 'queue-ticket');
  await page.keyboard.press('Home');
  await page.keyboard.press('l');
  await page.getByRole('contentinfo').getByText('Called').waitFor();
  await goTo(page, '#/waiting-room');
  await page.getByRole('region', { name: 'Next' }).waitFor();
  await picture(page, 'waiting-room');
  await page.keyboard.press('Escape');
  await page.getByRole('grid', { name: 'Queue' }).waitFor();
};

/** The week of one doctor, with a time the other desk is about to book. */
const takeWeek = async (page: Page, other: Page): Promise<void> => {
  await goTo(page, '#/day');
  await page.getByRole('grid').waitFor();
  const practitioners = await callFrom(page, 'practitioners.list', {});
  const practitionerId = practitioners.find(({ name }) => name === doctor)?.id;
  if (practitionerId === undefined) throw new Error('nobody can be booked');
  const from = new Date().toISOString();
  const wanted = { practitionerId, from, minutes: 30, limit: 3 };
  const slot = (await callFrom(page, 'appointments.freeSlots', wanted)).at(-1);
  if (slot === undefined) throw new Error('nothing is free');
  const { locationId, startLocal, minutes } = slot;
  await callFrom(other, 'appointments.hold', { practitionerId, locationId, startLocal, minutes });
  await goTo(page, `?date=${startLocal.slice(0, 10)}&doctor=${practitionerId}&view=week#/day`);
  await page.getByText('is booking').first().waitFor();
  await picture(page, 'week');
  await callFrom(other, 'appointments.release', {});
};

const takeReception = async (
  page: Page,
  wire: TcpProxy,
  other: Page,
  centre: ClinicCentre,
): Promise<void> => {
  await picture(page, 'sign-in');
  await signIn(page, 'claudine');
  await signIn(other, 'eric');
  const nextDay = (await freeTimes(page, doctor, 1))[0]?.date ?? '';
  await openDay(page, nextDay);
  await pill(page).filter({ hasText: 'Live' }).waitFor();
  await picture(page, 'day');
  await takeSeries(page, nextDay, picture);
  await takeWaitlist(page, nextDay, picture);
  await takeWeek(page, other);
  await takeVisits(page);
  await takeAbsence(page, picture);
  const date = await loseABooking(page, wire, other, centre);
  await disagree(page, other, centre);
  await openDay(page, date);
  await picture(page, 'day-offline');
  await pill(page).click();
  await page.getByRole('dialog').waitFor();
  await picture(page, 'sync-panel');
  await page.keyboard.press('Escape');
  await refuse(page, centre);
  wire.restore();
  await callFrom(page, 'sync.retry', {});
  await pill(page).filter({ hasText: 'need you' }).waitFor();
  await picture(page, 'day-rebooking');
  await page.getByRole('main').getByRole('button', { name: /^Book/ }).click();
  await page.getByRole('dialog', { name: 'Book' }).getByLabel('Patient').first().fill('uw');
  await page.getByRole('option').first().waitFor();
  await picture(page, 'booking');
  await page.keyboard.press('Escape');
  await page.locator('[data-appointment]').nth(3).click();
  await page.getByRole('dialog', { name: 'Appointment' }).waitFor();
  await picture(page, 'appointment');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await picture(page, 'keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('uw');
  await page.getByRole('option').nth(3).waitFor();
  await picture(page, 'find');
  await page.keyboard.press('Escape');
  await takeInbox(page);
  await takePrinting(page, doctor, picture);
  await takePatients(page);
};

const takePatients = async (page: Page): Promise<void> => {
  await goTo(page, '#/patients');
  await page.getByRole('textbox', { name: 'Find a patient' }).fill('uw a');
  await page.getByRole('row').nth(2).click();
  await picture(page, 'patients');
  await page.getByRole('row').nth(2).dblclick();
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await picture(page, 'patient');
  const [alike] = await callFrom(page, 'patients.search', { text: 'uw a', limit: 1 });
  await goTo(page, '#/patients/new');
  const sheet = page.getByRole('dialog', { name: 'Register patient' });
  await sheet.getByLabel('Family name').fill(alike?.family ?? '');
  await sheet.getByLabel('Given names').fill(alike?.given ?? '');
  await sheet.getByLabel('Date of birth').fill(alike?.birthDate ?? '');
  await sheet.getByRole('listitem').first().waitFor();
  await picture(page, 'register');
  await page.keyboard.press('F4');
  await sheet.getByRole('button', { name: 'Add phone or e-mail' }).click();
  await sheet.getByRole('button', { name: 'Add identifier' }).click();
  await picture(page, 'register-more');
  await sheet.getByRole('button', { name: 'Close' }).click();
  await takeDuplicates(page);
  await signOut(page);
};

/** Somebody is registered twice, compared, merged and found under both records. */
const takeDuplicates = async (page: Page): Promise<void> => {
  const person = { family: 'Iradukunda', gender: 'female', birthDate: '1990-04-05' } as const;
  const more = { phone: '0788 123 456', city: 'Musanze', notADuplicate: true };
  await callFrom(page, 'patients.register', {
    ...person,
    ...more,
    given: 'Aline Grace',
    ...{ language: 'rw', contactName: 'Uwera Marie', contactRelation: 'MTH' },
    particulars: {
      telecoms: [{ value: '0788 999 111', use: 'work', note: 'Until five' }],
      identifiers: [{ type: 'NI', value: '1 1990 7 0012345 0 12', issuer: 'NIDA' }],
      coverages: [{ payer: 'RSSB', plan: 'RAMA', subscriberId: '0042', relationship: 'self' }],
      consents: [{ category: 'treatment', provision: 'permit', note: 'Signed form' }],
    },
  });
  await callFrom(page, 'patients.register', {
    ...person,
    ...more,
    given: 'Aline',
    birthDate: '1990-05-04',
    addressLine: 'KG 12 St',
  });
  await goTo(page, '#/patients/duplicates');
  await page.getByRole('option', { name: 'Iradukunda' }).first().click();
  await page.getByRole('radio').first().waitFor();
  await picture(page, 'duplicates');
  await page.getByRole('button', { name: 'Merge' }).click();
  await page.getByRole('contentinfo').getByText('Merged into').waitFor();
  await picture(page, 'duplicates-merged');
  const [found] = await callFrom(page, 'patients.search', { text: 'iradukunda aline grace', limit: 1 });
  await goTo(page, `#/patients/${found?.id}`);
  await page.getByRole('heading', { name: 'Merged into this record' }).waitFor();
  await picture(page, 'patient-merged-here');
  await page.getByRole('listitem').getByRole('button').first().click();
  await page.getByText('It goes on there').waitFor();
  await picture(page, 'patient-merged');
};

const takeDoctor = async (page: Page): Promise<void> => {
  await signIn(page, 'uwase');
  await page.getByRole('option').first().waitFor();
  await picture(page, 'my-day');
  await page.keyboard.press('p');
  await page.getByRole('dialog').waitFor();
  await picture(page, 'propose');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('dialog').waitFor();
  await picture(page, 'account');
  await signOut(page);
};

/** The schedule's three views and their sheets. */
const takeSchedule = async (page: Page): Promise<void> => {
  await goTo(page, '#/schedule');
  await page.getByRole('complementary').getByRole('listitem').first().waitFor();
  await picture(page, 'schedule');
  await page.getByRole('button', { name: 'Add leave or holiday' }).click();
  await picture(page, 'schedule-leave');
  await page.keyboard.press('Escape');
  for (const [view, add] of [
    ['hours', 'Add hours'],
    ['visit-types', 'Add visit type'],
  ] as const) {
    await goTo(page, `#/schedule/${view}`);
    await page.getByRole('row').nth(1).waitFor();
    await page.getByRole('button', { name: add }).click();
    await picture(page, `schedule-${view}`);
    await page.keyboard.press('Escape');
  }
};

const takeAdmin = async (page: Page, folder: string): Promise<void> => {
  const sample = join(folder, 'synthea');
  await cp(join(root, 'tests/fixtures/synthea'), sample, { recursive: true });
  await appendFile(join(sample, 'patients.csv'), 'nobody,2021-02-31,,,,,,Nobody,Never,,,,,,M,,,,,,,,,,\n');
  await signIn(page, 'patrick');
  await takeSchedule(page);
  await goTo(page, '#/import');
  await page.getByLabel('Folder on this workstation').fill(sample);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('table').waitFor();
  await page.getByText('Checked. Nothing has been written.').waitFor();
  await picture(page, 'import');
};

/** The second desk holds one site only, asks for a patient of another, and is told to destroy its copy. */
const takeLast = async (page: Page, centre: ClinicCentre): Promise<void> => {
  const change = (assignment: string) =>
    centre.rows(`update clinichub.sync_device set ${assignment} where name = 'Second desk'`);
  await change(
    `scope = 'site', location_id = (select id from clinichub.location where kind = 'site' order by name limit 1)`,
  );
  const [theirs] = await centre.rows<{ mrn: string }>(
    `select p.mrn from clinichub.patient p join clinichub.location l on l.id = p.location_id
     where l.name = (select max(name) from clinichub.location where kind = 'site')
       and not exists (select from clinichub.appointment a where a.patient_id = p.id) order by p.mrn limit 1`,
  );
  await goTo(page, '#/patients');
  await callFrom(page, 'sync.retry', {});
  const everywhere = page.getByRole('region', { name: 'At all sites' });
  await page.getByRole('textbox', { name: 'Find a patient' }).fill(theirs?.mrn ?? '');
  await everywhere.waitFor();
  await page.getByText('Nobody found').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('w');
  await everywhere.getByRole('listitem').waitFor();
  await picture(page, 'everywhere');
  await change('wiping_at = now()');
  await callFrom(page, 'sync.retry', {});
  await page.getByRole('alert').waitFor();
  await picture(page, 'wiped');
};

/** Which pictures to take: all without arguments. */
const parts = ['front-desk', 'consulting-room', 'administration'] as const;
type Part = (typeof parts)[number];

const takeAll = async (folder: string, chosen: readonly Part[]): Promise<void> => {
  const executablePath = ensureChromium();
  const browser = await chromium.launch({ executablePath, args: chromiumArguments() });
  const centre = await clinicCentre();
  const { hostname, port } = new URL(centre.url);
  const wire = await tcpProxy(hostname, Number(port));
  const start = async (name: string, through: (url: string) => string) => {
    const data = join(folder, name);
    const app = await launchHeadless(browser, {
      data,
      centre: through(await centre.enrol(name)),
      name,
      demo: true,
    });
    await app.page.setViewportSize(size);
    return app;
  };
  if (chosen.includes('consulting-room')) {
    const room = await start('Consulting room', wire.url);
    await takeConsultingRoom(room.page, centre, picture);
    await room.close();
  }
  if (chosen.includes('administration')) {
    const office = await start('Office', wire.url);
    await takeAdministration(office.page, centre, picture);
    await office.close();
  }
  if (chosen.includes('front-desk')) {
    wire.cut();
    const unprepared = await start('New desk', wire.url);
    await unprepared.page.getByRole('heading').first().waitFor();
    await picture(unprepared.page, 'preparing');
    await unprepared.close();
    wire.restore();
    const desk = await start('Front desk', wire.url);
    const other = await start('Second desk', (url) => url);
    await takeReception(desk.page, wire, other.page, centre);
    await takeDoctor(desk.page);
    await takeAdmin(desk.page, folder);
    await takeLast(other.page, centre);
    for (const app of [desk, other]) await app.close();
  }
  await wire.close();
  await centre.drop();
  await browser.close();
};

const main = async (): Promise<void> => {
  const named = process.argv.slice(2);
  const chosen = named.length === 0 ? parts : parts.filter((part) => named.includes(part));
  if (chosen.length === 0) throw new Error(`There are pictures of: ${parts.join(', ')}`);
  await ensureBuilt(root, console.log);
  await rm(shown, { recursive: true, force: true });
  await mkdir(shown, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'clinichub-pictures-'));
  const stopCluster = await startCluster();
  try {
    await takeAll(folder, chosen);
  } finally {
    await stopCluster();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\nThe pictures are in ${shown}`);
};

await main();
