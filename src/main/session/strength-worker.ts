/**
 * The thread that estimates how many guesses a new password stands: the words it knows take 100 MB and most of a second to load,
 * and no screen waits for them. `strength.ts` starts it.
 */
import { type MessagePort, parentPort } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import { dictionary as french } from '@zxcvbn-ts/language-fr';
import { leastScore, type PasswordProblem } from '#shared/domain/accounts/password.ts';

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

const estimate = new ZxcvbnFactory({
  dictionary: { ...common, ...english, ...french },
  graphs: adjacencyGraphs,
});

/** A password to look at, and where the answer goes. */
export interface StrengthQuestion {
  readonly password: string;
  readonly names: readonly string[];
  readonly answer: MessagePort;
}

const problemOf = ({ password, names }: StrengthQuestion): PasswordProblem | null => {
  const { score, feedback } = estimate.check(password, [...names]);
  return score >= leastScore ? null : (said[feedback.warning ?? ''] ?? 'password-weak');
};

if (parentPort === null) throw new Error('this program is a thread of another one');
parentPort.on('message', (question: StrengthQuestion) => question.answer.postMessage(problemOf(question)));
