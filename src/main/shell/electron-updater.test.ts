import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ app: {} }));
const { canUpdateItself, checksSignatures } = await import('./electron-updater.ts');

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
