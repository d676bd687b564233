import { expect, it } from 'vitest';
import { headlessOptions, OptionError } from './options.ts';

it('keeps to this computer and one port unless told otherwise', () => {
  expect(headlessOptions(['--data', '/d'], {})).toEqual({
    data: '/d',
    key: null,
    centre: null,
    enrol: null,
    ca: null,
    name: null,
    demo: false,
    address: '127.0.0.1',
    port: 4880,
    tls: null,
    corsOrigins: [],
    proxies: [],
    untilStdinCloses: false,
    diagnostics: false,
    recovery: null,
    backupTo: null,
    backups: null,
    rekey: null,
    mail: null,
  });
});

it('takes what the arguments say before what the environment says', () => {
  const env = {
    CLINICHUB_DATA: '/env',
    CLINICHUB_CENTRE: 'postgres://env',
    CLINICHUB_NAME: 'Env',
    CLINICHUB_PORT: '1',
    CLINICHUB_DEMO: '1',
  };
  expect(headlessOptions([], env)).toMatchObject({
    data: '/env',
    centre: 'postgres://env',
    name: 'Env',
    port: 1,
    demo: true,
  });
  const args = [
    '--data',
    '/arg',
    '--centre',
    'postgres://arg',
    '--name',
    'Arg',
    '--port',
    '0',
    '--until-stdin-closes',
  ];
  expect(headlessOptions(args, env)).toMatchObject({
    data: '/arg',
    centre: 'postgres://arg',
    name: 'Arg',
    port: 0,
    untilStdinCloses: true,
  });
});

it.each([
  [[]],
  [['--data']],
  [['--data', '/d', '--nonsense']],
  [['--data', '/d', '--port', '65536']],
  [['--data', '/d', '--port', 'http']],
  [['--data', '/d', '--port', '-1']],
  [['--data', '/d', '--tls-cert', '/c']],
  [['--data', '/d', '--tls-cert', '/none', '--tls-key', '/none']],
  [['--data', '/d', 'stray']],
])('refuses %j in words', (args) => {
  expect(() => headlessOptions(args, {})).toThrow(OptionError);
});

it('one thing is done about the recovery key: taking it wins over making another', () => {
  expect(headlessOptions(['--data', '/d', '--recovery-key'], {}).recovery).toBe('print');
  expect(headlessOptions(['--data', '/d', '--recovery-key', '--recover'], {}).recovery).toBe('recover');
});

it('lets pages of other origins call the API only where they are named, each as a browser sends it', () => {
  const origins = (args: readonly string[], env = {}) =>
    headlessOptions(['--data', '/d', ...args], env).corsOrigins;
  expect(origins(['--cors-origin', 'https://a.example', '--cors-origin', 'http://localhost:3000'])).toEqual([
    'https://a.example',
    'http://localhost:3000',
  ]);
  expect(origins([], { CLINICHUB_CORS_ORIGINS: 'https://a.example  https://b.example' })).toHaveLength(2);
  for (const wrong of [
    '*',
    'null',
    'https://a.example/',
    'https://a.example/x',
    'a.example',
    'ftp://a.example',
  ])
    expect(() => origins(['--cors-origin', wrong])).toThrow(OptionError);
});

it('takes addresses and networks of proxies, and nothing that is neither', () => {
  const of = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    headlessOptions(['--data', '/d', ...args], env).proxies;
  expect(of(['--trust-proxy', '192.0.2.1', '--trust-proxy', 'fd00::/8'])).toEqual(['192.0.2.1', 'fd00::/8']);
  expect(of([], { CLINICHUB_TRUST_PROXY: ' 10.0.0.0/24  ::1 ' })).toEqual(['10.0.0.0/24', '::1']);
  expect(of([], { CLINICHUB_TRUST_PROXY: '' })).toEqual([]);
  for (const wrong of ['true', '*', 'proxy.example', '10.0.0.0/33', '10.0.0/24', 'fd00::/129', '::1/', '/8'])
    expect(() => of(['--trust-proxy', wrong]), wrong).toThrow(OptionError);
});

it('takes where e-mails go from arguments or environment, and repeats no password', () => {
  const of = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    headlessOptions(['--data', '/d', ...args], env).mail;
  expect(of([], { CLINICHUB_MAIL: 'smtps://u:secret@mail.rw', CLINICHUB_MAIL_FROM: 'K <d@k.rw>' })).toEqual({
    way: 'smtp',
    server: {
      host: 'mail.rw',
      port: 465,
      secure: true,
      loopback: false,
      login: { user: 'u', password: 'secret' },
    },
    from: { name: 'K', address: 'd@k.rw' },
    authorities: null,
  });
  expect(of(['--mail-folder', '/m'])).toEqual({
    way: 'folder',
    folder: '/m',
    from: { name: 'ClinicHub', address: 'no-reply@clinichub.invalid' },
  });
  for (const bad of [
    ['--mail', 'smtp://u:secret@mail.rw'],
    ['--mail', 'http://u:secret@mail.rw', '--mail-from', 'd@k.rw'],
    ['--mail', 'smtp://u:secret@mail.rw', '--mail-from', 'secret'],
    ['--mail', 'smtp://u:secret@mail.rw', '--mail-from', 'd@k.rw', '--mail-folder', '/m'],
    ['--mail', 'smtp://u:secret@mail.rw', '--mail-from', 'd@k.rw', '--mail-ca', '/nowhere'],
  ]) {
    expect(() => of(bad), bad.join(' ')).toThrow(OptionError);
    expect(() => of(bad), bad.join(' ')).not.toThrow('secret');
  }
});
