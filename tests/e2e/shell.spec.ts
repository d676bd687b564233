import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from '@playwright/test';
import { type DoubleDriver, launchOnDouble, startOnDouble } from '#tests/support/app-driver-double.ts';
import { builtProduct } from '#tests/support/e2e-built.ts';
import { test as base, expect } from '#tests/support/e2e-test.ts';

/** Nobody answers there: what the shell promises does not need the centre. */
const centre = 'postgres://nobody:nothing@127.0.0.1:1/none';

const test = base.extend<{ app: DoubleDriver }, { shared: DoubleDriver }>({
  // Many tests here run into the policy on purpose.
  failOnViolation: false,
  /** A workstation of this test alone. */
  app: async ({ launch, folder }, use) => {
    await use((await launch({ data: folder, centre })) as DoubleDriver);
  },
  /** One workstation for every test that only asks main a question and leaves it as it was. */
  shared: [
    async ({ browser }, use) => {
      const data = await mkdtemp(join(tmpdir(), 'clinichub-shell-'));
      const app = await launchOnDouble(browser, { data, centre });
      await use(app);
      await app.close();
      await rm(data, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

type Bridge = {
  call: (name: string, input: unknown) => Promise<unknown>;
  onEvent: (listener: unknown) => unknown;
};
type BridgedWindow = Window & { clinichub: Bridge };

const call = (page: Page | Frame, name: string, input: unknown = {}) =>
  page.evaluate(([asked, value]) => (window as unknown as BridgedWindow).clinichub.call(asked, value), [
    name,
    input,
  ] as const);

type Heard = { readonly once: number; readonly always: number };

/** A centre's door: it hangs up on whoever comes, and from `refuse` on it refuses the login, as PostgreSQL does. */
const openDoor = async () => {
  let refusing = false;
  const fields = ['SFATAL', 'C28P01', 'Mpassword authentication failed', '']
    .map((field) => `${field}\0`)
    .join('');
  const refusal = Buffer.concat([Buffer.from('E\0\0\0\0'), Buffer.from(fields)]);
  refusal.writeInt32BE(refusal.length - 1, 1);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (first) => {
      const asksForTls = first.length === 8;
      if (!refusing) socket.destroy();
      else if (asksForTls) socket.write('N', () => socket.once('data', () => socket.end(refusal)));
      else socket.end(refusal);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `postgres://nobody:nothing@127.0.0.1:${port}/none`,
    refuse: () => {
      refusing = true;
    },
    close: () => new Promise((closed) => server.close(closed)),
  };
};

const responseOf = (app: DoubleDriver, url: string, method = 'GET') =>
  app.main.ask('serve', { url, method, headers: {} });

test.describe('page', () => {
  test('the content security policy allows our own files and nothing else', async ({ shared: app }) => {
    const answer = await responseOf(app, 'app://clinichub/');
    const policy = answer?.headers['content-security-policy'] ?? '';
    expect(policy.replace(/'nonce-[^']+'/, "'nonce'")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce'; img-src 'self' data: blob:; " +
        "font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(answer?.headers['x-content-type-options']).toBe('nosniff');
  });

  test('each page gets a style nonce of its own, and its own styles obey it', async ({ shared: app }) => {
    const nonceOf = async () =>
      /'nonce-([^']+)'/.exec(
        (await responseOf(app, 'app://clinichub/'))?.headers['content-security-policy'] ?? '',
      )?.[1];
    const [first, second] = [await nonceOf(), await nonceOf()];
    expect(first).toBeTruthy();
    expect(first).not.toBe(second);
    const body = Buffer.from((await responseOf(app, 'app://clinichub/'))?.body ?? []).toString('utf8');
    expect(body).not.toContain('CLINICHUB_STYLE_NONCE');
    expect(body).toContain('nonce="');
  });

  test('the first screen keeps to the policy', async ({ app }) => {
    await expect(app.page.getByRole('heading').first()).toBeVisible();
    expect(app.violations).toEqual([]);
  });

  test('an inline script does not run', async ({ shared: app }) => {
    const ran = await app.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      return 'inlineRan' in window;
    });
    expect(ran).toBe(false);
  });

  test('text cannot become code', async ({ shared: app }) => {
    // The debugger's own evaluation may make code; what the page does in a turn of its own may not.
    const outcome = await app.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          setTimeout(() => {
            try {
              resolve(String(new Function('return 1')()));
            } catch (reason) {
              resolve((reason as Error).name);
            }
          });
        }),
    );
    expect(outcome).toBe('EvalError');
  });

  test('the page reaches no network', async ({ shared: app }) => {
    const outcome = await app.page.evaluate(() =>
      fetch('https://example.org/').then(String, () => 'refused'),
    );
    expect(outcome).toBe('refused');
    expect(await app.main.ask('beforeRequest', { url: 'https://example.org/' })).toEqual({ cancel: true });
    expect(await app.main.ask('beforeRequest', { url: 'wss://example.org/' })).toEqual({ cancel: true });
    expect(await app.main.ask('beforeRequest', { url: 'file:///etc/passwd' })).toEqual({ cancel: true });
  });

  test('the window is sandboxed, isolated and without Node', async ({ shared: app }) => {
    expect(app.pages.preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      experimentalFeatures: false,
      enableWebSQL: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
    const globals = await app.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', '__electronDouble'].filter((name) => name in window),
    );
    expect(globals).toEqual([]);
  });

  test('the preload exposes exactly two functions, which nobody can replace', async ({ shared: app }) => {
    const shape = await app.page.evaluate(() => {
      const { clinichub } = window as unknown as BridgedWindow;
      const kinds = Object.entries(clinichub).map(([name, value]) => `${name}: ${typeof value}`);
      return { kinds: kinds.sort(), frozen: Object.isFrozen(clinichub) };
    });
    expect(shape).toEqual({ kinds: ['call: function', 'onEvent: function'], frozen: true });
    const replaced = await app.page.evaluate(() => {
      const before = (window as unknown as BridgedWindow).clinichub;
      try {
        (window as unknown as { clinichub: unknown }).clinichub = {};
      } catch {
        // Strict code throws; either way it must be the same object.
      }
      return before !== (window as unknown as BridgedWindow).clinichub;
    });
    expect(replaced).toBe(false);
  });
});

