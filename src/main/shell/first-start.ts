import { setTimeout as delay } from 'node:timers/promises';
import {
  type CentreAccess,
  type CentreGiven,
  type CentreKeep,
  centreAccess,
  EnrolmentError,
} from '#main/core/enrolment.ts';
import { RecoveryError, recoverKey } from '#main/core/recovery.ts';
import { createRecoveryKeys } from '#main/core/recovery-keys.ts';
import { NoCentreError } from '#main/core/settings-file.ts';
import {
  adoptBackup,
  type BackupPlace,
  findBackups,
  putFolderAside,
  readBackup,
  readBackups,
} from '#main/data/local/backup-adopt.ts';
import type { WorkstationSettings } from '#main/data/local/backup-format.ts';
import { realDisk } from '#main/data/local/disk.ts';
import { holdsData, recoveryFile, rekeyFolder } from '#main/data/local/files.ts';
import { checkKey, fingerprintIn, fingerprintOf } from '#main/data/local/key-check.ts';
import { NoSafePlaceError } from '#main/security/no-safe-place.ts';
import type { Secrets } from '#main/security/secrets.ts';
import type {
  StartBackup,
  StartInput,
  StartProblem,
  StartReply,
  StartState,
} from '#shared/contract/start.ts';
import { instant, systemClock } from '#shared/kernel/clock.ts';
import { reasonOf } from './reason.ts';
import { databaseKey, KeyMissingError, keyringKeep, keyringKeyKeep, secretNames } from './vault.ts';

/** A wrong recovery key is answered after this time: guessing is hopeless anyway, and need not be fast. */
const wrongKeyDelay = 1_000;

export interface FirstStartDeps {
  readonly folder: string;
  readonly secrets: Secrets;
  /** The file of a secret. */
  readonly secretFile: (name: string) => string;
  readonly given: CentreGiven;
  /** The computer's name. */
  readonly name: string;
  /** Shows the start screen, when it is not there yet. Null where nobody could answer: then what is missing ends the start. */
  readonly show: (() => void) | null;
  readonly choose: (what: 'folder' | 'file') => Promise<string | null>;
  readonly restoreSettings: (settings: WorkstationSettings) => void;
}

/** What a workstation is opened with. */
export interface Opening {
  readonly key: Buffer;
  readonly centre: CentreAccess;
}

export interface FirstStart {
  /** Finds key and centre, and asks the person at the start screen for what is missing. */
  run(): Promise<Opening>;
  readonly calls: {
    readonly 'start.state': () => Promise<StartReply>;
    readonly 'start.recover': (input: StartInput<'start.recover'>) => Promise<StartReply>;
    readonly 'start.enrol': (input: StartInput<'start.enrol'>) => Promise<StartReply>;
    readonly 'start.choose': (input: StartInput<'start.choose'>) => Promise<StartReply>;
    readonly 'start.look': (input: StartInput<'start.look'>) => Promise<StartReply>;
    readonly 'start.restore': (input: StartInput<'start.restore'>) => Promise<StartReply>;
    readonly 'start.keep': (input: StartInput<'start.keep'>) => Promise<StartReply>;
    readonly 'start.later': () => Promise<StartReply>;
  };
}

const isUnreadable = (error: unknown): boolean =>
  error instanceof NoSafePlaceError && error.problem === 'unreadable';

const nothing = { group: null, enrolment: null, reason: null } as const;

const problemOf = (error: unknown): StartProblem => {
  if (error instanceof RecoveryError) {
    const { reason } = error;
    return { ...nothing, problem: reason.problem, group: 'group' in reason ? reason.group : null };
  }
  if (error instanceof EnrolmentError) return { ...nothing, problem: 'enrolment', enrolment: error.problem };
  return { ...nothing, problem: 'failed', reason: reasonOf(error) };
};

/** Whether the files of a folder were written with this key, as far as they say, or are about to be. */
const fits = (folder: string, key: Buffer): boolean => {
  const left = fingerprintIn(realDisk, folder);
  const mine = fingerprintOf(key);
  return left === null || left === mine || fingerprintIn(realDisk, rekeyFolder(folder)) === mine;
};

/** A place of backups with the key that the recovery key gave. */
interface OpenPlace {
  readonly place: BackupPlace;
  readonly key: Buffer;
}

/**
 * What the desktop needs before its workstation can open: the key of the data and a centre. A key that the keyring has not
 * got is had with the recovery key and sealed again; data that are lost are restored from a backup; a computer that is new
 * is enrolled, and is shown its recovery key, before anything of the clinic is on it.
 */
