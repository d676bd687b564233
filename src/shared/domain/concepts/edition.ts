/** What a new edition of a code system or a formulary no longer has, and so is not offered any more. */
export interface Missing {
  readonly count: number;
  /** The first of them, as people know them. */
  readonly sample: readonly string[];
}

/** As many are named of what is missing. */
export const sampleSize = 10;

/**
 * Whether what is missing may be taken out without asking. Only a file that is a whole edition by its format says what is no longer
 * in it, and only when no line was refused that could have had it. Real editions drop a hundredth: where more than a tenth is gone,
 * the file was more likely cut off.
 */
export const isSurelyDropped = (
  missing: number,
  {
    before,
    isWhole,
    unread,
  }: { readonly before: number; readonly isWhole: boolean; readonly unread: number },
): boolean => isWhole && unread === 0 && missing * 10 <= before;
