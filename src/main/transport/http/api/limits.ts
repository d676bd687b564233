import { isIPv4, isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** So many requests in so many seconds. */
export interface Limit {
  readonly requests: number;
  readonly seconds: number;
}

export interface ApiLimits {
  /** From one address, whoever asks. */
  readonly address: Limit;
  /** Of one account, from wherever. */
  readonly account: Limit;
  /** Signing in and refreshing, from one address, and what of the calls costs as much; wrong passwords wait besides, as at a desk. */
  readonly signIn: Limit;
}

export const usualLimits: ApiLimits = {
  address: { requests: 300, seconds: 10 },
  account: { requests: 150, seconds: 10 },
  signIn: { requests: 20, seconds: 60 },
};

/** `192.0.2.1:1234` and `[2001:db8::1]:1234`, as some proxies say it, without the port. */
const withoutPort = (address: string): string =>
  /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;

/** Whoever has one address of a network of IPv6 has all of them; what is no address at all is one and the same. */
export const addressKey = (address: string | undefined): string => {
  const plain = withoutPort(address ?? '').replace(/^::ffff:/, '');
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return '';
  const [head = '', tail = ''] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = plain.includes('::')
    ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
    : left;
  return groups.slice(0, 4).join(':');
};

/** An answer, as far as it has headers. */
interface Headed {
  header(name: string, value: string): unknown;
}

/** Takes one request off what is left; false when nothing is. Tells in the answer's headers how much that is. */
export type Take = (key: string, reply: Headed) => Promise<boolean>;

/** Whoever asks from more addresses than this has all the requests of each anyway. */
const mostKeys = 10_000;

/**
 * Counts in this process, the keys that were asked for last. The fields are those of draft-ietf-httpapi-ratelimit-headers.
 */
export const createLimit = (name: string, { requests, seconds }: Limit): Take => {
  const limiter = new RateLimiterMemory({ points: requests, duration: seconds });
  const keys = new Set<string>();
  const remember = async (key: string) => {
    keys.delete(key);
    keys.add(key);
    const [oldest] = keys;
    if (keys.size <= mostKeys || oldest === undefined) return;
    keys.delete(oldest);
    await limiter.delete(oldest);
  };
  return async (key, reply) => {
    await remember(key);
    const left = await limiter.consume(key).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused;
      throw refused;
    });
    const wait = Math.max(1, Math.ceil(left.msBeforeNext / 1000));
    reply.header('ratelimit-policy', `"${name}";q=${requests};w=${seconds}`);
    reply.header('ratelimit', `"${name}";r=${left.remainingPoints};t=${wait}`);
    if (left.consumedPoints <= requests) return true;
    reply.header('retry-after', String(wait));
    return false;
  };
};
