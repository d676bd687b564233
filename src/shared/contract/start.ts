import { z } from 'zod';

/** Why a workstation cannot be enrolled; the words are `shell.cannotStart.enrolment`. */
export const enrolmentProblems = [
  'not-a-code',
  'newer-code',
  'cut-code',
  'mistyped-code',
  'bad-address',
  'used-code',
  'expired-code',
  'refused-code',
  'untrusted-centre',
  'bad-certificate',
] as const;

/** What a desktop asks before its workstation can open; there are no services and nobody is signed in. */

export const startProblems = [
  'length',
  'symbol',
  'check',
  'other',
  'missing',
  'damaged',
  'gone',
  'enrolment',
  'failed',
] as const;

const StartProblem = z.object({
  problem: z.enum(startProblems),
  /** The group of a recovery key with a slip, counted from 1. */
  group: z.number().int().nullable(),
  /** Of `enrolment`. */
  enrolment: z.enum(enrolmentProblems).nullable(),
  /** Of `failed`: what the system said. */
  reason: z.string().nullable(),
});
export type StartProblem = z.infer<typeof StartProblem>;

export const StartBackup = z.object({
  id: z.string(),
  at: z.string(),
  deviceName: z.string().nullable(),
  unsent: z.number().int(),
  drafts: z.number().int(),
  files: z.number().int(),
});
export type StartBackup = z.infer<typeof StartBackup>;

export const StartState = z.object({
  /** `recover`: there are data whose key is not to be had; `welcome`: no centre yet; `keep`: a recovery key is shown. */
  step: z.enum(['opening', 'recover', 'welcome', 'keep']),
  /** The computer's name. */
  name: z.string(),
  /** Of `recover`: whether a recovery key was ever made for the data. */
  hasRecovery: z.boolean(),
  /** Of `welcome`: the data are there and the login of before is lost. */
  again: z.boolean(),
  /** Of `keep`: what is shown this once. */
  recoveryKey: z.string().nullable(),
  /** A backup that waits to be restored. */
  restoring: z.object({ at: z.string(), deviceName: z.string().nullable() }).nullable(),
  /** Where backups are looked for, and how many files there are. */
  chosen: z.object({ folder: z.string(), count: z.number().int() }).nullable(),
});
export type StartState = z.infer<typeof StartState>;

/** Every call answers with how things stand after it; `backups` are those a recovery key opens. */
export const StartReply = z.object({
  state: StartState,
  problem: StartProblem.nullable(),
  backups: z.array(StartBackup),
});
export type StartReply = z.infer<typeof StartReply>;

const typed = z.string().max(200);

/** The inputs by the call's name. */
export const startCalls = {
  'start.state': z.object({}),
  'start.recover': z.object({ recoveryKey: typed }),
  'start.enrol': z.object({ code: z.string().max(20_000) }),
  'start.choose': z.object({ what: z.enum(['folder', 'file']) }),
  'start.look': z.object({ recoveryKey: typed }),
  'start.restore': z.object({ id: z.string().max(500) }),
  'start.keep': z.object({ lastGroup: typed }),
  'start.later': z.object({}),
} as const;
export type StartCall = keyof typeof startCalls;
export type StartInput<N extends StartCall> = z.input<(typeof startCalls)[N]>;