test.describe('files', () => {
  for (const path of [
    '../../package.json',
    '%2e%2e/%2e%2e/package.json',
    '..%2f..%2fpackage.json',
    '..%5c..%5cpackage.json',
    'assets/..%2f..%2f..%2fpackage.json',
    '%00/package.json',
    '//etc/hosts.json',
  ]) {
    test(`app:// does not leave its folder by ${path}`, async ({ shared: app }) => {
      const answer = await responseOf(app, `app://clinichub/${path}`);
      expect(answer?.status).toBe(404);
      expect(answer?.body.length).toBe(0);
    });
  }

  test('app:// answers reading only', async ({ shared: app }) => {
    expect((await responseOf(app, 'app://clinichub/', 'POST'))?.status).toBe(405);
  });

  test('app:// has one host', async ({ shared: app }) => {
    expect((await responseOf(app, 'app://elsewhere/'))?.status).toBe(404);
  });
});

test.describe('leaving', () => {
  test('navigation to another site is refused', async ({ app }) => {
    const before = app.page.url();
    await app.page.evaluate(() => {
      window.location.href = 'https://example.org/';
    });
    await expect
      .poll(() =>
        app.main.ask('willNavigate', {
          windowId: app.pages.windowId,
          url: 'https://example.org/',
          isMainFrame: true,
        }),
      )
      .toEqual({ prevented: true });
    expect(app.page.url()).toBe(before);
    expect(await call(app.page, 'session.current')).toMatchObject({ ok: true });
  });

  test('a frame of another site is refused', async ({ shared: app }) => {
    const answer = await app.main.ask('willNavigate', {
      windowId: app.pages.windowId,
      url: 'https://example.org/',
      isMainFrame: false,
    });
    expect(answer.prevented).toBe(true);
  });

  test('a file dropped on the window is refused', async ({ shared: app }) => {
    const answer = await app.main.ask('willNavigate', {
      windowId: app.pages.windowId,
      url: 'file:///etc/hosts',
      isMainFrame: true,
    });
    expect(answer.prevented).toBe(true);
  });

  test('reloading our own page is allowed', async ({ app }) => {
    await app.page.reload();
    expect(await call(app.page, 'session.current')).toMatchObject({ ok: true });
  });

  test('window.open opens no window; https goes to the browser', async ({ app }) => {
    const opened = await app.page.evaluate(() => window.open('https://example.org/help'));
    expect(opened).toBeNull();
    await expect
      .poll(() => app.recorded('openExternal').map(({ url }) => url))
      .toEqual(['https://example.org/help']);
    expect(app.page.context().pages()).toHaveLength(1);
  });

  for (const address of [
    'http://example.org/',
    'file:///etc/passwd',
    'smb://server/share',
    'ms-msdt:/id',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://clinic.example@evil.example/',
  ]) {
    test(`openExternal refuses ${address}`, async ({ shared: app }) => {
      const windowId = app.pages.windowId;
      const opened = () => app.recorded('openExternal').map(({ url }) => url);
      const before = opened().length;
      expect(await app.main.ask('windowOpen', { windowId, url: address })).toEqual({ action: 'deny' });
      // Answers come in order: when this one has arrived, the refused one would have.
      await app.main.ask('windowOpen', { windowId, url: 'mailto:desk@clinic.example' });
      await expect.poll(() => opened().slice(before)).toEqual(['mailto:desk@clinic.example']);
    });
  }

  test('a webview is not attached', async ({ shared: app }) => {
    const ask = { windowId: app.pages.windowId, src: 'https://example.org/' };
    expect(await app.main.ask('willAttachWebview', ask)).toEqual({ prevented: true });
  });
});

