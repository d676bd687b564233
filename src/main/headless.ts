import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '#shared/kernel/clock.ts';
import { listBackups, restoreFrom } from './core/backup-commands.ts';
import { diagnosticsOfFolder } from './core/diagnostics.ts';
import { endInOrder } from './core/ending.ts';
import { centreAccess } from './core/enrolment.ts';
import { type GivenKey, givenKey } from './core/given-key.ts';
import { headlessProtection } from './core/headless-protection.ts';
import { rekeyFolder } from './core/key-commands.ts';
import { keyFile, readKey, readOrMakeKey } from './core/key-file.ts';
import type { Facts, Log } from './core/log.ts';
import { workstationLog } from './core/log-file.ts';
import { folderMail } from './core/mail/folder-mail.ts';
import type { OutgoingMail } from './core/mail/mail.ts';
import { smtpMail } from './core/mail/smtp-mail.ts';
import { keepMemoryOutOfDumps } from './core/memory-dump.ts';
import { hasRecoveryKey, recoverKeyFile, tellRecoveryKey } from './core/recovery-commands.ts';
import { NoCentreError, settingsFile, settingsKeep, settledName } from './core/settings-file.ts';
import { startCore } from './core/start.ts';
import { destroyWorkstation, refuseWiped } from './core/wipe.ts';
import { recoveryFile } from './data/local/files.ts';
import { explain } from './transport/http/explain.ts';
import { type HeadlessOptions, headlessOptions } from './transport/http/options.ts';
import { startHttpHost } from './transport/http/server.ts';
import { createRouter } from './transport/router.ts';

const root = resolve(import.meta.dirname, '../..');

const versionOf = (): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }).version;

const giveUp = (error: unknown): never => {
  process.stderr.write(`ClinicHub cannot start: ${explain(error)}\n`);
  process.exit(1);
};

const destroy = async (folder: string): Promise<void> =>
  destroyWorkstation(folder, [keyFile(folder), recoveryFile(folder), settingsFile(folder)]);

/** What the data folder and this start say about the workstation. */
const openFolder = async (options: HeadlessOptions, given: GivenKey | null) => {
  await refuseWiped(options.data, options.enrol, () => destroy(options.data));
  const centre = await centreAccess(settingsKeep(options.data), options);
  if (centre === null) throw new NoCentreError();
  return {
    centre,
    key: readOrMakeKey(options.data, given),
    name: settledName(options.data, options.name),
  };
};

const printDiagnostics = (data: string, given: GivenKey | null, settings: Facts): void => {
  const found = diagnosticsOfFolder(data, given?.key ?? readKey(keyFile(data)), {
    version: versionOf(),
    host: 'headless',
    settings,
  });
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
};

const say = (text: string): void => void process.stdout.write(text);

const aboutBackups = (
  { data, backupTo }: HeadlessOptions,
  asked: NonNullable<HeadlessOptions['backups']>,
  given: GivenKey | null,
): string => {
  const folder = { folder: data, key: given?.key ?? readKey(keyFile(data)), secondBackups: backupTo };
  return asked.restore === null ? listBackups(folder) : restoreFrom(folder, asked.restore);
};

const outgoingMail = ({ mail }: HeadlessOptions): OutgoingMail | null => {
  if (mail === null) return null;
  return mail.way === 'smtp' ? smtpMail(mail) : folderMail(mail.folder, mail.from);
};

/** The one time a recovery key is shown by itself: to the person who enrols this workstation at a terminal. */
const offerRecoveryKey = ({ data, enrol }: HeadlessOptions, key: Buffer, log: Log): void => {
  if (hasRecoveryKey(data)) return;
  if (enrol !== null && process.stdout.isTTY) say(tellRecoveryKey(data, key));
  else log.info('no-recovery-key');
};

const start = async (): Promise<void> => {
  keepMemoryOutOfDumps();
  const options = headlessOptions(process.argv.slice(2), process.env);
  if (options.recovery === 'recover') return recoverKeyFile(options.data, process.stdin, say);
  const given = givenKey(options.key, process.env);
  if (options.recovery === 'print')
    return say(tellRecoveryKey(options.data, given?.key ?? readKey(keyFile(options.data))));
  const settings = {
    listen: options.address,
    port: options.port,
    tls: options.tls !== null,
    mail: options.mail?.way ?? 'off',
  };
  if (options.diagnostics) return printDiagnostics(options.data, given, settings);
  if (options.rekey !== null) return rekeyFolder(options, options.rekey, given, say);
  if (options.backups !== null) return say(aboutBackups(options, options.backups, given));
  const { centre, key, name } = await openFolder(options, given);
  const log = workstationLog(options.data);
  const { core } = await startCore({
    folder: options.data,
    key,
    centre,
    destroy: () => destroy(options.data),
    secondBackups: options.backupTo,
    protection: headlessProtection(options.data, given),
    name,
    demo: options.demo,
    version: versionOf(),
    host: 'headless',
    printing: null,
    windows: null,
    updates: null,
    outgoingMail: outgoingMail(options),
    route: createRouter,
    log,
    settings,
  });
  offerRecoveryKey(options, key, log);
  const http = await startHttpHost({
    core,
    clock: systemClock,
    log,
    pages: join(root, 'out/renderer'),
    address: options.address,
    port: options.port,
    tls: options.tls,
    corsOrigins: options.corsOrigins,
    proxies: options.proxies,
  }).catch(async (error: unknown) => {
    await core.stop();
    throw error;
  });
  endInOrder(log, options, async () => {
    await http.close();
    await core.stop();
  });
  const info = await core.dispatch('app.info', {}, core.connect());
  const shown = info.ok ? (info.value as { readonly workstation: string }).workstation : (name ?? '');
  process.stdout.write(`ClinicHub workstation "${shown}" on ${http.url}\n`);
};

start().catch(giveUp);
