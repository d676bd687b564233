import type { Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, callFrom, signIn, untilConnection } from '#tests/support/e2e-clinic.ts';
import { press, signInByKeys, signOut, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

interface Person {
  readonly id: string;
  readonly mrn: string;
  readonly name: string;
}

/** Somebody with no visit these days, and none with the two doctors of these journeys: the `n`-th, and the first of them women of 20 to 50. */
const somebody = async (centre: ClinicCentre, n: number): Promise<Person> => {
  const [patient] = await centre.rows<Person>(
    `select p.id, p.mrn, p.family || ' ' || p.given as name from clinichub.patient p
     where p.deceased_date is null and p.voided_at is null and p.merged_into is null
     and not exists (select from clinichub.appointment a join clinichub.practitioner d on d.id = a.practitioner_id
       where a.patient_id = p.id and (a.start_at > now() - interval '1 day' or d.family in ('Uwase', 'Okello')))
     order by p.gender = 'female' and p.birth_date between current_date - 18000 and current_date - 7500 desc nulls last, p.id
     offset $1 limit 1`,
    [n],
  );
  if (patient === undefined) throw new Error('everybody has been here');
  return patient;
};

/** So many encounters, one every nine days back from yesterday. */
const withEncounters = (centre: ClinicCentre, id: string, count: number) =>
  centre.rows(
    `insert into clinichub.encounter (id, patient_id, location_id, status, "class", reason, start_at, created_at)
     select gen_random_uuid(), $1, (select id from clinichub.location where kind = 'site' order by id limit 1), 'finished', 'AMB',
       'Follow-up ' || i, now() - interval '1 day' - i * interval '9 days', now()
     from generate_series(1, $2::integer) i`,
    [id, count],
  );

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const notices = (page: Page) => page.getByRole('list', { name: 'What must not be overlooked' });
const timeline = (page: Page) => page.getByRole('grid', { name: 'Timeline' });

/** The cursor is in the note when a chart opens; out of it, single keys are the chart's. */
const leaveNote = async (page: Page) => {
  await expect(page.locator('textarea:focus')).toBeVisible();
  await press(page, 'Escape');
  await expect(page.locator('textarea:focus')).toHaveCount(0);
};

/** Finds somebody with the find box, by keys. */
const find = async (page: Page, mrn: string) => {
  await press(page, 'ControlOrMeta+k');
  await page.keyboard.type(mrn);
  await expect(page.getByRole('option').filter({ hasText: mrn })).toBeVisible();
  await press(page, 'Enter');
};

test('by keys: from my day to the chart, what is not recorded is said, an alert, the timeline, the record and back', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const patient = await somebody(centre, 0);
  await withEncounters(centre, patient.id, 130);
  await centre.rows(
    `insert into clinichub.allergy_intolerance (id, patient_id, substance, clinical_status, verification_status, severity, recorded_at)
     values (gen_random_uuid(), $1, 'Penicillin', 'active', 'confirmed', 'severe', now())`,
    [(await somebody(centre, 1)).id],
  );
  await signInByKeys(page, 'uwase');
  await untilConnection(page, 'live');
  const day = page.getByRole('listbox', { name: 'My day' });
  await expect(day.getByRole('option', { selected: true })).toBeVisible();
  await press(page, 'o');
  await expect(page).toHaveURL(/\/patients\/[^/]+\/chart$/);
  await leaveNote(page);
  await press(page, 'Backspace');
  await expect(day).toBeVisible();

  await find(page, patient.mrn);
  await expect(heading(page)).toContainText(patient.name);
  for (const text of ['Allergies not recorded', 'Pregnancy not recorded', 'Weight not recorded'])
    await expect(notices(page)).toContainText(text);
  await leaveNote(page);
  await press(page, 'Shift+A');
  await page.keyboard.type('Falls easily');
  await expectAccessible(page, 'an alert');
  await press(page, 'ControlOrMeta+Enter');
  await expect(notices(page)).toContainText('Falls easily');
  await expect
    .poll(() => centre.rows('select "text" from clinichub.flag where patient_id = $1', [patient.id]))
    .toEqual([{ text: 'Falls easily' }]);
  await expectAccessible(page, 'chart');

  await press(page, '8');
  await expect(timeline(page)).toContainText('Follow-up 1');
  await expectAccessible(page, 'timeline');
  await timeline(page).getByRole('row').nth(1).focus();
  // The end of what is here brings the next page, until there is none.
  for (const last of ['Follow-up 50', 'Follow-up 100', 'Follow-up 130'])
    await expect(async () => {
      await press(page, 'End');
      await expect(timeline(page)).toContainText(last, { timeout: 1000 });
    }).toPass({ timeout: 15_000 });
  expect(await timeline(page).getByRole('row').count()).toBeLessThan(80);
  await page.getByRole('button', { name: 'Notes', exact: true }).click();
  await expect(page.getByText('Nothing of this kind')).toBeVisible();

  await press(page, 'r');
  await expect(page).toHaveURL(new RegExp(`/patients/${patient.id}$`));
  await press(page, 'c');
  await expect(page).toHaveURL(/\/chart$/);
  await page.getByRole('button', { name: 'End: Falls easily' }).click();
  await page.keyboard.type('Walks well again');
  await press(page, 'Enter');
  await expect(notices(page)).not.toContainText('Falls easily');

  await find(page, (await somebody(centre, 1)).mrn);
  await expect(notices(page)).toContainText('Penicillin (severe)');
});

