import type { z } from 'zod';

/** Roles of staff accounts. Patients get their own when the patient panel comes. */
export const roles = ['reception', 'nurse', 'doctor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** One call of the contract. `roles` says who may make it; `public` needs no session. */
export interface Call {
  readonly kind: 'query' | 'command';
  readonly roles: readonly Role[] | 'public';
  readonly input: z.ZodType;
  /** How many characters and members an input may have in all, where 100,000 are too few. */
  readonly most?: number;
  readonly output: z.ZodType;
}

export const defineCalls = <const C extends Readonly<Record<string, Call>>>(calls: C): C => calls;
