import { factsOf } from '#tests/doubles/electron/browser/frames.ts';
import type { DoubleDriver } from '#tests/support/app-driver-double.ts';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { callFrom, signIn } from '#tests/support/e2e-clinic.ts';
import { press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';

const refused = { ok: true, value: { ok: false, error: { code: 'not-permitted' } } };

test('further windows are confined like the first, three at most, and go with the session and the first', async ({
  desk,
}) => {
  const app = desk.app as DoubleDriver;
  const { page, pages, main } = app;
  const others = () => pages.windows.slice(1).map((window) => window.page);
  const at = (hash: string) => others().find((other) => other.url().endsWith(hash));
  const open = (address: string) =>
    page.evaluate(
      (value) =>
        (
          window as unknown as { clinichub: { call(name: string, input: unknown): Promise<unknown> } }
        ).clinichub.call('shell.openWindow', { address: value }),
      address,
    );
  expect(await open('/day')).toMatchObject({ error: { code: 'not-signed-in' } });
  await signIn(page, 'claudine');
  for (const address of [
    '/patients',
    'https://evil.example/',
    '//evil.example/#/day',
    '/day?date=x',
    '/stopped',
  ])
    expect(await open(address), address).toMatchObject({ error: { code: 'invalid-input' } });
  expect(others()).toHaveLength(0);

  await press(page, 'g', 'q');
  await page.getByRole('grid', { name: 'Queue' }).waitFor();
  await press(page, 'Shift+O');
  await expect.poll(() => others().length).toBe(1);
  // Which is there already comes to the front.
  await press(page, 'Shift+O');
  await expect
    .poll(() => app.recorded('window').map(({ windowId, act }) => `${windowId} ${act}`))
    .toContain(`${pages.windows[1]?.id} focus`);
  await page.getByRole('link', { name: 'Waiting-room screen' }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Day in a second');
  await page.keyboard.press('Enter');
  await expect
    .poll(() =>
      others()
        .map((other) => new URL(other.url()).hash)
        .sort(),
    )
    .toEqual(['#/day', '#/queue', '#/waiting-room']);
  await expect(page.getByRole('grid', { name: 'Queue' })).toBeVisible();
  expect(await open('/day?date=2030-01-01')).toMatchObject({ error: { code: 'too-many-windows' } });
  await press(page, 'g', 'd');
  await press(page, 'Shift+ArrowRight');
  await page.getByRole('link', { name: 'Open in a second window' }).click();
  await expect(statusLine(page)).toContainText('3 further windows are open already');

  for (const { id, preferences, page: other } of pages.windows.slice(1)) {
    expect(preferences).toEqual(pages.preferences);
    const evil = 'https://evil.example/';
    const leave = { windowId: id, url: evil, isMainFrame: true };
    expect(await main.ask('willNavigate', leave)).toEqual({ prevented: true });
    expect(await main.ask('windowOpen', { windowId: id, url: 'app://clinichub/#/day' })).toEqual({
      action: 'deny',
    });
    expect(await main.ask('permission', { windowId: id, permission: 'media' })).toEqual({
      granted: false,
      checked: false,
    });
    const frame = factsOf(other.mainFrame());
    const invoke = (frameFacts: typeof frame) =>
      main.ask('invoke', {
        windowId: id,
        frame: frameFacts,
        channel: 'clinichub:call',
        args: ['session.current', {}],
      });
    expect(await invoke(frame)).toMatchObject({ value: { ok: true, value: { username: 'claudine' } } });
    expect(await invoke({ ...frame, url: evil })).toEqual(refused);
    expect(await invoke({ ...frame, id: frame.id + 1000, parentId: frame.id })).toEqual(refused);
    // The main frame of one window is not that of another.
    expect(await invoke({ ...factsOf(page.mainFrame()) })).toEqual(refused);
  }

  const room = at('#/waiting-room');
  if (room === undefined) throw new Error('no waiting room');
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect.poll(() => others()).toEqual([room]);
  await expect(room.getByText('Nobody is signed in at this workstation')).toBeVisible();
  await expectAccessible(room, 'waiting room, nobody signed in');
  await signIn(page, 'claudine');
  await expect(
    room.getByText('Please wait until your number is called').or(room.getByText('Please come in').first()),
  ).toBeVisible();
  // The window may be gone before the key that closes it is up.
  await room.keyboard.press('Escape').catch(() => undefined);
  await expect.poll(() => others()).toEqual([]);

  await callFrom(page, 'shell.openWindow', { address: '/queue' });
  expect(others()).toHaveLength(1);
  await main.ask('closeWindow', { windowId: pages.windowId });
  expect(await main.ended).toBe(0);
  await app.restart();
  expect(app.pages.windows).toHaveLength(1);
});
