import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const names = ['chromium', 'chromium-browser', 'google-chrome'] as const;

const onPath = (name: string): string | null => {
  for (const folder of ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]) {
    const file = join(folder, name);
    if (existsSync(file)) return file;
  }
  return null;
};

/** Programs other than Playwright's own, in the places where systems put them. */
const wellKnown = (): string | null => {
  const places =
    process.platform === 'darwin'
      ? [
          '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
          '/Applications/Chromium.app/Contents/MacOS/Chromium',
        ]
      : process.platform === 'win32'
        ? [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].map(
            (folder) => join(folder ?? '', 'Google/Chrome/Application/chrome.exe'),
          )
        : [];
  return places.find((place) => existsSync(place)) ?? null;
};

/** A Chromium that is here already: the one CLINICHUB_CHROMIUM names, Playwright's, the system's; null when there is none. */
export const findChromium = (): string | null => {
  const named = process.env.CLINICHUB_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CLINICHUB_CHROMIUM names ${named}, which is not there.`);
  }
  const own = chromium.executablePath();
  if (own !== '' && existsSync(own)) return own;
  for (const name of names) {
    const file = onPath(name);
    if (file !== null) return file;
  }
  return wellKnown();
};

const run = (command: string, args: readonly string[]): boolean => {
  console.log(`> ${[command, ...args].join(' ')}`);
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
};

const installFromDebian = (): boolean => {
  if (process.getuid?.() !== 0 || onPath('apt-get') === null) return false;
  const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
  return run('apt-get', install) || (run('apt-get', ['update']) && run('apt-get', install));
};

const downloadWithPlaywright = (): boolean =>
  run(process.execPath, [
    join(import.meta.dirname, '../../node_modules/@playwright/test/cli.js'),
    'install',
    'chromium',
  ]);

/** Finds Chromium or gets it. Throws with what is missing and what to do when neither works. */
export const ensureChromium = (): string => {
  const here = findChromium();
  if (here !== null) return here;
  console.log('No Chromium on this machine: installing one for the browser tests.');
  for (const install of [installFromDebian, downloadWithPlaywright]) {
    if (!install()) continue;
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  throw new Error(
    'The browser tests need Chromium and none could be found or installed. Install Chromium or Google Chrome, ' +
      "or set CLINICHUB_CHROMIUM to its program file. Tried: CLINICHUB_CHROMIUM, Playwright's own, " +
      `${names.join(', ')}, Debian's package (as root), Playwright's download.`,
  );
};

/** How Chromium is started for tests: no sandbox as root (it refuses to start), nothing that reaches the network by itself. */
export const chromiumArguments = (): string[] => [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
