import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from './problem.ts';

const needed = 24;

/**
 * Npm scripts run on the Node 24 that is installed with the project. Started by hand with an older one, this runs the
 * same command again on the right one and gives its exit code; null: this Node will do. Throws {@link StartProblem}.
 */
export const runOnRightNode = (root: string, script: string, args: readonly string[]): number | null => {
  if (Number.parseInt(process.versions.node, 10) >= needed) return null;
  const node = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node)) {
    throw new StartProblem(
      `This is Node ${process.versions.node}; Node ${needed} is needed. Run “npm ci”, then “npm start”.`,
    );
  }
  return spawnSync(node, [script, ...args], { stdio: 'inherit' }).status ?? 1;
};
