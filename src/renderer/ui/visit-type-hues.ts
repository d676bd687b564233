import { useMemo } from 'react';
import { useCall } from '#renderer/client/calls.ts';

/** As many as can be told apart on a board, see `[data-hue]` in `base.css`. */
export const hueCount = 8;

/**
 * The hue of each kind of visit, 0 to 7, by id. Ids are in the order in which the kinds were made, so a new kind leaves the others
 * their hue; the ninth begins anew. Wherever a hue is seen, the kind's name stands beside it or in its title.
 */
export const huesOf = (ids: readonly string[]): ReadonlyMap<string, number> =>
  new Map(ids.toSorted().map((id, index) => [id, index % hueCount]));

export function useVisitTypeHues(): ReadonlyMap<string, number> {
  const { data } = useCall('scheduling.visitTypes', {});
  return useMemo(() => huesOf((data ?? []).map(({ id }) => id)), [data]);
}
