import { expect, it } from 'vitest';
import { addressKey, createLimit } from './limits.ts';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2'],
  ['2001:db8:1:2:bbbb:cccc:dddd:eeee', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['192.0.2.7:50123', '192.0.2.7'],
  ['[2001:db8:1:2:aaaa::1]:50123', '2001:db8:1:2'],
  ['unknown', ''],
  ['_hidden', ''],
  [undefined, ''],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

it('has room for so many addresses: what was asked from longest ago is forgotten first', async () => {
  const reply = { header: () => undefined };
  const take = createLimit('test', { requests: 1, seconds: 600 });
  for (let n = 0; n < 10_000; n += 1) expect(await take(`address ${n}`, reply)).toBe(true);
  expect(await take('address 0', reply)).toBe(false);
  expect(await take('one more', reply)).toBe(true);
  expect(await take('address 0', reply)).toBe(false);
  expect(await take('address 1', reply)).toBe(true);
});