test.describe('permissions', () => {
  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'display-capture',
    'usb',
    'serial',
    'hid',
    'openExternal',
    'unknown',
  ]) {
    test(`${permission} is denied`, async ({ shared: app }) => {
      const answer = await app.main.ask('permission', { windowId: app.pages.windowId, permission });
      expect(answer).toEqual({ granted: false, checked: false });
    });
  }
});

test.describe('calls', () => {
  const refused = { ok: true, value: { ok: false, error: { code: 'not-permitted' } } };
  const invoke = (app: DoubleDriver, frame: { id: number; url: string; parentId: number | null }) =>
    app.main.ask('invoke', {
      windowId: app.pages.windowId,
      frame,
      channel: 'clinichub:call',
      args: ['session.current', {}],
    });

  /** The main frame as main knows it: the id is the one its calls carry. */
  const mainFrameId = async (app: DoubleDriver) => {
    const { factsOf } = await import('#tests/doubles/electron/browser/frames.ts');
    return factsOf(app.page.mainFrame()).id;
  };

  test('our page in the main frame is answered', async ({ shared: app }) => {
    const id = await mainFrameId(app);
    expect(await invoke(app, { id, url: 'app://clinichub/', parentId: null })).toMatchObject({
      ok: true,
      value: { ok: true },
    });
  });

  test('a frame inside our page is refused', async ({ shared: app }) => {
    const id = await mainFrameId(app);
    expect(await invoke(app, { id: id + 100, url: 'app://clinichub/', parentId: id })).toEqual(refused);
  });

  test('a frame in the page has no bridge, and what it sends by itself is refused', async ({ app }) => {
    await app.page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('iframe'), { name: 'inner' }));
    });
    const inner = app.page.frame({ name: 'inner' });
    if (inner === null) throw new Error('no inner frame');
    expect(await inner.evaluate(() => 'clinichub' in window)).toBe(false);
    const answer = await inner.evaluate(() =>
      (
        window as unknown as Record<string, (channel: string, args: unknown[]) => Promise<unknown>>
      ).__electronDouble?.('clinichub:call', ['session.current', {}]),
    );
    expect(answer).toEqual(refused);
  });

  for (const url of [
    'https://evil.example/',
    'app://evil/',
    'app://clinichub.evil.example/',
    'file:///x.html',
    '',
  ]) {
    test(`a page at '${url}' is refused`, async ({ shared: app }) => {
      expect(await invoke(app, { id: await mainFrameId(app), url, parentId: null })).toEqual(refused);
    });
  }

  test('a payload cannot carry an identity', async ({ shared: app }) => {
    const pretended = { user: { id: 'x', role: 'admin' }, connection: { id: '1' }, role: 'admin' };
    expect(await call(app.page, 'session.current', pretended)).not.toMatchObject({
      value: { role: 'admin' },
    });
    expect(await call(app.page, 'sync.outbox', pretended)).toMatchObject({
      ok: false,
      error: { code: 'not-signed-in' },
    });
  });

  test('a name that is not in the contract is refused', async ({ shared: app }) => {
    for (const name of ['constructor', '__proto__', 'no.such.call', '']) {
      expect(await call(app.page, name)).toMatchObject({ ok: false });
    }
  });

  for (const [what, trap] of [
    ['a function', '() => 1'],
    ['a part of the page', 'document.body'],
    ['a symbol', 'Symbol("x")'],
  ] as const) {
    test(`only data crosses: ${what} in a payload is refused`, async ({ shared: app }) => {
      const outcome = await app.page.evaluate(`(async () => {
        try {
          await window.clinichub.call('session.current', { trap: ${trap} });
          return 'sent';
        } catch {
          return 'refused';
        }
      })()`);
      expect(outcome).toBe('refused');
    });
  }

  test('a page hears events of main until it says so', async ({ launch, folder }) => {
    const door = await openDoor();
    const app = (await launch({ data: folder, centre: door.address })) as DoubleDriver;
    await app.page.evaluate(() => {
      const { clinichub } = window as unknown as BridgedWindow;
      const heard = { once: 0, always: 0 };
      Object.assign(window, { heard });
      const stop = clinichub.onEvent(() => {
        heard.once += 1;
        (stop as () => void)();
      });
      clinichub.onEvent(() => {
        heard.always += 1;
      });
    });
    const heard = () => app.page.evaluate(() => (window as unknown as { heard: Heard }).heard);
    door.refuse();
    await expect.poll(async () => (await heard()).always, { timeout: 30_000 }).toBeGreaterThan(0);
    await app.page.evaluate(() => (window as unknown as BridgedWindow).clinichub.call('sync.status', {}));
    expect((await heard()).once).toBe(1);
    await door.close();
  });
});

