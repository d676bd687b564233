import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity } from 'node:tls';
import {
  certificatesOf,
  type PackedCertificates,
  packCertificates,
  unpackCertificates,
} from './certificates.ts';

/** One PostgreSQL, or PgBouncer, that may answer. */
export interface CentreHost {
  readonly host: string;
  readonly port: number;
}

/** Where the centre is and who asks. The text it was read from holds a password. */
export interface CentreAddress {
  /** Tried in order; the one that takes writes is kept. */
  readonly hosts: readonly CentreHost[];
  /** Where to listen for news: a pooler that gives each transaction another connection cannot carry it. */
  readonly listen: readonly CentreHost[];
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Whether a host on this computer is asked for TLS as well; any other always is. */
  readonly tls: boolean;
  /** Certificates of the authorities that may vouch for the server, PEM; null for those the system trusts. */
  readonly authorities: string | null;
}

/** Why an address cannot be used. */
export type AddressProblem = 'malformed' | 'unverified' | 'bad-certificate';

/** An address that cannot be used. The message says what to do and never holds the password. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
  readonly problem: AddressProblem;

  constructor(problem: AddressProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.problem = problem;
  }
}

const malformed = (): AddressError =>
  new AddressError(
    'malformed',
    'The address of the centre must look like postgres://login:password@host:5432/database, with further hosts after a comma.',
  );

/** Whether a host is this computer: what is said to it passes no network. */
export const isLoopback = (host: string): boolean =>
  host.startsWith('/') ||
  host === 'localhost' ||
  host === '::1' ||
  (isIP(host) === 4 && host.startsWith('127.'));

const hostOf = (text: string): CentreHost => {
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s/?#@]+))(?::(\d{1,5}))?$/.exec(text);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3] ?? 5432);
  if (host === undefined || port < 1 || port > 65_535) throw malformed();
  return { host: host.startsWith('%2F') || host.startsWith('%2f') ? decodeURIComponent(host) : host, port };
};

const hostsOf = (text: string): readonly CentreHost[] => text.split(',').map(hostOf);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new AddressError('malformed', malformed().message, error);
  }
};

const parts =
  /^postgres(?:ql)?:\/\/(?:([^:@/?#]*)(?::([^@/?#]*))?@)?([^@/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/;

/** The options that turn the check of the server's certificate off, as other PostgreSQL programs write them. */
const unverified = new Set(['disable', 'allow', 'prefer', 'require', 'no-verify', 'verify-ca']);

const refuseUnverified = (mode: string | null, hosts: readonly CentreHost[]): void => {
  const away = hosts.find(({ host }) => !isLoopback(host));
  if (mode === null || away === undefined || !unverified.has(mode)) return;
  throw new AddressError(
    'unverified',
    `sslmode=${mode} would let anybody on the way to ${away.host} read or change what is sent. Leave it out: the server’s certificate is then checked, with --ca when your clinic has its own authority. Without TLS, go through a tunnel that ends on this computer (127.0.0.1).`,
  );
};

const known = new Set(['sslmode', 'sslrootcert', 'listen', 'ca']);

const authoritiesOf = (options: URLSearchParams): string | null => {
  const [packed, file] = [options.get('ca'), options.get('sslrootcert')];
  try {
    if (packed !== null) return unpackCertificates(packed as PackedCertificates);
    if (file !== null && file !== 'system') return certificatesOf(file);
    return null;
  } catch (error) {
    throw new AddressError(
      'bad-certificate',
      'The certificate of the authority cannot be read. It must be a file in PEM form (-----BEGIN CERTIFICATE-----).',
      error,
    );
  }
};

/**
 * Reads `postgres://login:password@host:port,host:port/database?options`. Options: `listen` (hosts for notifications),
 * `ca` (certificates, see {@link withAuthorities}), `sslrootcert` (a file of them), `sslmode`. Without `sslmode` a host
 * that is not this computer is asked for TLS and its certificate and name are checked. Throws an {@link AddressError}.
 */
export const readAddress = (text: string): CentreAddress => {
  const found = parts.exec(text.trim());
  if (found === null) throw malformed();
  const [, user = '', password = '', places = '', database = '', query = ''] = found;
  const options = new URLSearchParams(query);
  const foreign = [...options.keys()].find((name) => !known.has(name));
  if (foreign !== undefined)
    throw new AddressError('malformed', `The address of the centre has an unknown option “${foreign}”.`);
  const mode = options.get('sslmode');
  if (mode !== null && mode !== 'verify-full' && !unverified.has(mode))
    throw new AddressError('malformed', `There is no sslmode=${mode}; leave it out or write verify-full.`);
  const hosts = hostsOf(places === '' ? 'localhost' : places);
  const apart = options.get('listen');
  const listen = apart === null ? hosts : hostsOf(apart);
  refuseUnverified(mode, [...hosts, ...listen]);
  return {
    hosts,
    listen,
    database: decoded(database),
    user: decoded(user),
    password: decoded(password),
    tls: mode === 'verify-full',
    authorities: authoritiesOf(options),
  };
};

const hostText = ({ host, port }: CentreHost): string =>
  `${host.includes(':') ? `[${host}]` : host.startsWith('/') ? encodeURIComponent(host) : host}:${port}`;

/** The hosts of an address, for messages. */
export const placesOf = ({ hosts }: Pick<CentreAddress, 'hosts'>): string => hosts.map(hostText).join(', ');

const optionsOf = (text: string): URLSearchParams => new URLSearchParams(parts.exec(text.trim())?.[5] ?? '');

const written = (address: CentreAddress, options: URLSearchParams): string => {
  const { user, password, hosts, database } = address;
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const query = options.size === 0 ? '' : `?${options}`;
  return `postgres://${login}@${hosts.map(hostText).join(',')}/${encodeURIComponent(database)}${query}`;
};

/** The same address for another login. */
export const withLogin = (text: string, user: string, password: string): string =>
  written({ ...readAddress(text), user, password }, optionsOf(text));

/** The same address, whose server must be vouched for by `pem`. They are part of the text: no file need stay anywhere. */
export const withAuthorities = (text: string, packed: PackedCertificates): string => {
  const options = optionsOf(text);
  options.delete('sslrootcert');
  options.set('ca', packed);
  return written(readAddress(text), options);
};

/** The same address for another computer, where no file of this one is: its certificates go along. */
export const toCarry = (text: string): string => {
  const { authorities } = readAddress(text);
  return authorities === null ? text : withAuthorities(text, packCertificates(authorities));
};

/** The same address at other hosts. Throws an {@link AddressError}. */
export const withHosts = (text: string, places: string): string => {
  const changed = written({ ...readAddress(text), hosts: hostsOf(places) }, optionsOf(text));
  readAddress(changed);
  return changed;
};

/** The same address, listening for news elsewhere. Throws an {@link AddressError}. */
export const withListen = (text: string, places: string): string => {
  const options = optionsOf(text);
  options.set('listen', places);
  const changed = written(readAddress(text), options);
  readAddress(changed);
  return changed;
};

/** How TLS is spoken to one host; false for none. The name that was asked for is the one that is checked, an IP address too. */
export const tlsFor = (
  { tls, authorities }: CentreAddress,
  { host }: CentreHost,
): ConnectionOptions | false => {
  if (!tls && isLoopback(host)) return false;
  return {
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(authorities === null ? {} : { ca: authorities }),
    checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
  };
};
