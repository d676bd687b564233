import type { Page } from '@playwright/test';
import { freeTimes, openDay } from '#tests/support/e2e-clinic.ts';

type Picture = (page: Page, screen: string) => Promise<void>;
/** A general practitioner, whom another can stand in for. */
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
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.getByRole('grid', { name: 'Patients to tell' }).getByRole('row').nth(2).waitFor();
  await page.keyboard.press('r');
  await page.getByLabel('Note for the next call').fill('Sister answers, back after five');
  await picture(page, 'calls-note');
  await page.keyboard.press('Enter');
  await page.getByRole('contentinfo').getByText('was not reached').waitFor();
  await picture(page, 'calls');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page
    .getByRole('button', { name: /^Take back/ })
    .first()
    .click();
  await page.getByRole('contentinfo').getByText('Took the absence back').waitFor();
};
