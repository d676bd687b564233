import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { passwordProblem } from './strength.ts';

afterEach(() => vi.restoreAllMocks());

describe('a new password is looked at', () => {
  it('in a thread, several at once, each with its own answer', async () => {
    const passwords = ['password', 'qwertyuiop', 'aaaaaaaaaaaa', 'Soleil123!', 'boat under nine quiet lamps'];
    expect(await Promise.all(passwords.map((password) => passwordProblem(password, [])))).toEqual([
      'password-common',
      'password-common',
      'password-repeat',
      'password-weak',
      null,
    ]);
  });

  it('again, when the thread has broken: who waited hears of it, and the next is answered', async () => {
    const post = Worker.prototype.postMessage;
    vi.spyOn(Worker.prototype, 'postMessage').mockImplementationOnce(function (this: Worker, ...question) {
      // A thread that is ending takes the question and never comes to it.
      void this.terminate();
      post.apply(this, question);
    });
    await expect(passwordProblem('boat under nine quiet lamps', [])).rejects.toThrow('has ended');
    await vi.waitFor(async () => expect(await passwordProblem('password', [])).toBe('password-common'), {
      timeout: 30_000,
    });
  });
});
