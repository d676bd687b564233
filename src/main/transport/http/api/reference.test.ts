import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiHost, openApiHost } from '#tests/support/api-host.ts';
import { chromiumArguments, ensureChromium } from '#tests/support/e2e-chromium.ts';
import { collectErrors, collectViolations } from '#tests/support/e2e-violations.ts';

let api: ApiHost;
let browser: Browser;
beforeAll(async () => {
  api = await openApiHost();
  browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArguments() });
});
afterAll(async () => {
  await browser.close();
  await api.close();
});

it('is a page where each operation is read and tried, under the policy of all pages and from this host alone', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const [violations, errors] = [collectViolations(context), collectErrors(context)];
  const foreign: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(api.host.url) && !request.url().startsWith('data:'))
      foreign.push(request.url());
  });
  const page = await context.newPage();
  await page.goto(new URL('/docs', api.host.url).href);
  const { accessToken } = await api.signIn('reception');
  await page.getByRole('button', { name: 'Authorize', exact: true }).click();
  await page.getByLabel('auth-bearer-value').fill(accessToken);
  await page.getByRole('button', { name: 'Apply credentials' }).click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  const operation = page.locator('#operations-Auth-getMe');
  await operation.getByRole('button').first().click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  await operation.locator('.live-responses-table').getByText('"username": "reception"').waitFor();
  expect({ violations, errors, foreign }).toEqual({ violations: [], errors: [], foreign: [] });
  await context.close();
});
