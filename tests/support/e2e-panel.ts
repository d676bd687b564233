import { hashSync } from '@node-rs/argon2';
import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { type ClinicCentre, callFrom } from './e2e-clinic.ts';
import { collectErrors, collectViolations } from './e2e-violations.ts';

export const patientPassword = 'a quiet river at noon';

/** A patient with an account that the desk has approved as theirs. */
export interface AccountHolder {
  readonly patientId: string;
  readonly email: string;
}

/** Gives a patient an account in the panel. */
export const accountHolder = async (centre: ClinicCentre, patientId: string): Promise<AccountHolder> => {
  const email = 'patient-of-the-panel@example.org';
  const hash = hashSync(patientPassword, { memoryCost: 8, timeCost: 1 });
  await centre.rows(
    `with account as (
       insert into clinichub.patient_account (id, email, password_hash, display_name, language, active, verified_at, created_at)
       select gen_random_uuid(), $1, $2, given || ' ' || family, 'en', true, now(), now() from clinichub.patient where id = $3
       returning id, display_name)
     insert into clinichub.patient_account_link (id, account_id, patient_id, relationship, status, account_name, account_email, requested_at, decided_at)
     select gen_random_uuid(), id, $3, 'self', 'approved', display_name, $1, now(), now() from account`,
    [email, hash, patientId],
  );
  return { patientId, email };
};

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

type Sight = Pick<BrowserContextOptions, 'viewport' | 'colorScheme'>;

/** A patient's browser at the panel of a headless host, in which nobody is signed in. */
export const openWelcome = async (browser: Browser, origin: string, sight: Sight) => {
  const context = await browser.newContext({ ...sight, timezoneId: 'Africa/Kigali' });
  const violations = collectViolations(context);
  const errors = collectErrors(context);
  const page = await context.newPage();
  await page.goto(`${origin}/panel`);
  return { page, violations, errors, close: () => context.close() };
};

/** A patient's browser at the panel of a headless host, signed in. */
export const openPanel = async (
  browser: Browser,
  origin: string,
  { email }: AccountHolder,
  sight: Sight,
): ReturnType<typeof openWelcome> => {
  const opened = await openWelcome(browser, origin, sight);
  await signInPatient(opened.page, email);
  return opened;
};

/** Until the account has arrived at the host from the centre, nobody is known by it; and tries are few. */
const signInPatient = async (page: Page, email: string): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect(async () => {
    await callFrom(page, 'panel.signIn', { email, password: patientPassword });
  }).toPass({ intervals: [500, 1000, 2000, 4000], timeout: 60_000 });
  await page.reload();
};
