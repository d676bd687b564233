import { hashSync } from '@node-rs/argon2';
import { type Browser, expect, type Page } from '@playwright/test';
import { type ClinicCentre, callFrom } from './e2e-clinic.ts';
import { collectErrors, collectViolations } from './e2e-violations.ts';

export const patientPassword = 'a quiet river at noon';

/** Somebody with nothing booked, and an account that the desk has approved as theirs. */
export interface AccountHolder {
  readonly patientId: string;
  readonly name: string;
  /** As the desk's lists name them. */
  readonly listed: string;
  readonly email: string;
}

/** Gives the `n`th patient who has nothing booked an account in the panel. */
export const accountHolder = async (centre: ClinicCentre, n: number): Promise<AccountHolder> => {
  const [patient] = await centre.rows<{ id: string; family: string; given: string }>(
    `select p.id, p.family, p.given from clinichub.patient p where p.merged_into is null and p.voided_at is null
     and not exists (select from clinichub.appointment a where a.patient_id = p.id) order by p.id limit 1 offset $1`,
    [n],
  );
  if (patient === undefined) throw new Error('everybody has an appointment');
  const email = `patient${n}@example.org`;
  const hash = hashSync(patientPassword, { memoryCost: 8, timeCost: 1 });
  await centre.rows(
    `with account as (
       insert into clinichub.patient_account (id, email, password_hash, display_name, language, active, verified_at, created_at)
       values (gen_random_uuid(), $1, $2, $3, 'en', true, now(), now()) returning id)
     insert into clinichub.patient_account_link (id, account_id, patient_id, relationship, status, account_name, account_email, requested_at, decided_at)
     select gen_random_uuid(), id, $4, 'self', 'approved', $3, $1, now(), now() from account`,
    [email, hash, `${patient.given} ${patient.family}`, patient.id],
  );
  return {
    patientId: patient.id,
    name: `${patient.given} ${patient.family}`,
    listed: `${patient.family} ${patient.given}`,
    email,
  };
};

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

/** A patient's browser at the panel of a headless host, signed in. */
export const openPanel = async (
  browser: Browser,
  origin: string,
  { email }: AccountHolder,
  viewport: { readonly width: number; readonly height: number },
) => {
  const context = await browser.newContext({ viewport, timezoneId: 'Africa/Kigali' });
  const violations = collectViolations(context);
  const errors = collectErrors(context);
  const page = await context.newPage();
  await page.goto(`${origin}/panel`);
  await signInPatient(page, email);
  return { page, violations, errors, close: () => context.close() };
};

/** Until the account has arrived at the host from the centre, nobody is known by it; and tries are few. */
const signInPatient = async (page: Page, email: string): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect(async () => {
    await callFrom(page, 'panel.signIn', { email, password: patientPassword });
  }).toPass({ intervals: [500, 1000, 2000, 4000], timeout: 60_000 });
  await page.reload();
};
