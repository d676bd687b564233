import { useState } from 'react';

/** What was chosen of the occurrences of a preview: other times, and which are left out. */
export interface Choices {
  readonly instead: readonly { readonly of: string; readonly startLocal: string }[];
  readonly left: ReadonlySet<string>;
  take(of: string, startLocal: string): void;
  keep(of: string, kept: boolean): void;
}

export function useChoices(): Choices {
  const [times, setTimes] = useState<ReadonlyMap<string, string>>(new Map());
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  return {
    instead: [...times].map(([of, startLocal]) => ({ of, startLocal })),
    left,
    take: (of, startLocal) => setTimes((old) => new Map(old).set(of, startLocal)),
    keep: (of, kept) =>
      setLeft((old) => {
        const next = new Set(old);
        if (kept) next.delete(of);
        else next.add(of);
        return next;
      }),
  };
}
