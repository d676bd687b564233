import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, callFrom, signIn, untilConnection } from '#tests/support/e2e-clinic.ts';
import { press, signInByKeys, test } from '#tests/support/e2e-journey.ts';
import { type AccountHolder, accountHolder, openPanel, phone } from '#tests/support/e2e-panel.ts';
import { expect } from '#tests/support/e2e-test.ts';
import { qrText } from '#tests/support/qr-text.ts';

const aline = {
  family: 'Iradukunda',
  given: 'Aline Grace',
  gender: 'female',
  birthDate: '1990-04-05',
  phone: '0788 123 456',
} as const;

const beata = {
  ...aline,
  family: 'Nyirahabimana',
  given: 'Beata',
  birthDate: '1971-11-02',
  phone: '0788 654 321',
};

/** What the panel writes when somebody has no code: a record of its own, and the wish to be recognised. */
const ask = async (page: Page, centre: ClinicCentre): Promise<string> => {
  const asked = await callFrom(page, 'patients.register', {
    ...aline,
    given: 'Aline',
    email: 'aline@example.org',
    notADuplicate: true,
  });
  await expect
    .poll(async () => (await centre.rows('select 1 from clinichub.patient where id = $1', [asked.id])).length)
    .toBe(1);
  await centre.rows(
    `insert into clinichub.patient_account_link
       (id, account_id, patient_id, relationship, status, account_name, account_email, note, requested_at)
     values ($1, $2, $3, 'self', 'requested', 'Aline Iradukunda', 'aline@example.org', 'I came in spring', now())`,
    [randomUUID(), randomUUID(), asked.id],
  );
  return asked.id;
};

/** A patient whose appointment is now, whatever the hour the clinic opens: booked for later and moved at the centre. */
const expected = async (page: Page, centre: ClinicCentre) => {
  const { id: patientId, mrn, given } = await callFrom(page, 'patients.register', beata);
  const [doctor] = await callFrom(page, 'practitioners.list', {});
  if (doctor === undefined) throw new Error('nobody works here');
  const from = new Date(Date.now() + 86_400_000).toISOString();
  const wish = { practitionerId: doctor.id, from, minutes: 15, limit: 1 };
  const [slot] = await callFrom(page, 'appointments.freeSlots', wish);
  if (slot === undefined) throw new Error('nobody is free');
  const { practitionerId, locationId, startLocal } = slot;
  const when = { patientId, practitionerId, locationId, startLocal, minutes: 15 };
  const { id } = (await callFrom(page, 'appointments.book', when)).appointment;
  const status = async () => (await callFrom(page, 'appointments.get', { id })).certainty;
  await expect.poll(status).toBe('confirmed');
  await centre.rows(
    `update clinichub.appointment set overbooked = true, overbook_reason = 'test', start_at = date_trunc('minute', now()),
       end_at = date_trunc('minute', now()) + interval '15 minutes',
       start_local = to_char(now() at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI') where id = $1`,
    [id],
  );
  const isMoved = async () => (await callFrom(page, 'appointments.get', { id })).overbooked;
  await expect.poll(isMoved).toBe(true);
  return { id, patientId, mrn, given };
};

/** The modules of the QR code that is in sight, as a camera sees them: its picture, looked at in the middle of each. */
const modulesSeen = async (page: Page, picture: Buffer): Promise<readonly string[]> =>
  page.evaluate(
    async ([encoded, side]) => {
      const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const seen = (at: number, size: number) => Math.floor(((at + 0.5) / side) * size);
      const shade = (x: number, y: number) =>
        context.getImageData(seen(x, image.width), seen(y, image.height), 1, 1).data[0] ?? -1;
      const each = Array.from({ length: side }, (_, n) => n);
      const letters = new Map([
        [0, '#'],
        [255, '.'],
      ]);
      return each.map((y) => each.map((x) => letters.get(shade(x, y)) ?? '?').join(''));
    },
    [picture.toString('base64'), 29] as const,
  );

