import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { isMadeOf, leastScore, type PasswordProblem } from '#shared/domain/accounts/password.ts';

/** What the estimate says, in the words of ours. */
const said: Readonly<Record<string, PasswordProblem>> = {
  topTen: 'password-common',
  topHundred: 'password-common',
  common: 'password-common',
  similarToCommon: 'password-common',
  pwned: 'password-common',
  straightRow: 'password-keys',
  keyPattern: 'password-keys',
  simpleRepeat: 'password-repeat',
  extendedRepeat: 'password-repeat',
  sequences: 'password-repeat',
  recentYears: 'password-date',
  dates: 'password-date',
  wordByItself: 'password-word',
  namesByThemselves: 'password-word',
  commonNames: 'password-word',
  userInputs: 'password-name',
};

/** Where the words are is loaded with the first new password: most starts of the program never see one. */
const load = async (): Promise<ZxcvbnFactory> => {
  const [core, common, english, french] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-fr'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, ...french.dictionary },
    graphs: common.adjacencyGraphs,
  });
};

let loaded: Promise<ZxcvbnFactory> | null = null;

/**
 * Why a new password is refused, or null: how many guesses it stands is estimated from the words, names, dates and keys in it, in
 * English and French. `names` are the person's, the account's and the clinic's.
 */
export const passwordProblem = async (
  password: string,
  names: readonly string[],
): Promise<PasswordProblem | null> => {
  if (isMadeOf(password, names)) return 'password-name';
  loaded ??= load();
  const { score, feedback } = (await loaded).check(password, [...names]);
  return score >= leastScore ? null : (said[feedback.warning ?? ''] ?? 'password-weak');
};
