import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

it('gives each person back what they left, and the next one nothing of it', () => {
  const takeTurns = createTurns(({ draft }: { readonly draft: string }) => ({ draft }));
  const nobody = { owner: null, draft: 'of nobody', busy: true };
  const first = { ...nobody, draft: '', ...takeTurns(nobody, 'a') };
  expect(first).toEqual({ owner: 'a', draft: '', busy: true });
  const second = { draft: '', ...takeTurns({ ...first, draft: 'of a' }, 'b') };
  expect(second).toEqual({ owner: 'b', draft: '' });
  expect(takeTurns({ ...second, draft: 'of b' }, 'a')).toEqual({ owner: 'a', draft: 'of a' });
  expect(takeTurns({ owner: 'a', draft: '' }, 'b')).toEqual({ owner: 'b', draft: 'of b' });
});
