import { isIP } from 'node:net';

/** Somebody a message goes to or comes from. */
export interface MailAddress {
  /** Empty where only the address is known. */
  readonly name: string;
  readonly address: string;
}

/** A server that takes messages. `password` never leaves this object but to that server. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else it has to come with STARTTLS before anything is said, except on this computer. */
  readonly secure: boolean;
  readonly loopback: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
}

/**
 * Whether messages are sent to such an address. Narrower than RFC 5322: no quotes, comments or lists, in which one address
 * may look like another.
 */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 &&
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(
    text,
  );

/** A text for one line of a head: what could begin another line is a space. */
export const oneLine = (text: string): string =>
  [...text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()].slice(0, 200).join('');

/** Reads `Clinic <desk@example.org>` or the address alone; null when it is neither. */
export const readMailAddress = (text: string): MailAddress | null => {
  const found = /^(?:"?([^"<>\p{Cc}]*?)"?\s*<([^<>\s]+)>|([^<>\s]+))$/u.exec(text.trim());
  const address = found?.[2] ?? found?.[3] ?? '';
  return isMailAddress(address) ? { name: oneLine(found?.[1] ?? ''), address } : null;
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Reads `smtp://user:password@host:port` or `smtps://...`; null when it is no such address. */
export const readMailServer = (text: string): MailServer | null => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const secure = url?.protocol === 'smtps:';
  if (url === null || !(secure || url.protocol === 'smtp:')) return null;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isPlain = (url.pathname === '' || url.pathname === '/') && url.search === '' && url.hash === '';
  if (host === '' || !isPlain || (url.username === '') !== (url.password === '')) return null;
  try {
    return {
      host,
      port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
      secure,
      loopback: isLoopback(host),
      login:
        url.username === ''
          ? null
          : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
    };
  } catch {
    return null;
  }
};
