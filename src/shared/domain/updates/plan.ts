/** Why a version that is here is not put in now. */
export const obstacles = ['people', 'printing', 'copying', 'unsent', 'quiet'] as const;
export type Obstacle = (typeof obstacles)[number];

/** What goes on at a workstation. */
export interface Activity {
  /** Somebody is signed in at one of its windows. */
  readonly signedIn: boolean;
  /** Something is on its way to a printer. */
  readonly printing: boolean;
  /** The first copy is still arriving. */
  readonly copying: boolean;
  /** Mutations the centre has not seen. */
  readonly waiting: number;
  /** The second copy of these on the disk lacks something. */
  readonly mirrorBehind: boolean;
}

/** What there is to decide by; instants and durations are milliseconds. */
export interface UpdateFacts {
  /** Whether the clinic has said where updates are. */
  readonly on: boolean;
  readonly now: number;
  readonly lookedAt: number | null;
  readonly found: { readonly version: string; readonly fetched: boolean } | null;
  /** How often `found` was put in and was not there afterwards. */
  readonly attempts: number;
  /** Since when nothing has stood in the way; null while something does. */
  readonly quietSince: number | null;
  readonly activity: Activity;
}

export type UpdateStep = 'nothing' | 'look' | 'fetch' | 'install';

/** How often to look, how long nobody may have worked, and how often one version is tried. */
export const pace = { look: 4 * 3_600_000, quiet: 10 * 60_000, attempts: 2 } as const;

/** What stands in the way of ending the program now. Unsent work does not, while it is on the disk twice. */
export const obstaclesTo = (activity: Activity): readonly Obstacle[] => [
  ...(activity.signedIn ? (['people'] as const) : []),
  ...(activity.printing ? (['printing'] as const) : []),
  ...(activity.copying ? (['copying'] as const) : []),
  ...(activity.waiting > 0 && activity.mirrorBehind ? (['unsent'] as const) : []),
];

/** The next step towards a newer version, and what it waits for. A version is put in only when nobody has worked for a while. */
export const planUpdate = (
  facts: UpdateFacts,
): { readonly step: UpdateStep; readonly waitsFor: readonly Obstacle[] } => {
  const { on, now, lookedAt, found, attempts, quietSince, activity } = facts;
  const nothing = { step: 'nothing', waitsFor: [] } as const;
  if (!on) return nothing;
  // A clock that was put back is no reason to look no more.
  const isTime = lookedAt === null || Math.abs(now - lookedAt) >= pace.look;
  if (isTime) return { step: 'look', waitsFor: [] };
  if (found === null || attempts >= pace.attempts) return nothing;
  if (!found.fetched) return { step: 'fetch', waitsFor: [] };
  const waitsFor = obstaclesTo(activity);
  if (waitsFor.length > 0) return { step: 'nothing', waitsFor };
  if (quietSince === null || now - quietSince < pace.quiet) return { step: 'nothing', waitsFor: ['quiet'] };
  return { step: 'install', waitsFor: [] };
};

/** Where updates are, as the clinic says it: an https address, or `off`. Null when it is neither. */
export const updateAddress = (text: string): string | 'off' | null => {
  if (text === 'off') return 'off';
  try {
    const url = new URL(text);
    const isSafe = url.protocol === 'https:' && url.username === '' && url.password === '';
    return isSafe ? url.href : null;
  } catch {
    return null;
  }
};
