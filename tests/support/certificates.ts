import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

/** Certificates for tests, made with Node alone: X.509 v3 (RFC 5280) with keys on P-256. */

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
};

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const text = (value: string) => der(0x0c, Buffer.from(value));
const boolean = (value: boolean) => der(0x01, Buffer.from([value ? 0xff : 0]));
const octets = (value: Uint8Array) => der(0x04, value);
const bits = (value: Uint8Array) => der(0x03, Buffer.from([0]), value);

const ecdsaSha256 = sequence(oid('2a8648ce3d040302'));
const nameOf = (common: string) => sequence(der(0x31, sequence(oid('550403'), text(common))));
const time = (at: Date) => der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));

const address = (host: string) =>
  isIP(host) === 4 ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));

const extension = (id: string, critical: boolean, value: Uint8Array) =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));

export interface TestCertificate {
  /** PEM */
  readonly certificate: string;
  /** PEM */
  readonly key: string;
}

export interface TestAuthority {
  readonly certificate: string;
  /** A server's certificate for these names and IPv4 addresses. */
  issue(hosts: readonly string[], until?: Date): TestCertificate;
}

const day = 86_400_000;

interface Content {
  readonly issuer: string;
  readonly subject: string;
  readonly until: Date;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Uint8Array[];
}

const signed = (content: Content, signer: KeyObject): string => {
  const from = new Date(Math.min(Date.now(), content.until.getTime()) - day);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x11]), randomBytes(15)])),
    ecdsaSha256,
    nameOf(content.issuer),
    sequence(time(from), time(content.until)),
    nameOf(content.subject),
    content.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...content.extensions)),
  );
  const whole = sequence(body, ecdsaSha256, bits(sign('sha256', body, signer)));
  const lines = whole.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
};

/** A certificate authority of a test's own. */
export const testAuthority = (name = 'Clinic authority'): TestAuthority => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const soon = () => new Date(Date.now() + day);
  const certificate = signed(
    {
      issuer: name,
      subject: name,
      until: soon(),
      publicKey,
      extensions: [extension('551d13', true, sequence(boolean(true)))],
    },
    privateKey,
  );
  return {
    certificate,
    issue: (hosts, until = soon()) => {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return {
        certificate: signed(
          {
            issuer: name,
            subject: hosts[0] ?? 'nobody',
            until,
            publicKey: own.publicKey,
            extensions: [extension('551d11', false, sequence(...hosts.map(address)))],
          },
          privateKey,
        ),
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
};
