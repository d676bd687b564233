import { expect, type Page, test } from '@playwright/test';
import axe from 'axe-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What the dark theme may break alone: the two themes differ in nothing but colours. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** Waits until transitions are over: a colour on its way from one to another has no contrast yet. */
export const settled = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished.catch(() => undefined)),
    ),
  );

/** What the page as it is now breaks. Only that comes back: all that axe passed is megabytes on a full board. */
const violationsOf = async (page: Page, runOnly: axe.RunOnly) => {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  // Through the debugger, so the page keeps its content security policy; once for each document.
  if (!isThere) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const { axe: inPage } = globalThis as unknown as { readonly axe: typeof axe };
    const { violations } = await inPage.run({ runOnly: only, resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`),
    }));
  }, runOnly);
};

/** Fails when the page as it is now breaks a rule of WCAG 2.2 AA, in the light theme or in the dark one. */
export const expectAccessible = async (page: Page, screen: string): Promise<void> => {
  for (const [colorScheme, runOnly] of [
    ['light', { type: 'tag', values: tags }],
    ['dark', { type: 'rule', values: ofColours }],
  ] as const) {
    await test.step(`axe: ${screen}, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      await settled(page);
      const found = await violationsOf(page, { type: runOnly.type, values: [...runOnly.values] });
      expect.soft(found, `${screen}, ${colorScheme}`).toEqual([]);
    });
  }
};
