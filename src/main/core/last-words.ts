import type { Log } from './log.ts';

/**
 * Sees to it that an error nobody caught ends the process with a note of its class and place: left to itself, Node.js
 * prints the error's message, which may quote a row. What was reported as saved is on the disk; the next start goes on.
 */
export const lastWords = (log: Log, end: () => void): void => {
  process.on('uncaughtException', (error) => {
    try {
      log.error('uncaught error', error);
    } finally {
      end();
    }
  });
};
