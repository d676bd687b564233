import { useState } from 'react';
import { changedByBoth, changedFields } from '#shared/domain/records/changes.ts';
import { useHeldState } from './useHeldState.ts';

/** The fields of a record while they are edited, with what they were. */
export interface Edited<T extends object> {
  readonly was: T;
  readonly draft: T;
  readonly change: (part: Partial<T>) => void;
  /** What others made meanwhile of fields that were changed here as well. */
  readonly stands: Partial<T>;
  /**
   * Others changed the record, to `now`: what was not touched here follows, what was typed stays and is measured against what they made,
   * so that saving once more means it.
   */
  readonly meet: (now: T) => void;
}

/** Edits a record that others may change meanwhile; `name` as for {@link useHeldState}. */
export function useEdited<T extends object>(name: string, start: () => T): Edited<T> {
  const [was, setWas] = useHeldState(`${name} before`, start);
  const [draft, setDraft] = useHeldState(name, was);
  const [stands, setStands] = useState<Partial<T>>({});
  return {
    was,
    draft,
    change: (part) => setDraft((old) => ({ ...old, ...part })),
    stands,
    meet: (now) => {
      const both = changedByBoth(now, was, draft);
      setStands(Object.fromEntries(both.map((name) => [name, now[name]])) as Partial<T>);
      setDraft({ ...now, ...changedFields(was, draft) });
      setWas(now);
    },
  };
}
