import { expect, test } from 'vitest';
import { onDatabase } from './scratch.ts';

test.each([
  ['postgres://me:a%2Fb@db.example.org/clinic', 'postgres://me:a%2Fb@db.example.org/copy'],
  [
    'postgresql://me@[::1]:5433/clinic?sslmode=verify-full',
    'postgresql://me@[::1]:5433/copy?sslmode=verify-full',
  ],
  [
    'postgres://me:x@a.example:5432,b.example:6432/clinic?ca=abc',
    'postgres://me:x@a.example:5432,b.example:6432/copy?ca=abc',
  ],
  ['postgres://me:x@a.example', 'postgres://me:x@a.example/copy'],
])('the copy is on the server of %s', (url, copy) => {
  expect(onDatabase(url, 'copy')).toBe(copy);
});
