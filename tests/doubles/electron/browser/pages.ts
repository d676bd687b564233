import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Frame, Page, Route } from '@playwright/test';
import { toChromium, toElectron } from '../address.ts';
import type { Answers, AsksOfMain, AsksOfPages, Printed, RecordedCall } from '../link.ts';
import { factsOf } from './frames.ts';
import type { MainProcess } from './main-process.ts';
import { pageWorldScript } from './page-world.ts';

const binding = '__electronDouble';
const windowBinding = '__electronDoubleWindow';

/** A page as Chromium prints it. */
export const printedBy = async (page: Page): Promise<Printed> => {
  await page.emulateMedia({ media: 'print' });
  const text = (await page.locator('body').allInnerTexts()).join('\n');
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  await page.emulateMedia({ media: null });
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g);
  const millimetres = (points: string | undefined) => Math.round((Number(points) / 72) * 25.4);
  return {
    text,
    pages: [...boxes].map(([, width, height]) => `${millimetres(width)}x${millimetres(height)}`),
  };
};

type Deliver = (channel: string, args: readonly unknown[]) => void;

/** A window of main and the page it has now. */
export interface PageWindow {
  readonly id: number;
  readonly preferences: object;
  /** What every new document runs first; null without a preload. */
  readonly script: string | null;
  page: Page;
  /** The address main is loading: that navigation asks nobody. */
  loading: string | null;
  crashed: boolean;
}

/** The pages' half of the double: the windows of one run of main, in one browser context. */
export class Pages {
  readonly recorded: RecordedCall[] = [];
  readonly #context: BrowserContext;
  readonly #ask: MainProcess['ask'];
  readonly #windows = new Map<number, PageWindow>();
  readonly #delivery = `d${randomBytes(12).toString('hex')}`;
  readonly #first = Promise.withResolvers<Page>();

  /** `ask` reaches main, which is started after this. */
  constructor(context: BrowserContext, ask: MainProcess['ask']) {
    this.#context = context;
    this.#ask = ask;
  }

