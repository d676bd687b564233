/** How much of an item a store wants to have. */
export interface Level {
  /** Below it the item is ordered again; null where nobody has said. */
  readonly minimum: number | null;
  /** Up to what it is filled then; null: twice the minimum. */
  readonly fillTo: number | null;
}

/** How much to order so that the store has what it wants; 0 where nothing is to be ordered. */
export const toOrder = (usable: number, { minimum, fillTo }: Level): number => {
  if (minimum === null || usable >= minimum) return 0;
  return Math.max(fillTo ?? minimum * 2, minimum) - usable;
};
