import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from '@playwright/test';
import { fold } from '#shared/domain/patients/fold.ts';
import { type AppDriver, type Backend, launchApp } from './app-driver.ts';
import { type ClinicCentre, callFrom, clinicCentre } from './e2e-clinic.ts';
import { test as base, expect, expectQuiet } from './e2e-test.ts';
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts';

/** A workstation of the demonstration clinic, and the cable between it and the centre. */
export interface JourneyDesk {
  readonly app: AppDriver;
  readonly centre: ClinicCentre;
  readonly wire: TcpProxy;
}

/** The clinic of one spec file. */
interface OpenClinic {
  readonly file: string;
  readonly desk: JourneyDesk;
  close(): Promise<void>;
}

const openClinic = async (file: string, backend: Backend, browser: Browser): Promise<OpenClinic> => {
  const centre = await clinicCentre();
  const { hostname, port } = new URL(centre.url);
  const wire = await tcpProxy(hostname, Number(port));
  const data = await mkdtemp(join(tmpdir(), 'clinichub-journey-'));
  const login = await centre.enrol('Front desk');
  const app = await launchApp(backend, browser, { data, centre: wire.url(login), demo: true });
  return {
    file,
    desk: { app, centre, wire },
    close: async () => {
      await app.close();
      await wire.close();
      await centre.drop();
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

/** The clinic of a spec file, opened when its first journey begins; the one of the file before is closed. */
type ClinicOf = (file: string) => Promise<JourneyDesk>;

/**
 * Starting a clinic takes longer than most journeys through it, so those of one file share one; nobody is signed in at
 * first. Another file has another, so that which files a worker happens to run decides nothing.
 */
export const test = base.extend<{ readonly desk: JourneyDesk }, { readonly clinicOf: ClinicOf }>({
  clinicOf: [
    async ({ backend, browser }, use) => {
      let open: OpenClinic | null = null;
      await use(async (file) => {
        if (open?.file !== file) {
          await open?.close();
          open = null;
          open = await openClinic(file, backend, browser);
        }
        return open.desk;
      });
      await (open as OpenClinic | null)?.close();
    },
    { scope: 'worker' },
  ],
  desk: async ({ clinicOf }, use, testInfo) => {
    const desk = await clinicOf(testInfo.file);
    const { app, wire } = desk;
    wire.restore();
    await use(desk);
    if (testInfo.status === testInfo.expectedStatus) expectQuiet(app);
    else await testInfo.attach('output of main', { body: app.output(), contentType: 'text/plain' });
    const picture = testInfo.outputPath('at-the-end.png');
    if (testInfo.status !== testInfo.expectedStatus) await app.page.screenshot({ path: picture });
    await signOut(app.page);
  },
});

/** Ends the session, whoever works here and whatever is open. */
export const signOut = async (page: Page): Promise<void> => {
  await page.goto(`${new URL(page.url()).origin}/`);
  const account = page.getByRole('button', { name: /^Your account/ });
  const name = page.getByLabel('User name');
  await account.or(name).first().waitFor();
  if (await name.isVisible()) return;
  await account.click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await name.waitFor();
};

/** Signs in with nothing but keys; the cursor has to be in the user name already. */
export const signInByKeys = async (page: Page, username: string): Promise<void> => {
  await expect(page.getByLabel('User name')).toBeFocused();
  await page.keyboard.type(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(`${username}-demo`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Your account/ }).waitFor();
};

/** Presses Tab until the cursor is there: what cannot be reached so fails. */
export const tabTo = async (page: Page, target: Locator): Promise<void> => {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
};

/** Presses one key after the other. */
export const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Opens a section of the clinic as an administrator does who does not know its key. */
export const openSection = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: 'Clinic' }).click();
  const list = page.getByRole('navigation', { name: 'Sections of the clinic' });
  await list.getByRole('link', { name, exact: true }).click();
};

/** The line under the work. */
export const statusLine = (page: Page): Locator => page.getByRole('contentinfo');

export interface JourneyPatient {
  readonly id: string;
  readonly mrn: string;
  readonly family: string;
  readonly given: string;
  /** `YYYY-MM-DD` */
  readonly birth_date: string;
  readonly phone: string;
}

/** Somebody whose name is not written in plain letters, with nothing booked. */
export const accentedPatient = async (centre: ClinicCentre): Promise<JourneyPatient> => {
  const patients = await centre.rows<JourneyPatient>(
    `select p.id, p.mrn, p.family, p.given, p.birth_date::text, p.phone from clinichub.patient p
     where p.family ~ '[^ -~]' and p.phone like '+2507%' and p.birth_date is not null and p.birth_date_estimated = false
     and not exists (select from clinichub.appointment a where a.patient_id = p.id and a.start_at > now() - interval '1 day')
     order by p.id limit 1`,
  );
  const [patient] = patients;
  if (patient === undefined) throw new Error('nobody has an accent in the name');
  return patient;
};

/** What somebody at the desk might type to find `patient`. */
export const waysToFind = (patient: JourneyPatient): readonly string[] => {
  const born = new Date(`${patient.birth_date}T00:00:00Z`);
  const day = born.getUTCDate();
  const month = born.toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' });
  const [given = ''] = fold(patient.given).split(' ');
  return [
    `${given} ${fold(patient.family).slice(0, 4)}`,
    `${fold(patient.family)} ${given.slice(0, 3)}`,
    `${day} ${month} ${born.getUTCFullYear()} ${given}`,
    `${day}.${born.getUTCMonth() + 1}.${born.getUTCFullYear()} ${given}`,
    patient.phone.replace('+250', '0'),
    patient.mrn.toLowerCase(),
  ];
};

/** Plugs the cable in again and tries at once: what waits otherwise rests for as long as its failures have earned. */
export const backOnline = async (page: Page, wire: TcpProxy): Promise<void> => {
  wire.restore();
  await callFrom(page, 'sync.retry', {});
};
