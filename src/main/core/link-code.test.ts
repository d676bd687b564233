import { expect, it } from 'vitest';
import { linkCodePath, readLinkCode } from '#shared/domain/panel/link-code.ts';
import { linkCodeHash } from './link-code.ts';

it('a printed code is one in any spelling, and nothing else is one', () => {
  const hash = linkCodeHash('ABCD-2345-EFGH');
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  for (const typed of ['abcd2345efgh', ' ABCD 2345 EFGH ', 'AbCd-2345-eFgH'])
    expect(linkCodeHash(typed)).toBe(hash);
  for (const typed of ['', 'ABCD-2345', 'ABCD-2345-EFG0', 'ABCD-2345-EFGH-J', "' OR 1=1 --", '\u0000'])
    expect(linkCodeHash(typed)).toBeNull();
  expect(linkCodeHash('ABCD-2345-EFGJ')).not.toBe(hash);
});

it('is typed in on a page of its own, or is in its address', () => {
  expect(linkCodePath()).toBe('/code');
  expect(linkCodePath(readLinkCode('abcd2345efgh') ?? '')).toBe('/code/ABCD-2345-EFGH');
});
