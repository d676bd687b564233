/** How many failures in how many milliseconds are one after the other, not each by itself. */
const most = 3;
const window = 10 * 60_000;

/** What to do after a failure at `now`, and which failures to remember; `before` are the instants of earlier ones. */
export const afterFailure = (
  before: readonly number[],
  now: number,
): { readonly remembered: readonly number[]; readonly startAgain: boolean } => {
  // The clock may have been put back since; what is then ahead was not long ago.
  const recent = before.filter((at) => Math.abs(now - at) < window).slice(-most);
  return { remembered: [...recent, now], startAgain: recent.length + 1 < most };
};
