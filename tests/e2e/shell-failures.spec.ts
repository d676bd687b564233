import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DoubleDriver } from '#tests/support/app-driver-double.ts';
import { signIn } from '#tests/support/e2e-clinic.ts';
import { test as journey } from '#tests/support/e2e-journey.ts';
import { test as base, expect } from '#tests/support/e2e-test.ts';

/** What is typed is a canary: no log may sing it. */
const canary = 'Zyxwvut';
const again = 'the Electron double would start again';
const failed = 70;

const openNote = async (page: Page, id: string) => {
  await page.goto(`${new URL(page.url()).origin}/#/patients/${id}/chart`);
  await expect(page.getByLabel('Subjective')).toBeFocused();
};

journey('neither a page nor a main process that dies takes a draft with it', async ({ desk }) => {
  const app = desk.app as DoubleDriver;
  const [patient] = await desk.centre.rows<{ id: string }>(
    `select p.id from clinichub.patient p
     where not exists (select from clinichub.appointment a where a.patient_id = p.id) limit 1`,
  );
  const id = patient?.id ?? '';
  await signIn(app.page, 'uwase');
  await openNote(app.page, id);
  await app.page.keyboard.type(`${canary} since Monday`);
  await expect(app.page.getByText(/^Draft saved/)).toBeVisible();

  const crashed = app.page;
  await crashed.goto('chrome://crash').catch(() => undefined);
  await expect.poll(() => app.page !== crashed && app.page.url()).toContain('/stopped');
  await app.page.getByRole('link', { name: 'Open again' }).click();
  await app.page.getByRole('button', { name: /^Your account/ }).waitFor();
  await openNote(app.page, id);
  await expect(app.page.getByLabel('Subjective')).toHaveValue(`${canary} since Monday`);

  await app.page.keyboard.press('End');
  await app.page.keyboard.type(', no cough');
  await app.main.ask('fail', { message: canary });
  expect(await app.main.ended).toBe(failed);
  const output = app.output();
  expect(output).toContain('"event":"page-stopped"');
  expect(output).toContain('"event":"uncaught","error":"Error"');
  expect(output).toContain(again);
  expect(output).not.toContain(canary);

  await app.restart();
  await signIn(app.page, 'uwase');
  await openNote(app.page, id);
  await expect(app.page.getByLabel('Subjective')).toHaveValue(`${canary} since Monday, no cough`);
});

const centre = 'postgres://nobody:nothing@127.0.0.1:1/none';

base(
  'a main process that fails again and again says so, stays away, and starts when it is asked to',
  async ({ launch, folder }) => {
    const app = (await launch({ data: folder, centre })) as DoubleDriver;
    const outputs: string[] = [];
    for (let run = 0; run < 3; run += 1) {
      if (run > 0) await app.restart();
      await app.main.ask('fail', { message: canary });
      expect(await app.main.ended).toBe(failed);
      outputs.push(app.output());
    }
    expect(outputs.map((output) => output.includes(again))).toEqual([true, true, false]);
    expect(outputs[2]).toContain('ClinicHub stopped several times');
    await app.restart();
    await expect(app.page.getByRole('heading').first()).toBeVisible();
    const log = await readFile(join(folder, 'logs', 'clinichub.log'), 'utf8');
    expect(log.match(/"event":"uncaught"/g)).toHaveLength(3);
    expect(log).not.toContain(canary);
  },
);

base('what npm start has started does not start itself again', async ({ launch, folder }) => {
  const app = (await launch({ data: folder, centre, env: { CLINICHUB_CHILD: '1' } })) as DoubleDriver;
  await app.main.ask('fail', { message: canary });
  expect(await app.main.ended).toBe(failed);
  expect(app.output()).not.toContain(again);
});
