import type { Examination, Told } from '#main/data/central/ledger/check-centre.ts';
import type { Given } from './command.ts';
import { table } from './table.ts';

/** Says each part when it is done. */
export const tellPart =
  (say: Given['say']): Told =>
  ({ name, problems }) =>
    say(`${name}: ${problems.length === 0 ? 'ok' : 'does not fit'}`);

/** Whether no part found a problem. */
export const isSound = (parts: Examination): boolean => parts.every(({ problems }) => problems.length === 0);

/** What was examined, how much of it, how long it took, and every problem. */
export const describeParts = (parts: Examination): string => {
  const rows = parts.map(({ name, checked, seconds, problems }) => [
    name,
    String(checked),
    `${seconds.toFixed(1)} s`,
    problems.length === 0 ? 'ok' : 'does not fit',
  ]);
  const problems = parts.flatMap((part) => part.problems.map((problem) => `  ${problem}`));
  return [
    table(['Part', 'Looked at', 'Time', 'Result'], rows),
    ...(problems.length > 0 ? ['', ...problems] : []),
  ].join('\n');
};
