import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assetOf, isAppAddress } from './app-url.ts';

const root = '/product/out/renderer';

test.each([
  ['app://clinichub/', true],
  ['app://clinichub/reception/day?date=2026-11-23#now', true],
  ['app://CLINICHUB/', false],
  ['app://clinichub.evil.example/', false],
  ['app://clinichub@evil.example/', false],
  ['app://evil@clinichub/', false],
  ['app://clinichub:8080/', false],
  ['app:clinichub', false],
  ['https://clinichub/', false],
  ['file:///clinichub/', false],
  ['javascript:alert(1)', false],
  ['', false],
])('%s is one of our own pages: %s', (address, ours) => {
  expect(isAppAddress(address)).toBe(ours);
});

test.each(['/', '/index.html', '/reception/day', '/patients/0190-abc'])('%s is the page', (path) => {
  expect(assetOf(`app://clinichub${path}`, root)).toEqual({ kind: 'page' });
});

test('a file is found below the folder', () => {
  expect(assetOf('app://clinichub/assets/index-1a.js?v=2', root)).toEqual({
    kind: 'file',
    path: `${root}/assets/index-1a.js`,
  });
});

test.each([
  '/..%2f..%2fpackage.json',
  '/%2e%2e%2f%2e%2e%2fpackage.json',
  '/assets/..%2f..%2f..%2fetc/passwd.txt',
  '/..%5c..%5cpackage.json',
  '/assets\\..\\..\\package.json',
  '/c:%5cwindows%5cwin.ini',
  '/index.js%00.html',
  '/%ff.js',
])('%s does not leave the folder', (path) => {
  expect(assetOf(`app://clinichub${path}`, root)).toBeNull();
});

test('no address leads outside the folder, whatever its characters', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2e.',
      '%2f',
      '%5c',
      '\\',
      '//',
      '%00',
      '%252e%252e',
      'assets',
      'a.js',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const asset = assetOf(`app://clinichub/${pieces.join('/')}`, root);
      if (asset?.kind !== 'file') return true;
      return asset.path.startsWith(`${root}/`) && !asset.path.split('/').includes('..');
    }),
    { numRuns: 2_000 },
  );
});
