import type { Browser, Page } from '@playwright/test';
import { launchOnDouble } from './app-driver-double.ts';
import { launchOnElectron } from './app-driver-electron.ts';
import { launchHeadless } from './app-driver-headless.ts';

/**
 * What the product runs on in a test: Electron's own runtime, the double of it (`tests/doubles/electron`), or the
 * headless host with a browser.
 */
export type Backend = 'electron' | 'double' | 'headless';

/** A workstation to start. */
export interface Workstation {
  /** Its data folder; it stays when the workstation stops. */
  readonly data: string;
  /** The centre's address with this workstation's login; null where the arguments bring an enrolment code. */
  readonly centre: string | null;
  readonly name?: string;
  readonly demo?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Further arguments. */
  readonly args?: readonly string[];
}

/** A running workstation, the same for every backend. */
export interface AppDriver {
  readonly backend: Backend;
  /** The page of its window. Another object after `restart`. */
  readonly page: Page;
  /** Ends it in order when it runs, then starts it on the same data. */
  restart(): Promise<void>;
  /** `kill -9`: nothing is said, nothing is saved. Start it again with `restart`. */
  kill(): Promise<void>;
  /** Ends it in order. */
  close(): Promise<void>;
  /** What its pages were refused by their content security policy so far: nothing, in a sound product. */
  readonly violations: readonly string[];
  /** What its pages logged as errors or threw so far, what their policy refused aside: nothing, too. */
  readonly errors: readonly string[];
  /** What its main process has printed, for a failing test to show. */
  output(): string;
}

/** Starts `workstation` on `backend`. `browser` shows the pages where Electron does not. */
export const launchApp = (
  backend: Backend,
  browser: Browser,
  workstation: Workstation,
): Promise<AppDriver> => {
  if (backend === 'electron') return launchOnElectron(workstation);
  if (backend === 'double') return launchOnDouble(browser, workstation);
  return launchHeadless(browser, workstation);
};
