import type { Page } from '@playwright/test';
import type { Language } from '#shared/i18n/languages.ts';
import { callFrom } from '#tests/support/e2e-clinic.ts';

/** Saves what the page shows under a name. */
export type Picture = (page: Page, screen: string) => Promise<void>;

/** Opens a screen by its address and waits for its heading. */
export const goTo = async (page: Page, place: string): Promise<void> => {
  await page.goto(`${new URL(page.url()).origin}/${place}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
};

/** Has the page speak a language, as somebody chose it in the account menu. */
export const speak = async (page: Page, language: Language): Promise<void> => {
  await page.evaluate((chosen) => {
    const kept = JSON.parse(localStorage.getItem('clinichub.preferences') ?? '{"state":{},"version":0}');
    kept.state.language = chosen;
    localStorage.setItem('clinichub.preferences', JSON.stringify(kept));
  }, language);
  await page.reload();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
};

/** Ends the session and waits for the sign-in screen. */
export const leave = async (page: Page): Promise<void> => {
  await callFrom(page, 'session.signOut', {});
  await page.goto(`${new URL(page.url()).origin}/`);
  await page.reload();
  await page.locator('input[autocomplete="username"]').waitFor();
};