/** What the code says that a patient has in the panel on the day, on a phone in the dark. */
const codeAtHome = async (browser: Browser, origin: string, holder: AccountHolder): Promise<string> => {
  const dark = { viewport: phone, colorScheme: 'dark' } as const;
  const { page, violations, errors, close } = await openPanel(browser, origin, holder, dark);
  await page
    .getByRole('region', { name: 'Next appointments' })
    .getByRole('link', { name: 'Check in' })
    .click();
  const code = page.getByRole('img', { name: /^QR code of the record number/ });
  await code.waitFor();
  await expectAccessible(page, 'the code for the kiosk');
  const rows = await modulesSeen(page, await code.screenshot());
  // Four modules of white are round it.
  const quiet = /^[.]+$/;
  for (const row of [...rows.slice(0, 4), ...rows.slice(-4)]) expect(row).toMatch(quiet);
  for (const row of rows) expect(row).toMatch(/^[.]{4}[.#]{21}[.]{4}$/);
  expect([...violations, ...errors]).toEqual([]);
  await close();
  return qrText(rows.slice(4, -4).map((row) => row.slice(4, -4)));
};

test('somebody who asked in the panel is recognised at the desk by keys, and gets a slip with a code', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  await signInByKeys(page, 'claudine');
  const known = await callFrom(page, 'patients.register', aline);
  const asked = await ask(page, centre);
  await press(page, 'g', 't');
  const list = page.getByRole('listbox', { name: /decision/ });
  await list.getByRole('option', { name: /Aline Iradukunda wants to use the panel/ }).click();
  const card = page.getByRole('region', { name: /Aline Iradukunda wants/ });
  await expect(card.getByRole('radio', { checked: true })).toHaveCount(1);
  await expect(card.getByRole('checkbox', { name: 'Take over: E-mail' })).toBeChecked();
  await expect(card.getByText('I came in spring')).toBeVisible();
  await page.setViewportSize({ width: 1366, height: 768 });
  await expectAccessible(page, 'a request from the panel');
  await press(page, 's');
  await expect(page.getByText(`Aline Iradukunda sees the chart ${known.mrn} now.`)).toBeVisible();
  await expect
    .poll(() =>
      centre.rows(
        `select l.status, p.merged_into, k.email from clinichub.patient_account_link l
           join clinichub.patient p on p.id = l.patient_id join clinichub.patient k on k.id = p.merged_into
           where l.patient_id = $1`,
        [asked],
      ),
    )
    .toEqual([{ status: 'approved', merged_into: known.id, email: 'aline@example.org' }]);

  const { origin } = new URL(page.url());
  await page.goto(`${origin}/#/patients/${known.id}`);
  const access = page.getByRole('region', { name: 'Patient panel' });
  await expect(access.getByText('Aline Iradukunda')).toBeVisible();
  await expectAccessible(page, 'a patient with access');
  await access.getByRole('button', { name: 'Access code…' }).click();
  await page.getByRole('button', { name: 'Make an access code' }).click();
  const preview = page.getByRole('region', { name: 'Preview: Access code' });
  await expect(preview.getByText(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/)).toBeVisible();
  await expectAccessible(page, 'an access slip');
});

test('a browser becomes a kiosk, checks a patient in, leads nowhere else, and is given back by the staff', async ({
  desk: { app, centre },
  browser,
}) => {
  const { page } = app;
  await signIn(page, 'claudine');
  await untilConnection(page, 'live');
  const { id, patientId, mrn, given } = await expected(page, centre);
  const { origin } = new URL(page.url());
  const code = await codeAtHome(browser, origin, await accountHolder(centre, patientId));
  expect(code).toBe(mrn);

  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('button', { name: 'Make this screen a kiosk…' }).click();
  await page.setViewportSize({ width: 1080, height: 1920 });
  await page.getByRole('button', { name: 'Make it a kiosk' }).waitFor();
  await expectAccessible(page, 'making a kiosk');
  await page.clock.install();
  await page.getByRole('button', { name: 'Make it a kiosk' }).click();
  const french = page.getByRole('button', { name: /J’ai un rendez-vous/ });
  await french.waitFor();
  await expectAccessible(page, 'the kiosk');
  await french.click();
  await expect(
    page.getByRole('heading', { name: 'Scannez votre carte ou le code de votre téléphone' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Recommencer' }).click();

  await page.getByRole('button', { name: /I have an appointment/ }).click();
  for (const key of mrn.replaceAll('-', ''))
    await page.getByRole('button', { name: key, exact: true }).click();
  await expectAccessible(page, 'the record number');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.keyboard.type('01011901');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'We did not find you.' })).toBeVisible();
  await expect(page.getByText(given)).toHaveCount(0);
  await page.getByRole('button', { name: 'Try again' }).click();
  // A scanner is a keyboard; what it reads in the panel opens nothing before the date of birth is said.
  await page.keyboard.type(code, { delay: 5 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Your date of birth' })).toBeVisible();
  await expectAccessible(page, 'the date of birth');
  const [year, month, day] = beata.birthDate.split('-');
  await page.keyboard.type(`${day}${month}${year}`);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('heading', { name: `Thank you, ${given}. You are checked in.` })).toBeVisible();
  await expectAccessible(page, 'checked in');
  await expect
    .poll(() => centre.rows('select status from clinichub.appointment where id = $1', [id]))
    .toEqual([{ status: 'arrived' }]);
  // It forgets by itself.
  await page.clock.fastForward(13_000);
  await expect(page.getByRole('button', { name: /I have an appointment/ })).toBeVisible();

  await page.goto(`${origin}/#/patients`);
  await expect(page).toHaveURL(/\/kiosk/);
  await page.getByRole('button', { name: /^(Staff|Personnel)$/ }).click();
  await page.getByLabel('User name').fill('claudine');
  await page.getByLabel('Password', { exact: true }).fill('claudine-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /^Your account/ }).waitFor();
});
