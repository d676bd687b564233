import { createInterface } from 'node:readline/promises';

/**
 * Asks who sits at the terminal to type the workstation's name, for what cannot be undone by a command. Without a terminal
 * nobody can answer: then `--yes` must have been given.
 */
export const confirmed = async (name: string, warning: string, yes: boolean): Promise<boolean> => {
  if (yes) return true;
  if (!process.stdin.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const typed = await lines.question(`${warning}\nType the workstation’s name to go on: `);
    return typed.trim() === name;
  } finally {
    lines.close();
  }
};
