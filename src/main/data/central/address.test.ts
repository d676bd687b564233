import { describe, expect, it } from 'vitest';
import { AddressError, readAddress, tlsFor, withListen, withLogin } from './address.ts';

const problemOf = (text: string): string | null => {
  try {
    readAddress(text);
    return null;
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    expect(error.message).not.toContain('geheim');
    return error.problem;
  }
};

describe('an address of the centre', () => {
  it('names one host or several, with the standard port when none is said', () => {
    expect(readAddress('postgres://desk:geheim@db.example.org/clinic')).toMatchObject({
      hosts: [{ host: 'db.example.org', port: 5432 }],
      listen: [{ host: 'db.example.org', port: 5432 }],
      database: 'clinic',
      user: 'desk',
      password: 'geheim',
      authorities: null,
    });
    const several = readAddress('postgresql://desk:geheim@a:5433,[fd00::2]:5434,c/clinic?listen=a:6000');
    expect(several.hosts).toEqual([
      { host: 'a', port: 5433 },
      { host: 'fd00::2', port: 5434 },
      { host: 'c', port: 5432 },
    ]);
    expect(several.listen).toEqual([{ host: 'a', port: 6000 }]);
  });

  it('keeps its hosts and options for another login, whatever characters that has', () => {
    const changed = withLogin('postgres://a:b@h1:1,[::1]:2/d%20b?listen=h1:9', 'ü@x', 'p:/?#%');
    expect(readAddress(changed)).toMatchObject({
      user: 'ü@x',
      password: 'p:/?#%',
      database: 'd b',
      hosts: [
        { host: 'h1', port: 1 },
        { host: '::1', port: 2 },
      ],
      listen: [{ host: 'h1', port: 9 }],
    });
    expect(readAddress(withListen(changed, 'other:5433')).listen).toEqual([{ host: 'other', port: 5433 }]);
    const socket = 'postgres://a:b@%2Fvar%2Frun:5433/x';
    expect(readAddress(withLogin(socket, 'a', 'b')).hosts).toEqual([{ host: '/var/run', port: 5433 }]);
  });

  it.each([
    'mysql://desk:geheim@db/clinic',
    'db.example.org',
    'postgres://desk:geheim@db:99999/clinic',
    'postgres://desk:geheim@a,,b/clinic',
    'postgres://desk:geheim@db/clinic?sslcert=x',
    'postgres://desk:geheim@db/clinic?sslmode=perhaps',
    'postgres://desk:%zz@db/clinic',
  ])('that is none is refused without its password: %s', (text) => {
    expect(problemOf(text)).toBe('malformed');
  });

  it.each(['disable', 'allow', 'prefer', 'require', 'no-verify', 'verify-ca'])(
    'with sslmode=%s is refused for any host but this computer',
    (mode) => {
      const at = (hosts: string, more = '') =>
        `postgres://desk:geheim@${hosts}/clinic?sslmode=${mode}${more}`;
      expect(problemOf(at('db.example.org'))).toBe('unverified');
      expect(problemOf(at('127.0.0.1,db.example.org'))).toBe('unverified');
      expect(problemOf(at('127.0.0.1', '&listen=10.0.0.7:5432'))).toBe('unverified');
      expect(problemOf(at('127.0.0.1'))).toBe(null);
    },
  );

  it.each([
    ['db.example.org', true],
    ['10.0.0.7', true],
    ['127.0.0.1.example.org', true],
    ['localhost', false],
    ['127.0.0.9', false],
    ['[::1]', false],
    ['%2Fvar%2Frun%2Fpostgresql', false],
  ])('to %s speaks TLS with a checked certificate: %s', (host, checked) => {
    const address = readAddress(`postgres://desk:geheim@${host}/clinic`);
    const [at] = address.hosts;
    const tls = at === undefined ? false : tlsFor(address, at);
    if (checked) expect(tls).toMatchObject({ rejectUnauthorized: true });
    else expect(tls).toBe(false);
  });

  it('whose certificate file is none says so', () => {
    expect(problemOf('postgres://desk:geheim@db/clinic?sslrootcert=/nowhere.pem')).toBe('bad-certificate');
    expect(problemOf('postgres://desk:geheim@db/clinic?ca=AAAA')).toBe('bad-certificate');
  });
});
