import { appendFile, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, signIn, untilConnection } from '#tests/support/e2e-clinic.ts';
import { openSection, press, signInByKeys, tabTo, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const synthea = resolve(import.meta.dirname, '../fixtures/synthea');
const people = 59;
const badLine = people + 2;

/** A copy of the sample data with one row more that nobody can have been born on. `mark` makes its ids other ones. */
const sampleWithBadRow = async (folder: string, mark: string): Promise<string> => {
  const sample = join(folder, 'synthea');
  await cp(synthea, sample, { recursive: true });
  for (const name of await readdir(sample)) {
    const file = join(sample, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/\b[0-9a-f](?=[0-9a-f]{7}-[0-9a-f]{4}-)/g, mark));
  }
  const bad = `${mark}93aaa05-d864-1df7-5b96-155fbdb19f99,2021-02-31,,,,,,Nobody,Never,,,,,,M,,,,,,,,,,`;
  await appendFile(join(sample, 'patients.csv'), `${bad}\n`);
  return sample;
};

/** The numbers of a line of the table of what was found: read, new, already here, refused. */
const found = (page: Page, kind: string) => async (): Promise<readonly number[]> => {
  const cells = page.getByRole('table').getByRole('row', { name: kind }).getByRole('cell');
  return (await cells.allTextContents()).map((text) => Number(text.replace(/\D/g, '')));
};

const state = (page: Page) => page.getByRole('main').getByRole('status');
/** Reading thousands of rows takes a while on a busy machine. */
const long = { timeout: 30_000 };

test('an administrator, by mouse: check, import, and once more', async ({ desk: { app }, folder }) => {
  const { page } = app;
  const sample = await sampleWithBadRow(folder, 'e');
  await signIn(page, 'patrick');
  await openSection(page, 'Import');
  await page.getByLabel('Folder on this workstation').fill(sample);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(state(page)).toHaveText('Checked. Nothing has been written.', long);
  await expect.poll(found(page, 'Patients')).toEqual([people + 1, people, 0, 1]);
  const bad = page.getByRole('grid').getByRole('row').filter({ hasText: 'patients.csv' });
  await expect(bad.filter({ hasText: 'There is no such date' })).toContainText(String(badLine));
  await expectAccessible(page, 'import, checked');

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(state(page)).toHaveText('Imported', long);
  await expect.poll(found(page, 'Patients')).toEqual([people + 1, people, 0, 1]);
  await expectAccessible(page, 'import, done');

  await page.getByRole('button', { name: 'Check' }).click();
  await expect(state(page)).toHaveText('Checked. Nothing has been written.', long);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(state(page)).toHaveText('Imported', long);
  for (const kind of ['Patients', 'Practitioners', 'Sites', 'Past appointments']) {
    const [read = 0, added, unchanged = 0, refused = 0] = await found(page, kind)();
    expect(added, kind).toBe(0);
    expect(unchanged + refused, kind).toBe(read);
  }
  await expect
    .poll(async () => {
      const { connection, waiting, parked } = await callFrom(page, 'sync.status', {});
      return { connection, waiting, parked };
    }, long)
    .toEqual({ connection: 'live', waiting: 0, parked: 0 });
});

test('an administrator, by keys alone', async ({ desk: { app, centre }, folder }) => {
  const { page } = app;
  const sample = await sampleWithBadRow(folder, 'd');
  const patients = async () =>
    Number((await centre.rows<{ n: string }>('select count(*) as n from clinichub.patient'))[0]?.n);
  await signInByKeys(page, 'patrick');
  await untilConnection(page, 'live');
  const before = await patients();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await press(page, 'g', 'i');
  await tabTo(page, page.getByLabel('Folder on this workstation'));
  await press(page, 'ControlOrMeta+a');
  await page.keyboard.type(sample);
  await press(page, 'Enter');
  await expect(state(page)).toHaveText('Checked. Nothing has been written.', long);
  expect(await patients()).toBe(before);
  await tabTo(page, page.getByRole('button', { name: 'Import', exact: true }));
  await press(page, 'Enter');
  await expect(state(page)).toHaveText('Imported', long);
  await expect.poll(found(page, 'Patients')).toEqual([people + 1, people, 0, 1]);
  await expect.poll(patients, long).toBe(before + people);
});
