import { expect, type Page } from '@playwright/test';
import { migrateCentre } from '#main/data/central/migrator.ts';
import type { CallName, Input, Output, Reply } from '#shared/contract/contract.ts';
import { demoAccounts } from '#shared/domain/demo/accounts.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { seedDemoClinic } from '../../scripts/demo/seed.ts';
import { type FreshCentre, freshCentre, type Template, withClient } from './fresh-centre.ts';

/** The demonstration clinic in a centre of a test's own. */
export interface ClinicCentre extends FreshCentre {
  /** Rows of a query on the centre, as the administrator. */
  rows<T>(sql: string, values?: readonly unknown[]): Promise<readonly T[]>;
}

/** Today in the clinic's time zone, `YYYY-MM-DD`. */
export const clinicToday = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Africa/Kigali' }).format(new Date());

/** The clinic as it is now: who waits and who comes next is of the minute, so it is made anew every five. */
const clinicTemplate = (): Template => ({
  name: `clinichub_clinic_${Math.floor(Date.now() / 300_000)}`,
  make: async (url) => {
    await migrateCentre(url);
    await seedDemoClinic(url, clinicToday());
  },
});

/** A centre with the demonstration clinic as it is today. */
export const clinicCentre = async (): Promise<ClinicCentre> => {
  const centre = await freshCentre(clinicTemplate());
  return {
    ...centre,
    rows: <T>(sql: string, values: readonly unknown[] = []) =>
      withClient(centre.url, async (client) => (await client.query(sql, [...values])).rows as readonly T[]),
  };
};

type Username = (typeof demoAccounts)[number]['username'];

/** Signs in through the sign-in screen as a person does. */
export const signIn = async (page: Page, username: Username): Promise<void> => {
  const account = demoAccounts.find((each) => each.username === username);
  if (account === undefined) throw new Error(`nobody is called ${username}`);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /^Your account/ }).waitFor();
};

/** Makes a call as the screens do, over whichever transport the page has. */
export const callFrom = async <N extends CallName>(
  page: Page,
  name: N,
  input: Input<N>,
): Promise<Output<N>> => {
  const reply = await page.evaluate(
    async ([call, value]) => {
      type Bridge = { clinichub?: { call(name: string, input: unknown): Promise<unknown> } };
      const bridge = (globalThis as Bridge).clinichub;
      if (bridge !== undefined) return bridge.call(call, value);
      const response = await fetch(`/rpc/${call}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-clinichub': '1' },
        body: JSON.stringify(value),
      });
      return response.json();
    },
    [name as string, input as unknown] as const,
  );
  const { ok, ...rest } = reply as Reply<Output<N>>;
  if (!ok || !('value' in rest)) throw new Error(`${name} was refused: ${JSON.stringify(rest)}`);
  return rest.value;
};

/** The pill in the header. */
export const pill = (page: Page) =>
  page.getByRole('banner').getByRole('button', { name: /connection to the centre/ });

/**
 * Waits until the workstation behind a page stands like this with the centre. The pill's words may be about something
 * that an earlier journey on the same workstation left to be decided.
 */
export const untilConnection = async (page: Page, connection: 'live' | 'offline'): Promise<void> => {
  await expect.poll(async () => (await callFrom(page, 'sync.status', {})).connection).toBe(connection);
};

/** Opens the day board of `date` by its address. */
export const openDay = async (page: Page, date: string): Promise<void> => {
  const address = new URL(page.url());
  await page.goto(`${address.origin}/?date=${date}#/day`);
  await page.getByRole('grid', { name: /^Day board/ }).waitFor();
};

/** A time that is free for a practitioner, as the board names its cell. */
export interface FreeCell {
  readonly date: string;
  readonly time: string;
  /** Where they are then: a practitioner may be at another site each day. */
  readonly locationId: LocationId;
}

/**
 * The next times on one day after today when a practitioner is free for `minutes`, at least `count` of them. No
 * block lies over their cells, not even a cancelled one: the board would name such a cell only while the cursor is on it.
 */
export const freeTimes = async (
  page: Page,
  practitioner: string,
  count: number,
  minutes = 15,
): Promise<readonly FreeCell[]> => {
  const doctors = await callFrom(page, 'practitioners.list', {});
  const doctor = doctors.find(({ name }) => name === practitioner);
  if (doctor === undefined) throw new Error(`${practitioner} has no schedule`);
  const tomorrow = new Date(Date.parse(`${clinicToday()}T00:00:00Z`) + 86_400_000).toISOString();
  const slots = await callFrom(page, 'appointments.freeSlots', {
    practitionerId: doctor.id,
    from: tomorrow,
    minutes,
    limit: 20,
  });
  const own = slots.filter(({ practitionerId }) => practitionerId === doctor.id);
  const byDay = Map.groupBy(own, ({ startLocal }) => startLocal.slice(0, 10));
  for (const [date, those] of byDay) {
    const { columns } = await callFrom(page, 'appointments.board', { date, practitionerId: doctor.id });
    // Whoever holds no time any more is still drawn over the cells of theirs.
    const shown = columns.flatMap(({ appointments }) => appointments);
    const isClear = (slot: { readonly startAt: string }) => {
      const from = Date.parse(slot.startAt);
      const to = from + Math.max(minutes, 15) * 60_000;
      return shown.every(({ startAt, endAt }) => Date.parse(endAt) <= from || Date.parse(startAt) >= to);
    };
    const free = those.filter(isClear);
    if (free.length >= count)
      return free.map(({ startLocal, locationId }) => ({ date, time: startLocal.slice(11), locationId }));
  }
  throw new Error(`${practitioner} has no day with ${count} free times`);
};

/**
 * Books a free cell of the open day board for the patient with this record number, by mouse. Twice, as many people
 * click: the board must not have moved under the second one.
 */
export const bookCell = async (
  page: Page,
  practitioner: string,
  time: string,
  mrn: string,
): Promise<void> => {
  await page.getByRole('gridcell', { name: `${time}, ${practitioner}, free` }).dblclick();
  const sheet = page.getByRole('dialog', { name: 'Book' });
  await sheet.getByLabel('Patient').first().fill(mrn);
  // What was typed also stands in the offer to register it.
  await sheet.getByRole('option').filter({ hasText: mrn }).filter({ hasNotText: 'Register' }).click();
  await sheet.getByRole('combobox', { name: 'Duration' }).click();
  await page.getByRole('option', { name: '15 min' }).click();
  await sheet.getByRole('button', { name: /^Book/ }).click();
  await sheet.waitFor({ state: 'hidden' });
};
