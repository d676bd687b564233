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

/**
 * Whether nobody need be signed in for something that costs a hash, a message or the check of a code. Every command that is `public`
 * is taken for one: hosts bound how often one address may ask. A kiosk's are none: somebody of the staff made a kiosk of the
 * screen, and its tries wait by screen and by record.
 */
export const isForStrangers = ({ kind, needs }: Pick<Call, 'kind' | 'needs'>): boolean =>
  kind === 'command' && needs === 'public';
