import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type NoteVersion, stateOfNote, threadsOf } from './thread.ts';

const version = (id: string, more: Partial<NoteVersion> = {}): NoteVersion => ({
  id,
  parent_id: null,
  appends_id: null,
  status: 'final',
  created_at: `2026-11-${id.padStart(2, '0')}T08:00:00.000Z`,
  voided_at: null,
  ...more,
});
const ids = (versions: readonly NoteVersion[]) => versions.map(({ id }) => id);

it('puts versions and addenda together, the note that began last first', () => {
  const threads = threadsOf([
    version('1'),
    version('2', { parent_id: '1', status: 'amended' }),
    version('3', { appends_id: '1' }),
    version('4', { parent_id: '3', appends_id: '1', status: 'amended' }),
    version('5'),
    version('6', { appends_id: '2' }),
  ]);
  expect(threads.map(({ current }) => ids(current))).toEqual([['5'], ['2']]);
  expect(ids(threads[1]?.earlier ?? [])).toEqual(['1']);
  expect(threads[1]?.addenda.map(({ current, earlier }) => [ids(current), ids(earlier)])).toEqual([
    [['4'], ['3']],
    [['6'], []],
  ]);
});

it('shows both of two amendments, and the one that holds after the other was taken back', () => {
  const fork = [version('1'), version('2', { parent_id: '1' }), version('3', { parent_id: '1' })];
  expect(ids(threadsOf(fork)[0]?.current ?? [])).toEqual(['2', '3']);
  const settled = fork.map((each) =>
    each.id === '2' ? { ...each, voided_at: '2026-11-04T08:00:00.000Z' } : each,
  );
  expect(ids(threadsOf(settled)[0]?.current ?? [])).toEqual(['3']);
  expect(ids(threadsOf(settled)[0]?.earlier ?? [])).toEqual(['2', '1']);
});

it('says of a note whose last version was taken back that it is in error, and not that an earlier one holds', () => {
  const versions = [version('1'), version('2', { parent_id: '1', voided_at: '2026-11-04T08:00:00.000Z' })];
  const [thread] = threadsOf(versions);
  expect(ids(thread?.current ?? [])).toEqual(['2']);
  expect(versions.map((each) => stateOfNote(each, versions))).toEqual(['replaced', 'in-error']);
});

it('loses no version, whatever names what', () => {
  const many = fc.array(fc.tuple(fc.nat(20), fc.nat(20), fc.boolean()), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(many, (links) => {
      const versions = links.map(([parent, appends, isVoid], n) =>
        version(String(n), {
          // Only what was there before can be named.
          parent_id: parent < n ? String(parent) : null,
          appends_id: parent >= n && appends < n ? String(appends) : null,
          voided_at: isVoid ? '2026-11-04T08:00:00.000Z' : null,
        }),
      );
      const shown = threadsOf(versions).flatMap(({ current, earlier, addenda }) => [
        ...current,
        ...earlier,
        ...addenda.flatMap((each) => [...each.current, ...each.earlier]),
      ]);
      expect(ids(shown).toSorted()).toEqual(ids(versions).toSorted());
    }),
  );
});
