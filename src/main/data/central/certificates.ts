import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Certificates as part of an address: the base64url of each one's DER, with commas. */
export type PackedCertificates = string & { readonly packed: unique symbol };

const blocks = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM text, made short. Throws when there is none or one is damaged. */
export const packCertificates = (pem: string): PackedCertificates => {
  const found = pem.match(blocks) ?? [];
  if (found.length === 0) throw new Error('no certificate in PEM form');
  return found
    .map((block) => new X509Certificate(block).raw.toString('base64url'))
    .join(',') as PackedCertificates;
};

/** The same as PEM. Throws when one is damaged. */
export const unpackCertificates = (packed: PackedCertificates): string =>
  packed
    .split(',')
    .map((der) => new X509Certificate(Buffer.from(der, 'base64url')).toString())
    .join('');

/** The certificates in a PEM file. Throws when it cannot be read or holds none. */
export const certificatesOf = (file: string): string =>
  unpackCertificates(packCertificates(readFileSync(file, 'utf8')));
