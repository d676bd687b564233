import type { Tokens } from '#main/session/tokens.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { Unit } from './unit.ts';

/** What the documented API needs besides the calls of the contract. */
export interface ProgramServices {
  readonly tokens: Tokens;
  readonly answers: KeptAnswers;
  /** Counts the commits that changed a synced row, by anybody here or at the centre. */
  commits(): number;
  /** Whatever `work` writes first is one with what `unit` does. */
  inUnit<T>(unit: Unit, work: () => Promise<T>): Promise<T>;
}
