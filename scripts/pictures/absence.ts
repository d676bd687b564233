import type { Page } from '@playwright/test';
import { freeTimes, openDay } from '#tests/support/e2e-clinic.ts';

type Picture = (page: Page, screen: string) => Promise<void>;
const doctor = 'Dr Aline Uwase';

/** A general practitioner falls ill: the plan, one cancelled, what was applied, and what was taken back. */
export const takeAbsence = async (page: Page, picture: Picture): Promise<void> => {
  const date = (await freeTimes(page, doctor, 1))[0]?.date ?? '';
  await openDay(page, date);
  await page
    .getByRole('gridcell', { name: new RegExp(`, ${doctor}, free$`) })
    .first()
    .focus();
  await page.keyboard.press('Shift+A');
  await page.getByRole('grid', { name: 'Affected appointments' }).getByRole('row').nth(3).waitFor();
  await picture(page, 'absence');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await page.getByLabel('Reason for cancelling').fill('Doctor away');
  await picture(page, 'absence-cancel');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('w');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('contentinfo').getByText('Entered the absence').waitFor();
  await picture(page, 'absence-applied');
  await page.keyboard.press('Control+z');
  await page.getByRole('contentinfo').getByText('Took the absence back').waitFor();
};
