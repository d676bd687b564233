import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newestFirst, type Place, pageOf } from './timeline.ts';

const place = fc.record({ at: fc.constantFrom('1', '2', '3'), id: fc.uuid() });
const lists = fc.array(fc.uniqueArray(place, { selector: ({ id }) => id, maxLength: 30 }), { maxLength: 5 });

/** What a table gives: its newest before a place, one more than a page has. */
const read = (list: readonly Place[], before: Place | null, limit: number) =>
  list
    .toSorted(newestFirst)
    .filter((one) => before === null || newestFirst(before, one) < 0)
    .slice(0, limit + 1);

it('page by page everything comes once, the newest first, however many share an instant', () => {
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 7 }), (tables, limit) => {
      const seen: Place[] = [];
      let before: Place | null = null;
      do {
        const page: ReturnType<typeof pageOf<Place>> = pageOf(
          tables.map((table) => read(table, before, limit)),
          limit,
        );
        seen.push(...page.items);
        before = page.next;
      } while (before !== null);
      expect(seen).toEqual(tables.flat().toSorted(newestFirst));
    }),
  );
});
