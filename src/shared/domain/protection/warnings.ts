/** How the backups of a workstation and its recovery key stand, as far as it matters for a warning. */
export interface Protected {
  /** When the recovery key that counts was made; null without one. */
  readonly recoveryKeyAt: string | null;
  readonly backups: {
    /** Whether the last one could not be written. */
    readonly failed: boolean;
    readonly second: {
      readonly state: 'unknown' | 'written' | 'away';
      /** When the second place had all backups last. */
      readonly writtenAt: string | null;
    } | null;
  };
}

export const protectionWarnings = ['no-recovery-key', 'backup-failed', 'second-old'] as const;
export type ProtectionWarning = (typeof protectionWarnings)[number];

/** A stick that is plugged in each morning is not to warn at noon. */
const day = 24 * 60 * 60_000;

/** What an administrator has to look after, the worst first; `now` in milliseconds since 1970. */
export const warningsOf = (
  { recoveryKeyAt, backups: { failed, second } }: Protected,
  now: number,
): readonly ProtectionWarning[] => {
  const isOld =
    second?.state === 'away' &&
    (second.writtenAt === null || Math.abs(now - Date.parse(second.writtenAt)) > day);
  return protectionWarnings.filter(
    (warning) =>
      (warning === 'no-recovery-key' && recoveryKeyAt === null) ||
      (warning === 'backup-failed' && failed) ||
      (warning === 'second-old' && isOld),
  );
};
