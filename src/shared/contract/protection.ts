import { z } from 'zod';
import { protectionWarnings } from '#shared/domain/protection/warnings.ts';
import { defineCalls } from './call.ts';

/** Where the database's key is: in the system's keyring, in a file of the data folder, or with whoever starts the workstation. */
export const keyPlaces = ['keyring', 'file', 'given'] as const;
export type KeyPlace = (typeof keyPlaces)[number];

export const ProtectionStatus = z.object({
  keyPlace: z.enum(keyPlaces),
  /** When the recovery key that counts was made; null without one. */
  recoveryKeyAt: z.string().nullable(),
  backups: z.object({
    /** When it was looked last whether there is something to keep; null before the first look after a start. */
    lookedAt: z.string().nullable(),
    /** When the newest one was made. */
    newest: z.string().nullable(),
    failed: z.boolean(),
    second: z
      .object({
        folder: z.string(),
        state: z.enum(['unknown', 'written', 'away']),
        writtenAt: z.string().nullable(),
      })
      .nullable(),
    /** Whether the second place can be chosen here; else it is said with the start. */
    choosable: z.boolean(),
  }),
  warnings: z.array(z.enum(protectionWarnings)),
});
export type ProtectionStatus = z.infer<typeof ProtectionStatus>;

const RecoveryKeyShown = z.object({ recoveryKey: z.string() });

export const protectionCalls = defineCalls({
  /** What guards the data of the workstation somebody sits at, and brings them back. */
  'protection.status': {
    kind: 'query',
    needs: 'workstation.read',
    input: z.object({}),
    output: ProtectionStatus,
  },
  /** A new recovery key, to be shown this once. It counts once it was confirmed. */
  'protection.makeRecoveryKey': {
    kind: 'command',
    needs: 'workstation.update',
    input: z.object({}),
    output: RecoveryKeyShown,
  },
  /** Whether this is the last group of the recovery key that was shown last: that one counts now, and no earlier one. */
  'protection.confirmRecoveryKey': {
    kind: 'command',
    needs: 'workstation.update',
    input: z.object({ lastGroup: z.string().max(50) }),
    output: z.object({ kept: z.boolean() }),
  },
  /** Encrypts everything with a new key. The recovery key of before is of no use then: a new one is shown, to be confirmed. */
  'protection.changeKey': {
    kind: 'command',
    needs: 'workstation.update',
    input: z.object({}),
    output: RecoveryKeyShown,
  },
  /** Lets the person at the desktop choose where backups are put a second time. */
  'protection.chooseSecondPlace': {
    kind: 'command',
    needs: 'workstation.update',
    input: z.object({}),
    output: ProtectionStatus,
  },
  /** Puts backups nowhere a second time. What is there stays. */
  'protection.leaveSecondPlace': {
    kind: 'command',
    needs: 'workstation.update',
    input: z.object({}),
    output: ProtectionStatus,
  },
  /** Makes a backup now, if there is something to keep, and brings the second place up to date. */
  'protection.backUp': {
    kind: 'command',
    needs: 'workstation.update',
    input: z.object({}),
    output: ProtectionStatus,
  },
});
