import { arch, freemem, platform, release, totalmem } from 'node:os';
import { factsOfFolder, type LocalFacts } from '#main/data/local/facts.ts';
import type { Diagnostics } from '#shared/contract/diagnostics.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { instant, systemClock } from '#shared/kernel/clock.ts';
import { schemaVersion } from '#shared/sync/catalogue.ts';
import type { Facts } from './log.ts';
import { openLogFile } from './log-file.ts';

/** What a host adds to the diagnostics of its workstation. */
export interface DiagnosticSources {
  readonly facts: () => LocalFacts | null;
  /** The last lines of the log, at most so many bytes. */
  readonly logTail: (bytes: number) => readonly string[];
  /** How it was started and set; never a password or key. */
  readonly settings: Facts;
}

interface Parts extends DiagnosticSources {
  readonly now: number;
  readonly version: string;
  readonly host: 'desktop' | 'headless';
  readonly sync: SyncStatus | null;
}

/** As much of the log as one can look through. */
const logBytes = 200_000;

const runtime = (): Facts => ({
  node: process.versions.node,
  electron: process.versions.electron ?? null,
  chromium: process.versions.chrome ?? null,
  platform: platform(),
  system: release(),
  processor: arch(),
  upSeconds: Math.round(process.uptime()),
  residentBytes: process.memoryUsage.rss(),
  freeBytes: freemem(),
  memoryBytes: totalmem(),
});

/** Only what is a line of our own making: an object. */
const entryOf = (line: string): readonly Record<string, unknown>[] => {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? [entry as Record<string, unknown>]
      : [];
  } catch {
    return [];
  }
};

/** Puts together what whoever helps needs to know. It carries no patient data: each part is codes and numbers. */
export const diagnostics = ({ now, version, host, sync, facts, logTail, settings }: Parts): Diagnostics => {
  const found = facts();
  return {
    format: 1,
    madeAt: instant(now),
    product: { version, host, schema: schemaVersion },
    runtime: runtime(),
    settings,
    sync,
    database: found && {
      ...found,
      rows: { ...found.rows },
      settings: { ...found.settings, unreadable: [...found.settings.unreadable] },
      outbox: { ...found.outbox },
      mail: { ...found.mail },
      integrity: [...found.integrity],
    },
    log: logTail(logBytes).flatMap(entryOf),
  };
};

/** The diagnostics of a data folder from outside, whether its workstation runs or not. Throws as `openLocal` does. */
export const diagnosticsOfFolder = (
  folder: string,
  key: Buffer,
  { version, host, settings }: Pick<Parts, 'version' | 'host' | 'settings'>,
): Diagnostics =>
  diagnostics({
    now: systemClock.now(),
    version,
    host,
    sync: null,
    facts: () => factsOfFolder(folder, key),
    logTail: openLogFile(folder).tail,
    settings,
  });
