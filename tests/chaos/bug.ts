import type { Centre } from '#main/data/central/centre.ts';
import type { Disk } from '#main/data/local/disk.ts';
import type { Local } from '#main/data/local/open.ts';
import type { Timers } from '#main/sync/timers.ts';
import type { FileGate } from './disk.ts';
import type { Quirks } from './model/quirks.ts';
import type { Random } from './random.ts';

/** A deliberate mistake, put around the product or into the model centre from outside; the product has no switch for it. */
export interface Bug {
  readonly name: string;
  readonly quirks?: () => Quirks;
  readonly local?: (local: Local, random: Random) => Local;
  /** `gate` stands before each step, as before those of the true one. */
  readonly disk?: (disk: Disk, gate: FileGate) => Disk;
  readonly timers?: (timers: Timers) => Timers;
  readonly centre?: (centre: Centre, random: Random) => Centre;
}
