import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import type { FrameFacts } from '../link.ts';
import { onlyWhatIsThere } from './missing.ts';
import { askPages } from './pages.ts';

type Frame = Pick<Electron.WebFrameMain, 'url' | 'parent' | 'frameTreeNodeId' | 'origin'>;
type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

/** Frames of one page, as objects that stay the same for the frame's life. */
export const frameFrom = (facts: FrameFacts, main: Frame | null): Frame =>
  onlyWhatIsThere('WebFrameMain', {
    url: facts.url,
    origin: originOf(facts.url),
    frameTreeNodeId: facts.id,
    parent: facts.parentId === null ? null : (main as Electron.WebFrameMain | null),
  });

const originOf = (address: string): string => {
  try {
    const url = new URL(address);
    return `${url.protocol}//${url.host}`;
  } catch {
    return 'null';
  }
};

/** The printers of the double's system. */
const printers: readonly string[] = ['Office_laser', 'Label_printer'];

export class WebContentsDouble extends EventEmitter {
  readonly id: number;
  #main: FrameFacts = { id: 0, url: '', parentId: null };
  #openHandler: OpenHandler | null = null;
  #destroyed = false;

  constructor(id: number) {
    super();
    this.id = id;
  }

  get mainFrame(): Electron.WebFrameMain {
    return frameFrom(this.#main, null) as Electron.WebFrameMain;
  }

  getURL(): string {
    return this.#main.url;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  async loadURL(url: string): Promise<void> {
    const { error } = await askPages('load', { windowId: this.id, url });
    if (error !== null) throw new Error(`${error} loading '${url}'`);
    this.emit('did-finish-load');
  }

  reload(): void {
    void askPages('reload', { windowId: this.id });
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    // A page that is being loaded hears nothing, as in Electron.
    askPages('send', { windowId: this.id, channel, args: structuredClone(args) }).catch(() => undefined);
  }

  async getPrintersAsync(): Promise<Electron.PrinterInfo[]> {
    return printers.map((name) => ({
      name,
      displayName: name.replaceAll('_', ' '),
      description: '',
      options: {},
    }));
  }

  /** Nothing is printed: what the page shows for printing is recorded. A printer that is not there fails, as in Electron. */
  print(
    options: Electron.WebContentsPrintOptions = {},
    done: (success: boolean, failureReason: string) => void = () => undefined,
  ): void {
    const { deviceName } = options;
    if (deviceName !== undefined && !printers.includes(deviceName)) {
      done(false, 'Invalid deviceName provided');
      return;
    }
    askPages('printed', { windowId: this.id })
      .then((paper) => askPages('record', { what: 'print', windowId: this.id, options, paper }))
      .then(
        () => done(true, ''),
        () => done(false, 'Print job failed'),
      );
  }

  /** What the pages' half found out; not part of Electron's API. */
  readonly double = {
    navigated: (facts: FrameFacts): void => {
      if (facts.parentId === null) this.#main = facts;
    },
    windowOpen: (url: string): 'deny' | 'allow' =>
      this.#openHandler?.({ url } as Electron.HandlerDetails).action ?? 'allow',
    destroyed: (): void => {
      this.#destroyed = true;
      this.emit('destroyed');
    },
  };
}
