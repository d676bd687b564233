const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What of `now` is not as it was. Values are compared as JSON. */
export const changedFields = <T extends object>(was: Partial<T>, now: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(now).filter(([name, value]) => !same(value, was[name as keyof T])),
  ) as Partial<T>;

/**
 * The fields that two changed, and differently: somebody who made `mine` of `was`, and whoever made `stands` of it meanwhile. What only
 * one of them changed is no matter.
 */
export const changedByBoth = <T extends object>(
  stands: Partial<T>,
  was: Partial<T>,
  mine: T,
): readonly (keyof T)[] =>
  (Object.keys(changedFields(was, mine)) as (keyof T)[]).filter(
    (name) => !same(stands[name], was[name]) && !same(stands[name], mine[name]),
  );

/** Whether there is such a field. */
export const isChangedElsewhere = <T extends object>(stands: Partial<T>, was: Partial<T>, mine: T): boolean =>
  changedByBoth(stands, was, mine).length > 0;
