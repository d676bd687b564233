import { expect, test } from 'vitest';
import { preferenceId } from './preference.ts';

test('the id of a preference is the UUID version 5 of its key in the namespace of its account (RFC 9562)', () => {
  // As Python's uuid.uuid5 makes it.
  expect(preferenceId('01900000-0000-7000-8000-00000000a001', 'day.zoom')).toBe(
    '92ee9c4c-3cab-5f48-aa68-fb6637592397',
  );
});