export const createFirstStart = (deps: FirstStartDeps): FirstStart => {
  const { folder, secrets, given } = deps;
  const keep: CentreKeep = keyringKeep(secrets);
  let step: StartState['step'] = 'opening';
  let answered = Promise.withResolvers<void>();
  let key: Buffer | null = null;
  let centre: CentreAccess | null = null;
  let again = false;
  /** Whether the key was made at this start: nobody can have a recovery key for it. */
  let fresh = false;
  let chosen: { readonly folder: string; readonly places: readonly BackupPlace[] } | null = null;
  let open: readonly OpenPlace[] = [];
  let shown: string | null = null;
  let restoring: StartState['restoring'] = null;
  const recovery = createRecoveryKeys(folder, () => {
    if (key === null) throw new Error('there is no key yet');
    return key;
  });

  const reply = (problem: StartProblem | null = null, backups: readonly StartBackup[] = []): StartReply => ({
    state: {
      step,
      name: deps.name,
      hasRecovery: realDisk.exists(recoveryFile(folder)),
      again,
      recoveryKey: step === 'keep' ? shown : null,
      restoring,
      chosen: chosen && {
        folder: chosen.folder,
        count: chosen.places.reduce((sum, { names }) => sum + names.length, 0),
      },
    },
    problem,
    backups: [...backups],
  });

  /** Asks at the start screen until somebody has answered. */
  const ask = async (next: StartState['step'], why: Error): Promise<void> => {
    if (deps.show === null) throw why;
    step = next;
    answered = Promise.withResolvers();
    deps.show();
    await answered.promise;
  };

  /** What is asked for now is there: the screen says that the workstation opens. */
  const answer = (): void => {
    step = 'opening';
    answered.resolve();
  };

  const keptKey = async (): Promise<Buffer | null> => {
    const isData = holdsData(realDisk, folder);
    try {
      const known = await databaseKey(secrets, isData);
      return fits(folder, known) ? known : null;
    } catch (error) {
      // Without data nobody knows what the secret is for: it is kept, and the start ends in words.
      if ((isUnreadable(error) && isData) || error instanceof KeyMissingError) return null;
      throw error;
    }
  };

  /** What another keyring sealed of the centre is of no use here. */
  const keptCentre = async (): Promise<CentreAccess | null> => {
    try {
      return await centreAccess(keep, given);
    } catch (error) {
      if (!isUnreadable(error) || deps.show === null) throw error;
      for (const name of secretNames)
        await secrets.get(name).catch((reason: unknown) => {
          if (!isUnreadable(reason)) throw reason;
          return secrets.remove(name);
        });
      again = true;
      return centreAccess(keep, given);
    }
  };

  const listed = (): readonly StartBackup[] =>
    open.flatMap(({ place, key: its }, index) =>
      readBackups(realDisk, place, its).map(
        ({ name, at, deviceName, unsent, noteDrafts, formDrafts, files }) => ({
          id: `${index}/${name}`,
          at,
          deviceName,
          unsent,
          drafts: noteDrafts + formDrafts,
          files,
        }),
      ),
    );

  const attempt = async (work: () => Promise<StartReply>): Promise<StartReply> => {
    try {
      return await work();
    } catch (error) {
      const problem = problemOf(error);
      if (problem.problem === 'other') await delay(wrongKeyDelay);
      return reply(problem);
    }
  };

  const restoreFrom = async ({ place, key: its }: OpenPlace, name: string): Promise<StartReply> => {
    // Read before anything is moved: it may lie among what is put aside.
    const backup = readBackup(realDisk, place, name, its);
    if (backup === null) return reply({ ...nothing, problem: 'gone' }, listed());
    if (step === 'recover') {
      putFolderAside(realDisk, folder, instant(systemClock.now()), secretNames.map(deps.secretFile));
      fresh = true;
    }
    key = await databaseKey(secrets, holdsData(realDisk, folder));
    adoptBackup(realDisk, { name, backup }, { folder, key });
    deps.restoreSettings(backup.settings);
    restoring = { at: backup.head.at, deviceName: backup.head.deviceName };
    if (step === 'recover') answer();
    return reply();
  };

  return {
    run: async () => {
      fresh = !holdsData(realDisk, folder);
      key = await keptKey();
      if (key === null) await ask('recover', new KeyMissingError());
      centre = await keptCentre();
      const enrolled = centre === null || given.enrol !== null;
      if (centre === null) await ask('welcome', new NoCentreError());
      if (key === null || centre === null) throw new Error('the start was answered with nothing');
      if (fresh && enrolled && deps.show !== null && recovery.madeAt() === null) {
        shown = recovery.make();
        await ask('keep', new Error('a recovery key waits to be kept'));
        shown = null;
      }
      return { key, centre };
    },
    calls: {
      'start.state': async () => reply(),
      'start.recover': ({ recoveryKey }) =>
        attempt(async () => {
          if (step !== 'recover') return reply();
          const found = recoverKey(folder, recoveryKey);
          checkKey(realDisk, folder, found, false);
          await keyringKeyKeep(secrets).replace(found);
          key = found;
          answer();
          return reply();
        }),
      'start.enrol': ({ code }) =>
        attempt(async () => {
          if (step !== 'welcome') return reply();
          centre = await centreAccess(keep, { ...given, enrol: code.trim() });
          answer();
          return reply();
        }),
      'start.choose': ({ what }) =>
        attempt(async () => {
          const path = await deps.choose(what);
          if (path === null) return reply();
          open = [];
          chosen = { folder: path, places: findBackups(realDisk, path) };
          return reply();
        }),
      'start.look': ({ recoveryKey }) =>
        attempt(async () => {
          const problems: unknown[] = [];
          open = (chosen?.places ?? []).flatMap((place) => {
            try {
              return [{ place, key: recoverKey(place.recoveryIn ?? place.folder, recoveryKey) }];
            } catch (error) {
              problems.push(error);
              return [];
            }
          });
          const backups = listed();
          if (backups.length === 0)
            throw problems[0] ?? new RecoveryError({ problem: 'damaged' }, 'nothing can be read');
          return reply(null, backups);
        }),
      'start.restore': ({ id }) =>
        attempt(async () => {
          const [index = '', name = ''] = id.split('/');
          const one = open[Number(index)];
          if ((step !== 'recover' && step !== 'welcome') || one?.place.names.includes(name) !== true)
            return reply();
          return restoreFrom(one, name);
        }),
      'start.keep': ({ lastGroup }) =>
        attempt(async () => {
          if (step !== 'keep') return reply();
          if (!recovery.confirm(lastGroup)) return reply({ ...nothing, problem: 'check', group: 6 });
          answer();
          return reply();
        }),
      'start.later': async () => {
        if (step === 'keep') answer();
        return reply();
      },
    },
  };
};