test.describe('life', () => {
  test('a second start shows the first window and ends', async ({ app, browser, folder }) => {
    const context = await browser.newContext();
    const second = await startOnDouble(context, { data: folder, centre });
    expect(await second.main.ended).toBe(0);
    await context.close();
    await expect.poll(() => app.recorded('window').map(({ act }) => act)).toContain('focus');
    expect(app.main.isRunning()).toBe(true);
  });

  test('a crashed page is followed by a still page, and main has forgotten nothing', async ({ app }) => {
    const connection = await call(app.page, 'session.current');
    const crashed = app.page;
    await crashed.goto('chrome://crash').catch(() => undefined);
    await expect.poll(() => app.page !== crashed && app.page.url()).toContain('/stopped');
    await expect(app.page.getByRole('heading', { name: 'This screen stopped' })).toBeVisible();
    expect(await app.page.locator('script').count()).toBe(0);
    await app.page.getByRole('link', { name: 'Open again' }).click();
    await expect.poll(() => new URL(app.page.url()).pathname).not.toBe('/stopped');
    await app.page.waitForFunction(() => 'clinichub' in window);
    expect(await call(app.page, 'session.current')).toEqual(connection);
  });

  test('a system without a keyring is refused in clear words, and nothing is written', async ({
    browser,
    folder,
  }) => {
    const context = await browser.newContext();
    const run = await startOnDouble(context, {
      data: folder,
      centre,
      env: { CLINICHUB_DOUBLE_KEYRING: 'basic_text' },
    });
    expect(await run.main.ended).toBe(3);
    expect(run.main.output()).toContain('This system offers no keyring to keep secrets in.');
    expect(await readdir(folder)).not.toContain('secrets');
    expect(await readdir(folder)).not.toContain('workstation.db');
    await context.close();
  });

  test('an installed product refuses remote debugging', async ({ browser, folder }) => {
    const context = await browser.newContext();
    const env = { CLINICHUB_DOUBLE_PACKAGED: '1' };
    const run = await startOnDouble(context, {
      data: folder,
      centre,
      env,
      args: ['--remote-debugging-port=9222'],
    });
    expect(await run.main.ended).toBe(1);
    expect(run.main.output()).toContain('does not start with remote debugging');
    await context.close();
  });

  test('a locked keyring is refused in clear words', async ({ browser, folder }) => {
    const context = await browser.newContext();
    const run = await startOnDouble(context, {
      data: folder,
      centre,
      env: { CLINICHUB_DOUBLE_KEYRING: 'locked' },
    });
    expect(await run.main.ended).toBe(3);
    expect(run.main.output()).toContain('The keyring of this system is locked');
    await context.close();
  });

  test('a secret of another keyring is kept, not replaced', async ({ browser, folder }) => {
    const sealed = Buffer.alloc(60, 7);
    await mkdir(join(folder, 'secrets'));
    await writeFile(join(folder, 'secrets', 'database-key.sealed'), sealed);
    const context = await browser.newContext();
    const run = await startOnDouble(context, { data: folder, centre });
    expect(await run.main.ended).toBe(3);
    expect(run.main.output()).toContain('another keyring');
    expect(await readFile(join(folder, 'secrets', 'database-key.sealed'))).toEqual(sealed);
    await context.close();
  });

  test('secrets lie sealed in the data folder', async ({ app, folder }) => {
    await app.close();
    const names = await readdir(join(folder, 'secrets'));
    expect(names.sort()).toEqual(['centre.sealed', 'database-key.sealed']);
    const centreFile = await readFile(join(folder, 'secrets', 'centre.sealed'));
    expect(centreFile.includes('nobody')).toBe(false);
  });

  test('the centre is remembered: the next start needs no address', async ({ app, browser, folder }) => {
    await app.close();
    const context = await browser.newContext();
    const run = await startOnDouble(context, { data: folder, centre: '' });
    await run.pages.firstPage();
    run.main.signal('SIGTERM');
    expect(await run.main.ended).toBe(0);
    await run.pages.close();
    await context.close();
  });

  test('closing the window ends the process in order', async ({ app }) => {
    await app.main.ask('closeWindow', { windowId: app.pages.windowId });
    expect(await app.main.ended).toBe(0);
  });

  test('started as a child, it ends when its parent lets go of its input', async ({ launch, folder }) => {
    const app = (await launch({ data: folder, centre, env: { CLINICHUB_CHILD: '1' } })) as DoubleDriver;
    app.main.closeInput();
    expect(await app.main.ended).toBe(0);
  });

  test('started by hand, closed input means nothing', async ({ app }) => {
    app.main.closeInput();
    expect(await call(app.page, 'session.current')).toMatchObject({ ok: true });
    expect(app.main.isRunning()).toBe(true);
  });

  test('a workstation killed outright starts again on the same data', async ({ app }) => {
    await app.kill();
    await app.restart();
    expect(await call(app.page, 'session.current')).toMatchObject({ ok: true });
  });
});

test('the built preload needs nothing but electron', async () => {
  const preload = await readFile(join(builtProduct(), 'out/preload/index.cjs'), 'utf8');
  expect([...preload.matchAll(/require\(([^)]*)\)/g)].map((match) => match[1])).toEqual(['"electron"']);
});
