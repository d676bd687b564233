import type { z } from 'zod';
import type { Need } from './permissions.ts';

/** One call of the contract. `needs` is the one permission it takes, `signed-in` for anybody's, `public` for no session. */
export interface Call {
  readonly kind: 'query' | 'command';
  readonly needs: Need;
  readonly input: z.ZodType;
  /** How many characters and members an input may have in all, where 100,000 are too few. */
  readonly most?: number;
  /** Answers while the session is locked, too: it shows nothing of anybody. */
  readonly whileLocked?: true;
  /** Answers at a kiosk, too, where whoever stands there may touch everything. */
  readonly atKiosk?: true;
  readonly output: z.ZodType;
}

export const defineCalls = <const C extends Readonly<Record<string, Call>>>(calls: C): C => calls;
