/** As many are named of what a new edition of a code system or a formulary no longer has. */
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
