import { expect, it } from 'vitest';
import { decodeRequest, encodeRequest, requestStatusOf } from './request.ts';

it('keeps who asked, for what and why, and what was answered', () => {
  const words = { by: 'a', what: 'Letters of 2025', why: 'I move', answer: 'Ready at the desk' };
  expect(decodeRequest(encodeRequest(words))).toEqual(words);
});

it.each(['a plain note of the staff', '"text"', 'null', '[1]', '{"what":7,"note":"inside"}'])(
  'tells nothing of what another program wrote: %s',
  (reason) => expect(decodeRequest(reason)).toEqual({ by: null, what: '', why: '', answer: '' }),
);

it('has a word for every status', () => {
  expect(['requested', 'completed', 'rejected', 'cancelled'].map(requestStatusOf)).toEqual([
    'requested',
    'completed',
    'rejected',
    'rejected',
  ]);
});
