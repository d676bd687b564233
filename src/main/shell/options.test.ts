import { expect, test } from 'vitest';
import { desktopOptions } from './options.ts';

const nothing = {
  data: null,
  centre: null,
  enrol: null,
  ca: null,
  name: null,
  backupTo: null,
  updates: null,
  demo: false,
  child: false,
};

test('nothing said is nothing assumed', () => {
  expect(desktopOptions(['.'], {})).toEqual(nothing);
});

test('arguments are read, and switches of Chromium left alone', () => {
  const args = [
    '.',
    '--no-sandbox',
    '--data',
    '/d',
    '--centre=postgres://c',
    '--name',
    'Desk A',
    '--demo',
    '--lang=fr',
  ];
  expect(desktopOptions(args, {})).toEqual({
    data: '/d',
    centre: 'postgres://c',
    enrol: null,
    ca: null,
    name: 'Desk A',
    backupTo: null,
    updates: null,
    demo: true,
    child: false,
  });
});

test('the environment is read, and arguments go before it', () => {
  const env = {
    CLINICHUB_DATA: '/e',
    CLINICHUB_CENTRE: 'postgres://e',
    CLINICHUB_NAME: 'Desk E',
    CLINICHUB_UPDATES: 'https://updates.example.org/',
    CLINICHUB_DEMO: '1',
    CLINICHUB_CHILD: '1',
    CLINICHUB_ENROL: 'CH1.e.e',
    CLINICHUB_CA: '/ca.pem',
  };
  expect(desktopOptions(['--data', '/d'], env)).toEqual({
    data: '/d',
    centre: 'postgres://e',
    enrol: 'CH1.e.e',
    ca: '/ca.pem',
    name: 'Desk E',
    backupTo: null,
    updates: 'https://updates.example.org/',
    demo: true,
    child: true,
  });
});

test('an empty value says nothing', () => {
  expect(desktopOptions(['--centre', '', '--name='], { CLINICHUB_DATA: '' })).toEqual(nothing);
});

test('a repeated option counts once, the last time', () => {
  expect(desktopOptions(['--name', 'A', '--name', 'B'], {}).name).toBe('B');
});
