import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type Electron from 'electron';
import { emitPreventable } from './preventable.ts';
import { takeLock } from './single-instance.ts';

type Shape = Pick<
  Electron.App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'getPath'
  | 'setPath'
  | 'getVersion'
  | 'getName'
  | 'getLocale'
  | 'getAppPath'
  | 'isPackaged'
  | 'requestSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'enableSandbox'
  | 'setAppUserModelId'
  | 'relaunch'
>;

/** Where package.json is: two folders above `out/main/index.js`, which is what runs. */
const root = resolve(process.argv[2] ?? '.', '../../..');

export class AppDouble extends EventEmitter implements Shape {
  readonly isPackaged = process.env.CLINICHUB_DOUBLE_PACKAGED === '1';
  readonly name = 'ClinicHub';
  readonly commandLine = {
    hasSwitch: (name: string): boolean =>
      process.argv.some((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`)),
  };
  /** Whether main asked for the sandbox before it was ready. */
  sandboxed = false;
  readonly #paths = new Map<string, string>();
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #quitting = false;
  #release: () => void = () => undefined;
  #closeWindows: () => boolean = () => true;

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  /** Electron becomes ready after main's own modules have run. */
  becomeReady(closeWindows: () => boolean): void {
    this.#closeWindows = closeWindows;
    this.#isReady = true;
    this.#ready.resolve();
    this.emit('ready', {}, {});
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  }

  setAppUserModelId(): void {}

  getVersion(): string {
    const text = readFileSync(join(this.getAppPath(), 'package.json'), 'utf8');
    return (JSON.parse(text) as { readonly version: string }).version;
  }

  getName(): string {
    return this.name;
  }

  getLocale(): string {
    return process.env.CLINICHUB_DOUBLE_LOCALE ?? 'en-GB';
  }

  getAppPath(): string {
    return root;
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path !== undefined) return path;
    if (name === 'temp') return tmpdir();
    if (name === 'userData' || name === 'sessionData') return join(tmpdir(), 'clinichub-double');
    throw new Error(`Failed to get '${name}' path`);
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path '${name}': there is no folder ${path}`);
    this.#paths.set(name, path);
  }

  requestSingleInstanceLock(): boolean {
    const { first, release } = takeLock(this.getPath('userData'), process.argv, (argv) =>
      this.emit('second-instance', {}, argv, process.cwd(), null),
    );
    this.#release = release;
    return first;
  }

  releaseSingleInstanceLock(): void {
    this.#release();
    this.#release = () => undefined;
  }

  windowClosed(left: number): void {
    if (left > 0 || this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  quit(): void {
    if (emitPreventable(this, 'before-quit')) return;
    this.#quitting = true;
    if (!this.#closeWindows()) {
      this.#quitting = false;
      return;
    }
    if (emitPreventable(this, 'will-quit')) {
      this.#quitting = false;
      return;
    }
    this.exit(0);
  }

  /** Nothing is started: it is said, at once, since the process is about to end. */
  relaunch(): void {
    writeSync(2, 'the Electron double would start again\n');
  }

  exit(code = 0): void {
    this.emit('quit', {}, code);
    this.releaseSingleInstanceLock();
    process.exit(code);
  }
}

export const app = new AppDouble();
