/** A password is as long as somebody likes, up to this. */
export const longestPassword = 200;

/** What is wrong with a new password, as a code of the fields' errors. */
export const passwordProblems = [
  'password-name',
  'password-common',
  'password-keys',
  'password-repeat',
  'password-date',
  'password-word',
  'password-weak',
] as const;
export type PasswordProblem = (typeof passwordProblems)[number];

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s._-]+/g, '');

/**
 * Whether `password` is a name with little round it: of the person, of the account, of the clinic. What everybody here knows is
 * tried first. A long phrase may have one in it.
 */
export const isMadeOf = (password: string, names: readonly string[]): boolean => {
  const typed = plain(password);
  return names
    .map(plain)
    .some((name) => name.length >= 3 && typed.includes(name) && typed.length - name.length < 10);
};

/** The least score (0 to 4) of the estimate that is taken: over a hundred million guesses. */
export const leastScore = 3;
