import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { threadProgram } from '#main/data/thread-program.ts';
import { isMadeOf, type PasswordProblem } from '#shared/domain/accounts/password.ts';
import type { StrengthQuestion } from './strength-worker.ts';

/** Milliseconds the thread stays after an answer: who is refused types another one. */
const stays = 60_000;

let thread: Worker | null = null;
let leaving: NodeJS.Timeout | undefined;

const end = () => {
  void thread?.terminate();
  thread = null;
};

const start = (): Worker => {
  const program = threadProgram('session/strength-worker.ts');
  if (program === null) throw new Error('the program that looks at new passwords is missing');
  const worker = new Worker(program, { name: 'strength' });
  // Nobody waits for it with the end of the program, and who asked hears of its end by the port.
  worker.unref();
  worker.on('error', () => undefined);
  worker.once('exit', () => {
    if (thread === worker) thread = null;
  });
  return worker;
};

const ask = async (question: Omit<StrengthQuestion, 'answer'>): Promise<PasswordProblem | null> => {
  clearTimeout(leaving);
  thread ??= start();
  const { port1, port2 } = new MessageChannel();
  const ended = once(port1, 'close').then((): never => {
    throw new Error('the thread that looks at new passwords has ended');
  });
  const answered = once(port1, 'message').then(([problem]) => problem as PasswordProblem | null);
  try {
    thread.postMessage({ ...question, answer: port2 } satisfies StrengthQuestion, [port2]);
    return await Promise.race([answered, ended]);
  } finally {
    ended.catch(() => undefined);
    port1.close();
    clearTimeout(leaving);
    leaving = setTimeout(end, stays).unref();
  }
};

/**
 * Why a new password is refused, or null: how many guesses it stands is estimated from the words, names, dates and keys in it, in
 * English and French, by a thread of its own. `names` are the person's, the account's and the clinic's.
 */
export const passwordProblem = async (
  password: string,
  names: readonly string[],
): Promise<PasswordProblem | null> =>
  isMadeOf(password, names) ? 'password-name' : await ask({ password, names });
