import { expect, it } from 'vitest';
import { isNetwork, proxiesAt } from './proxies.ts';

it.each(['192.0.2.1', '10.0.0.0/8', '0.0.0.0/0', '::1', 'fd00::/8', '2001:db8::1/128'])(
  '%s is an address or a network',
  (text) => {
    expect(isNetwork(text)).toBe(true);
  },
);

it.each(['', '*', 'proxy', '10.0.0.0/33', '10.0.0.0/', '/8', '10.0.0.0/8/8', 'fd00::/129', 'fe80::1%eth0'])(
  '%j is neither',
  (text) => {
    expect(isNetwork(text)).toBe(false);
  },
);

it('knows the proxies it was told of, however a socket writes their addresses', () => {
  const isProxy = proxiesAt(['192.0.2.1', '10.0.0.0/8', 'fe80::/10', '::1']);
  for (const address of [
    '192.0.2.1',
    '::ffff:192.0.2.1',
    '::FFFF:192.0.2.1',
    '10.255.0.1',
    'fe80::1%eth0',
    '::1',
    '0:0:0:0:0:0:0:1',
  ])
    expect(isProxy(address), address).toBe(true);
  for (const address of ['192.0.2.2', '11.0.0.1', 'fd00::1%eth0', '', 'unknown', "'; --", undefined])
    expect(isProxy(address), address).toBe(false);
});

it('knows none where it was told of none', () => {
  expect(proxiesAt([])('127.0.0.1')).toBe(false);
});
