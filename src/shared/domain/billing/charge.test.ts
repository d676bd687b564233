import { expect, it } from 'vitest';
import { chargeItemId, raisingKinds } from './charge.ts';

it('a charge has one id for what raised it and what is charged, each of its own', () => {
  const ids = () =>
    raisingKinds.flatMap((kind) =>
      ['a', 'b'].flatMap((source) => ['x', 'y'].map((definition) => chargeItemId(kind, source, definition))),
    );
  expect(new Set(ids()).size).toBe(raisingKinds.length * 4);
  expect(ids()).toEqual(ids());
  expect(chargeItemId('visit', 'a', 'x')).toBe('a093a0ce-6044-5c40-9c72-80277f951196');
});
