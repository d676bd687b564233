import { isIP } from 'node:net';

/** The header no form and no other site's script can add without asking first (a CORS preflight, which we never answer). */
export const callHeader = 'x-clinichub';

/** The parts of a request that tell where it comes from. */
export interface Provenance {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, which a page cannot set. */
  readonly fetchSite: string | undefined;
}

const hostName = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

/** Whether an address to bind to is reached from this computer alone. */
export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));

const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether the `Host` is one of ours. A name of somebody else's that resolves to this computer (DNS rebinding) would
 * otherwise make their page and our answers one origin. Bound to the network, the name is the clinic's own choice and
 * TLS says who we are.
 */
export const isOurHost = (host: string | undefined, loopback: boolean): boolean =>
  host !== undefined && (!loopback || loopbackNames.includes(hostName(host)));

/** Whether a request comes from a page of ours, or from no page at all (a person's own address bar, a program). */
export const isSameOrigin = ({ host, origin, fetchSite }: Provenance, scheme: 'http' | 'https'): boolean =>
  (origin === undefined || origin === `${scheme}://${host}`) &&
  (fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none');
