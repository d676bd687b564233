import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { app } from './app.ts';
import { onlyWhatIsThere } from './missing.ts';
import { askPages } from './pages.ts';
import { emitPreventable } from './preventable.ts';
import { WebContentsDouble } from './web-contents.ts';

type Shape = Pick<
  Electron.BrowserWindow,
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'show'
  | 'hide'
  | 'focus'
  | 'restore'
  | 'maximize'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'getNormalBounds'
  | 'loadURL'
>;

const windows = new Map<number, BrowserWindowDouble>();

/** The window with `id`, or undefined when it is gone. */
export const windowWith = (id: number): BrowserWindowDouble | undefined => windows.get(id);

let lastId = 0;

export class BrowserWindowDouble extends EventEmitter implements Shape {
  readonly id: number;
  readonly #contents: WebContentsDouble;
  readonly webContents: Electron.WebContents;
  readonly #bounds: Electron.Rectangle;
  readonly #ready: Promise<unknown>;
  #maximized = false;
  #visible: boolean;
  #destroyed = false;

  static getAllWindows(): BrowserWindowDouble[] {
    return [...windows.values()];
  }

  static fromWebContents(contents: Electron.WebContents): BrowserWindowDouble | null {
    return [...windows.values()].find(({ webContents }) => webContents === contents) ?? null;
  }

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    lastId += 1;
    this.id = lastId;
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.#visible = options.show !== false;
    this.#contents = new WebContentsDouble(this.id);
    this.webContents = onlyWhatIsThere('WebContents', this.#contents) as unknown as Electron.WebContents;
    windows.set(this.id, this);
    const { preload = null, ...preferences } = options.webPreferences ?? {};
    this.#ready = askPages('openWindow', { windowId: this.id, preload, preferences });
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
  }

  /** The double's own view of the contents. */
  get contents(): WebContentsDouble {
    return this.#contents;
  }

  async loadURL(url: string): Promise<void> {
    await this.#ready;
    await this.#contents.loadURL(url);
    this.emit('ready-to-show');
  }

  show(): void {
    this.#visible = true;
    this.#record('show');
  }

  hide(): void {
    this.#visible = false;
  }

  focus(): void {
    this.#record('focus');
  }

  restore(): void {
    this.#record('restore');
  }

  maximize(): void {
    this.#maximized = true;
    this.#record('maximize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  isMinimized(): boolean {
    return false;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  close(): void {
    if (this.#destroyed || emitPreventable(this, 'close')) return;
    this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this.id);
    askPages('closed', { windowId: this.id }).catch(() => undefined);
    this.#contents.double.destroyed();
    this.emit('closed');
    app.windowClosed(windows.size);
  }

  #record(act: 'show' | 'focus' | 'restore' | 'maximize'): void {
    askPages('record', { what: 'window', windowId: this.id, act }).catch(() => undefined);
  }
}
