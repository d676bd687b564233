import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { preferenceId } from './preference.ts';

test('the id of a preference is the UUID version 5 of its key in the namespace of its account (RFC 9562)', () => {
  const account = '01900000-0000-7000-8000-00000000a001';
  const bytes = createHash('sha1')
    .update(Buffer.from(account.replaceAll('-', ''), 'hex'))
    .update('day.zoom')
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const id = bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  expect(preferenceId(account, 'day.zoom')).toBe(id);
});
