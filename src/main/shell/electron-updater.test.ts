import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ElectronUpdater } from './electron-updater.ts';

vi.mock('electron', () => ({ app: {} }));
const { canUpdateItself, checksSignatures, updaterAt } = await import('./electron-updater.ts');

test.each([
  ['win32', true, {}, true],
  ['darwin', true, {}, true],
  ['linux', true, { APPIMAGE: '/opt/ClinicHub.AppImage' }, true],
  ['linux', true, {}, false],
  ['win32', false, {}, false],
  ['linux', false, { APPIMAGE: '/x' }, false],
] as const)('on %s, packaged %s, with %o: %s', (platform, packaged, env, can) => {
  expect(canUpdateItself(platform, packaged, env)).toBe(can);
});

test.each([
  ['win32', 'provider: generic\npublisherName:\n  - ClinicHub Ltd\n', true],
  ['win32', 'provider: generic\npublisherName: ClinicHub Ltd\n', true],
  ['win32', 'provider: generic\npublisherName:\n', false],
  ['win32', 'publisherName:\nprovider: generic\n', false],
  ['win32', 'provider: generic\n', false],
  ['win32', '', false],
  ['darwin', 'provider: generic\n', true],
  ['linux', '', true],
] as const)('on %s an installation described by %j checks signatures: %s', (platform, description, does) => {
  expect(checksSignatures(platform, description)).toBe(does);
});

interface DownloadOptions {
  readonly headers: object;
  readonly cancellationToken: {
    createPromise(
      work: (resolve: (value: string) => void, reject: (error: Error) => void, onCancel: unknown) => void,
    ): Promise<string>;
  };
}

describe('electron-updater itself, with a clinic’s address', () => {
  const packages = createRequire(import.meta.url);
  const next = Buffer.from('the next version');
  let folder: string;
  let server: Server;
  /** What lies at the address. */
  let description: string;
  let served: Buffer;

  const latest = (version: string, more = ''): string => {
    const sum = createHash('sha512').update(next).digest('base64');
    return `version: ${version}\nfiles:\n  - url: next.AppImage\n    sha512: ${sum}\n    size: ${next.length}\npath: next.AppImage\nsha512: ${sum}\nreleaseDate: '2026-11-30T00:00:00.000Z'\n${more}`;
  };

  /** The updater of an AppImage of version 0.1.0, with Node's own requests in the place of Electron's. */
  const updater = () => {
    const { AppImageUpdater } = packages('electron-updater/out/AppImageUpdater.js');
    const { HttpExecutor, configureRequestUrl, configureRequestOptions } = createRequire(
      packages.resolve('electron-updater'),
    )('builder-util-runtime');
    class NodeRequests extends HttpExecutor {
      createRequest(options: object, done: () => void) {
        return request(options, done);
      }
      /** As electron-updater's own does it with Electron's requests. */
      download(url: URL, destination: string, options: DownloadOptions) {
        return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
          const asked = { headers: options.headers };
          configureRequestUrl(url, asked);
          configureRequestOptions(asked);
          const callback = (error?: Error | null) => (error ? reject(error) : resolve(destination));
          this.doDownload(asked, { destination, options, onCancel, callback, responseHandler: null }, 0);
        });
      }
    }
    const made = new AppImageUpdater(null, {
      version: '0.1.0',
      name: 'clinichub',
      isPackaged: true,
      appUpdateConfigPath: join(folder, 'app-update.yml'),
      userDataPath: folder,
      baseCachePath: folder,
      whenReady: () => Promise.resolve(),
      onQuit: () => undefined,
    });
    made.httpExecutor = new NodeRequests();
    made.on('error', () => undefined);
    made.disableDifferentialDownload = true;
    const { port } = server.address() as AddressInfo;
    return updaterAt(made as ElectronUpdater, `http://127.0.0.1:${port}/`, () => undefined);
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clinichub-updater-'));
    writeFileSync(
      join(folder, 'app-update.yml'),
      'provider: generic\nurl: https://updates.invalid/\nupdaterCacheDirName: cache\n',
    );
    writeFileSync(join(folder, 'now.AppImage'), 'this version');
    vi.stubEnv('APPIMAGE', join(folder, 'now.AppImage'));
    served = next;
    server = createServer((asked, response) =>
      response.end(asked.url?.includes('.yml') ? description : served),
    );
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await new Promise((closed) => server.close(closed));
    rmSync(folder, { recursive: true, force: true });
  });

  test('a newer version is found and fetched', async () => {
    description = latest('0.2.0');
    const found = updater();
    expect(await found.look()).toBe('0.2.0');
    await expect(found.fetch()).resolves.toBeUndefined();
  });

  test('one that was changed on its way is not taken', async () => {
    description = latest('0.2.0');
    served = Buffer.from('the next versioN');
    const found = updater();
    expect(await found.look()).toBe('0.2.0');
    await expect(found.fetch()).rejects.toThrow(/sha512/);
  });

  test.each([
    ['the same version', () => latest('0.1.0')],
    ['an older version', () => latest('0.0.9')],
    [
      'a version in stages that this workstation is not among yet',
      () => latest('0.2.0', 'stagingPercentage: 0\n'),
    ],
  ])('%s is none', async (_what, there) => {
    description = there();
    expect(await updater().look()).toBeNull();
  });

  test('a version in stages that this workstation is among is found', async () => {
    description = latest('0.2.0', 'stagingPercentage: 100\n');
    expect(await updater().look()).toBe('0.2.0');
  });
});