  /** Call once, before main is started. */
  async route(): Promise<void> {
    await this.#context.route('**/*', async (route) => {
      try {
        await this.#answerRoute(route);
      } catch {
        // Main has ended, or the page has: either way there is no answer.
        await route.abort('connectionrefused').catch(() => undefined);
      }
    });
  }

  /** Resolves when the first window has loaded its page. */
  firstPage(): Promise<Page> {
    return this.#first.promise;
  }

  /** The windows that are there, the first one first. */
  get windows(): readonly Readonly<PageWindow>[] {
    return [...this.#windows.values()];
  }

  /** The page of the first window. */
  get page(): Page {
    const [first] = this.windows;
    if (first === undefined) throw new Error('main has made no window');
    return first.page;
  }

  get windowId(): number {
    return this.windows[0]?.id ?? 0;
  }

  /** The web preferences main gave that window. */
  get preferences(): object {
    return this.windows[0]?.preferences ?? {};
  }

  /** The route stays: the next run's is asked before it, and taking it away while a page closes is a race. */
  async close(): Promise<void> {
    for (const { page } of this.#windows.values()) await page.close();
    this.#windows.clear();
  }

  /** What main asks. */
  readonly answers: Answers<AsksOfPages> = {
    openWindow: async ({ windowId, preload, preferences }) => {
      await this.#openWindow(windowId, preload, preferences);
      return null;
    },
    load: async ({ windowId, url }) => ({ error: await this.#load(this.#known(windowId), url) }),
    reload: async ({ windowId }) => {
      await this.#known(windowId).page.reload();
      return null;
    },
    send: async ({ windowId, channel, args }) => {
      await this.#known(windowId).page.evaluate(
        ([name, on, values]) => {
          const deliver = (globalThis as unknown as Record<string, Deliver>)[name];
          deliver?.(on, values);
        },
        [this.#delivery, channel, args] as const,
      );
      return null;
    },
    printed: async ({ windowId }) => {
      const { page } = this.#known(windowId);
      return printedBy(page);
    },
    closed: async ({ windowId }) => {
      const window = this.#windows.get(windowId);
      this.#windows.delete(windowId);
      await window?.page.close();
      return null;
    },
    record: (call) => {
      this.recorded.push(call);
      return null;
    },
  };

  #known(id: number): PageWindow {
    const window = this.#windows.get(id);
    if (window === undefined) throw new Error(`there is no window ${id}`);
    return window;
  }

  #windowOf(page: Page): PageWindow | undefined {
    return [...this.#windows.values()].find((window) => window.page === page);
  }

  async #openWindow(id: number, preload: string | null, preferences: object): Promise<void> {
    const world = { binding, windowBinding, delivery: this.#delivery };
    const script = preload === null ? null : pageWorldScript(world, await readFile(preload, 'utf8'));
    const page = await this.#openPage(id, script);
    this.#windows.set(id, { id, preferences, script, page, loading: null, crashed: false });
  }

  async #openPage(windowId: number, script: string | null): Promise<Page> {
    const page = await this.#context.newPage();
    if (script !== null) {
      await page.exposeBinding(binding, ({ frame }: { frame: Frame }, channel: string, args: unknown[]) =>
        this.#ask('invoke', { windowId, frame: factsOf(frame), channel, args }),
      );
      await page.exposeBinding(windowBinding, (_source, what: 'open' | 'close', url: string) =>
        what === 'open' ? this.#askOpen(windowId, url) : this.#tell('closeWindow', { windowId }),
      );
      await page.addInitScript({ content: script });
    }
    page.on('framenavigated', (frame) => this.#tell('navigated', { windowId, frame: factsOf(frame) }));
    page.on('crash', () => {
      const window = this.#windows.get(windowId);
      if (window !== undefined) window.crashed = true;
      this.#tell('crashed', { windowId });
    });
    page.on('popup', (popup) => {
      popup.close().catch(() => undefined);
    });
    return page;
  }

  /** A page may outlive main by a moment; what it still says then reaches nobody. */
  #tell<N extends 'navigated' | 'crashed' | 'closeWindow'>(name: N, ask: AsksOfMain[N]['ask']): void {
    this.#ask(name, ask as never).catch(() => undefined);
  }

  async #askOpen(windowId: number, url: string): Promise<void> {
    const { action } = await this.#ask('windowOpen', { windowId, url: toElectron(url) });
    if (action !== 'deny') throw new Error('the double opens no second page');
  }

  async #load(window: PageWindow, url: string): Promise<string | null> {
    if (window.crashed) {
      const dead = window.page;
      window.page = await this.#openPage(window.id, window.script);
      window.crashed = false;
      await dead.close().catch(() => undefined);
    }
    window.loading = url;
    try {
      await window.page.goto(toChromium(url), { waitUntil: 'load' });
      this.#first.resolve(window.page);
      return null;
    } catch (reason) {
      return reason instanceof Error ? reason.message : String(reason);
    } finally {
      window.loading = null;
    }
  }

  async #answerRoute(route: Route): Promise<void> {
    const request = route.request();
    const url = toElectron(request.url());
    if (request.isNavigationRequest() && (await this.#isNavigationRefused(request.frame(), url))) {
      await route.abort('aborted');
    } else if (url === request.url()) {
      const { cancel } = await this.#ask('beforeRequest', { url });
      await route.abort(cancel ? 'blockedbyclient' : 'internetdisconnected');
    } else {
      await this.#serve(route, url);
    }
  }

  async #isNavigationRefused(frame: Frame, url: string): Promise<boolean> {
    const window = this.#windowOf(frame.page());
    if (window === undefined) {
      // A link with `target=_blank` has made this page.
      const opener = await frame.page().opener();
      const asking = opener === null ? undefined : this.#windowOf(opener);
      if (asking !== undefined) await this.#askOpen(asking.id, url);
      return true;
    }
    const isMainFrame = frame.parentFrame() === null;
    if (isMainFrame && window.loading === url) return false;
    return (await this.#ask('willNavigate', { windowId: window.id, url, isMainFrame })).prevented;
  }

  async #serve(route: Route, url: string): Promise<void> {
    const request = route.request();
    const ask = { url, method: request.method(), headers: request.headers() };
    const answer = await this.#ask('serve', ask);
    if (answer === null) {
      await route.abort('failed');
      return;
    }
    const { status, headers, body } = answer;
    await route.fulfill({ status, headers: { ...headers }, body: Buffer.from(body) });
  }
}
