import { expect, it } from 'vitest';
import { answeredWith, decodeRequest, encodeRequest, requestStatusOf } from './request.ts';

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
    'cancelled',
  ]);
  expect(requestStatusOf('on-hold')).toBe('rejected');
});

it('tells two answers apart that say nothing', () => {
  const words = { by: 'a', what: 'x', why: '', answer: '' };
  const answers = (['completed', 'rejected', 'cancelled'] as const).map((status) =>
    encodeRequest(words, status),
  );
  expect(new Set([encodeRequest(words), ...answers]).size).toBe(4);
  expect([encodeRequest(words), ...answers].map(answeredWith)).toEqual([
    null,
    'completed',
    'rejected',
    'cancelled',
  ]);
});
