import { powerMonitor } from 'electron';
import type { Core } from '#main/core/dispatch.ts';

/** Who locks the computer, or lets it sleep, has left: the sessions of the product are locked with it. */
export const lockWithComputer = (core: Pick<Core, 'lock'>): void => {
  const lock = () => core.lock();
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('suspend', lock);
};
