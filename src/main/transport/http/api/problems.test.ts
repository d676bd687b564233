import { expect, it } from 'vitest';
import { errorCodes } from '#shared/kernel/result.ts';
import { partsOfFields, pointerOf, problem, statusOfProblem } from './problems.ts';

it('has a status for every code, and words without empty places', () => {
  for (const code of errorCodes) {
    const body = problem(code);
    expect(body.status).toBe(statusOfProblem(code));
    expect(body.status).toBeGreaterThanOrEqual(400);
    expect(body.title).toMatch(/^[A-Z]/);
    expect(body.detail ?? '').not.toContain('{{');
  }
  expect(problem('too-many-tries').detail).toBeUndefined();
  expect(problem('too-many-tries', { params: { seconds: 4 } })).toMatchObject({
    status: 429,
    detail: 'Too many tries. Wait 4 s, then try again.',
    params: { seconds: 4 },
  });
});

it('points into the body by names of the schema and places alone', () => {
  expect(pointerOf([])).toBe('#');
  expect(pointerOf(['phones', '0', 'value'])).toBe('#/phones/0/value');
  expect(pointerOf(['answers', '<script>', 'a/b', '~', ''])).toBe('#/answers/*/*/*/*');
});

it('moves what a call names to where the body has it', () => {
  expect(partsOfFields('body', { 'details.phone': 'phone', reason: 'required' }, { details: '' })).toEqual([
    { in: 'body', pointer: '#/phone', code: 'phone' },
    { in: 'body', pointer: '#/reason', code: 'required' },
  ]);
  expect(partsOfFields('body', { detailsOfMore: 'x' }, { details: '' })).toEqual([
    { in: 'body', pointer: '#/detailsOfMore', code: 'x' },
  ]);
});
