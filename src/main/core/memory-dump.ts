import { existsSync, writeFileSync } from 'node:fs';

const filter = '/proc/self/coredump_filter';

/**
 * Tells Linux to leave this process's memory, with patients' data and the key in it, out of the core dump of a crash; what
 * it starts inherits that. Elsewhere the system's own settings decide.
 */
export const keepMemoryOutOfDumps = (): void => {
  if (!existsSync(filter)) return;
  try {
    writeFileSync(filter, '0');
  } catch {
    // A container may forbid it; it then keeps no dumps of its own either.
  }
};
