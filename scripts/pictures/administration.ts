import type { Page } from '@playwright/test';
import type { Language } from '#shared/i18n/languages.ts';
import { type ClinicCentre, callFrom, signIn } from '#tests/support/e2e-clinic.ts';
import { goTo, type Picture, speak } from './steps.ts';

/** The screens of the rail's Clinic, by their address; each has a table or a form in it when it is there. */
const sections = [
  ['overview', 'overview'],
  ['appointments', 'oversight'],
  ['practitioners', 'doctors'],
  ['users', 'users'],
  ['permissions', 'permissions'],
  ['places', 'places'],
  ['settings', 'settings'],
  ['schedule', 'schedule'],
  ['holidays', 'holidays'],
  ['prices', 'prices'],
  ['payers', 'payers'],
  ['note-templates', 'note-templates'],
  ['formulary', 'formulary'],
  ['safety', 'safety'],
  ['safety/overrides', 'safety-overrides'],
  ['code-systems', 'code-systems'],
  ['workstations', 'workstations'],
  ['import', 'import'],
  ['openings', 'openings'],
  ['audit', 'audit'],
] as const;

/** The sheets that a row or a key opens: address, key, name. */
const sheets = [
  ['practitioners', 'Enter', 'doctor-sheet'],
  ['practitioners', 'n', 'doctor-new'],
  ['users', 'Enter', 'user-sheet'],
  ['users', 'n', 'user-new'],
  ['places', 'Enter', 'site-sheet'],
  ['places', 'r', 'room-new'],
  ['prices', 'Enter', 'price-sheet'],
  ['prices', 'n', 'price-new'],
  ['note-templates', 'Enter', 'note-template-sheet'],
  ['workstations', 'Enter', 'workstation-sheet'],
  ['workstations', 'n', 'workstation-new'],
  ['audit', 'Enter', 'audit-line'],
] as const;

const takeSheets = async (page: Page, named: (name: string) => string, picture: Picture): Promise<void> => {
  for (const [place, keys, name] of sheets) {
    await goTo(page, `#/${place}`);
    await page.getByRole('grid').getByRole('row').nth(1).focus();
    await page.keyboard.press(keys);
    await page.getByRole('dialog').waitFor();
    await picture(page, named(name));
    await page.keyboard.press('Escape');
  }
};

const account = /^(Your account|Votre compte)/;

/** The session while nobody is at the desk. */
const takeLock = async (page: Page, named: (name: string) => string, picture: Picture): Promise<void> => {
  await page.keyboard.press('ControlOrMeta+Shift+L');
  const password = page.locator('input[autocomplete="current-password"]');
  await password.waitFor();
  await picture(page, named('locked'));
  await password.fill('patrick-demo');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: account }).waitFor();
};

/** A form of somebody who may look at it and not change it. */
const takeReading = async (page: Page, named: (name: string) => string, picture: Picture): Promise<void> => {
  const what = { role: 'admin', permission: 'location.update' } as const;
  await callFrom(page, 'access.set', { ...what, granted: false });
  await goTo(page, '#/places');
  await page.getByRole('grid').getByRole('row').nth(1).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('note').waitFor();
  await picture(page, named('site-to-be-read'));
  await callFrom(page, 'access.set', { ...what, granted: true });
};

/** The code of a new workstation, which is shown once. */
const takeCode = async (page: Page, picture: Picture): Promise<void> => {
  await goTo(page, '#/workstations');
  await page.getByRole('button', { name: /^New workstation/ }).click();
  await page.getByLabel('Name', { exact: true }).fill('Reception, second floor');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog', { name: 'Code for the new workstation' }).waitFor();
  await picture(page, 'en-admin-workstation-code');
};

/** The administrator's screens in each language. */
export const takeAdministration = async (
  page: Page,
  centre: ClinicCentre,
  picture: Picture,
): Promise<void> => {
  await centre.enrol('Reception 2');
  const nameIn = (language: Language) => (name: string) => `${language}-admin-${name}`;
  for (const language of ['fr', 'en'] as const) {
    await speak(page, language);
    await page.locator('input[autocomplete="username"]').waitFor();
    await picture(page, nameIn(language)('sign-in'));
  }
  await signIn(page, 'patrick');
  for (const language of ['fr', 'en'] as const) {
    const named = nameIn(language);
    await speak(page, language);
    for (const [place, name] of sections) {
      await goTo(page, `#/${place}`);
      await page.getByRole('main').locator('[role=row], table, form, dl, section').first().waitFor();
      await picture(page, named(name));
    }
    await takeSheets(page, named, picture);
    await takeReading(page, named, picture);
    await page.getByRole('button', { name: account }).click();
    await page.getByRole('dialog', { name: account }).waitFor();
    await picture(page, named('account'));
    await page.keyboard.press('Escape');
    await takeLock(page, named, picture);
  }
  await takeCode(page, picture);
};