test('a nurse: who is still to be seen, the next one by one key, and the chart with what she may not do', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const patient = await somebody(centre, 2);
  await signIn(page, 'josiane');
  const [doctor] = await callFrom(page, 'practitioners.list', {});
  const user = await callFrom(page, 'session.current', {});
  const locationId = user?.locationId ?? doctor?.locationIds[0];
  if (!doctor || !locationId) throw new Error('the doctor works nowhere');
  await callFrom(page, 'visits.walkIn', {
    patientId: patient.id as never,
    practitionerId: doctor.id,
    locationId,
    reason: 'Dizzy',
    priority: 'stat',
  });
  await press(page, 'g', 'm');
  const strip = page.getByRole('region', { name: 'Waiting for you' });
  await expect(strip.getByRole('listitem').first()).toContainText(patient.name);
  await expect(strip.getByRole('listitem').first()).toContainText('Dizzy');
  await expectAccessible(page, "a nurse's day");
  await press(page, 'l');
  await expect(page).toHaveURL(new RegExp(`/patients/${patient.id}/chart$`));
  await expect(heading(page)).toContainText(patient.name);
  await expect
    .poll(() => centre.rows('select stage from clinichub.appointment where patient_id = $1', [patient.id]))
    .toContainEqual({ stage: 'with-nurse' });
  await expect(page.getByRole('button', { name: 'Add an alert' })).toHaveCount(0);
});

test('a restricted chart is closed, opens for an hour with a reason, and an administrator looks at it', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const patient = await somebody(centre, 3);
  await withEncounters(centre, patient.id, 3);
  await signIn(page, 'uwase');
  await untilConnection(page, 'live');
  await find(page, patient.mrn);
  await expect(notices(page)).toBeVisible();
  await leaveNote(page);
  await press(page, 'Shift+R');
  await expectAccessible(page, 'restricting');
  await page.keyboard.type('Colleague of the staff');
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: 'This chart is restricted' })).toBeVisible();
  await expect(notices(page)).toHaveCount(0);
  await expectAccessible(page, 'restricted chart');
  await expect(callFrom(page, 'chart.timeline', { id: patient.id as never })).rejects.toThrow('restricted');

  const reason = page.getByRole('textbox', { name: 'Why do you have to see it?' });
  await expect(reason).toBeFocused();
  await press(page, 'Enter');
  await expect(page.getByText('Say why, in a few words.')).toBeVisible();
  await page.keyboard.type('She called about her results');
  await press(page, 'Enter');
  await expect(notices(page)).toContainText('open to you until');
  await expect(statusLine(page)).toContainText('The reason has been noted');
  await press(page, 'Alt+8');
  await expect(timeline(page)).toContainText('Follow-up 1');
  await signOut(page);

  await signIn(page, 'okello');
  await find(page, patient.mrn);
  await expect(page.getByRole('heading', { name: 'This chart is restricted' })).toBeVisible();
  await signOut(page);

  await signIn(page, 'patrick');
  await press(page, 'Escape', 'g', ',');
  const openings = page.getByRole('grid', { name: 'Restricted charts opened' });
  const line = openings.getByRole('row').filter({ hasText: patient.name });
  await expect(line).toContainText('She called about her results');
  await expectAccessible(page, 'openings');
  await line.focus();
  await press(page, 'Enter');
  await expect(page.getByRole('textbox', { name: 'What came of it' })).toBeFocused();
  await page.keyboard.type('Asked the patient: she did call');
  await expectAccessible(page, 'looking at an opening');
  await press(page, 'ControlOrMeta+Enter');
  await expect(line).toHaveCount(0);
  await expect
    .poll(() =>
      centre.rows('select reason, review_note from clinichub.break_glass where patient_id = $1', [
        patient.id,
      ]),
    )
    .toEqual([{ reason: 'She called about her results', review_note: 'Asked the patient: she did call' }]);
});
