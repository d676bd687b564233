import type { Clock } from '#shared/kernel/clock.ts';

/** What one account may do in a minute; nobody books faster by hand. */
const most = 30;
const minute = 60_000;
/** Accounts remembered at once. */
const mostAccounts = 10_000;

/** Counts what each account writes, so that one that does so without end keeps nobody else from the centre. */
export const createPace = (clock: Clock) => {
  const counts = new Map<string, { since: number; count: number }>();
  const forgetOld = (now: number) => {
    for (const [id, { since }] of counts) if (now - since >= minute) counts.delete(id);
  };
  return {
    /** Seconds to wait before the next; 0: it is taken now. */
    take: (accountId: string): number => {
      const now = clock.now();
      const known = counts.get(accountId);
      if (known === undefined || now - known.since >= minute || now < known.since) {
        if (counts.size >= mostAccounts) forgetOld(now);
        counts.set(accountId, { since: now, count: 1 });
        return 0;
      }
      if (known.count >= most) return Math.ceil((known.since + minute - now) / 1000);
      known.count += 1;
      return 0;
    },
  };
};
export type Pace = ReturnType<typeof createPace>;
