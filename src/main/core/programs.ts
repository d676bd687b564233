import type { Tokens } from '#main/session/tokens.ts';
import type { CalendarFeeds } from './calendar-feeds.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { Unit } from './unit.ts';

/** What other programs are answered with besides the calls of the contract. */
export interface ProgramServices {
  readonly tokens: Tokens;
  readonly answers: KeptAnswers;
  readonly calendars: CalendarFeeds;
  /** Counts the commits that changed a synced row, by anybody here or at the centre. */
  commits(): number;
  /** Whatever `work` writes first is one with what `unit` does. */
  inUnit<T>(unit: Unit, work: () => Promise<T>): Promise<T>;
}
