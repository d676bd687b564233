import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '#shared/kernel/clock.ts';
import { centreAccess, EnrolmentError } from './core/enrolment.ts';
import { givenKey } from './core/given-key.ts';
import { DataFolderError, keyFile, readOrMakeKey } from './core/key-file.ts';
import { lastWords } from './core/last-words.ts';
import { tellError } from './core/log.ts';
import { keepMemoryOutOfDumps } from './core/memory-dump.ts';
import { NoCentreError, settingsFile, settingsKeep, settledName } from './core/settings-file.ts';
import { standardLog, startCore } from './core/start.ts';
import { destroyWorkstation, refuseWiped } from './core/wipe.ts';
import { AddressError } from './data/central/address.ts';
import { EnrolmentCodeError } from './data/central/enrolment-code.ts';
import { LocalError } from './data/local/error.ts';
import { type HeadlessOptions, headlessOptions, OptionError, usage } from './transport/http/options.ts';
import { HttpHostError, startHttpHost } from './transport/http/server.ts';
import { createRouter } from './transport/router.ts';

const root = resolve(import.meta.dirname, '../..');

const versionOf = (): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }).version;

/** What a person who started it can do something about is said in words; anything else is a bug and shows where. */
const explain = (error: unknown): string => {
  if (error instanceof OptionError) return `${error.message}\n\n${usage}`;
  const known = [
    DataFolderError,
    EnrolmentError,
    EnrolmentCodeError,
    AddressError,
    LocalError,
    HttpHostError,
  ].some((kind) => error instanceof kind);
  return known ? (error as Error).message : tellError(error);
};

const giveUp = (error: unknown): never => {
  process.stderr.write(`ClinicHub cannot start: ${explain(error)}\n`);
  process.exit(1);
};

const endsWith = (stop: () => Promise<void>, untilStdinCloses: boolean): void => {
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    await stop().catch((error: unknown) => {
      process.stderr.write(`ClinicHub did not end in order: ${explain(error)}\n`);
      process.exit(1);
    });
    process.exit(0);
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  if (untilStdinCloses) process.stdin.on('end', end).on('error', end).resume();
};

const destroy = async (folder: string): Promise<void> =>
  destroyWorkstation(folder, [keyFile(folder), settingsFile(folder)]);

/** What the data folder and this start say about the workstation. */
const openFolder = async (options: HeadlessOptions) => {
  const given = givenKey(process.env);
  await refuseWiped(options.data, options.enrol, () => destroy(options.data));
  const centre = await centreAccess(settingsKeep(options.data), options);
  if (centre === null) throw new NoCentreError();
  return { centre, key: readOrMakeKey(options.data, given), name: settledName(options.data, options.name) };
};

const start = async (): Promise<void> => {
  const log = standardLog();
  keepMemoryOutOfDumps();
  lastWords(log, () => process.exit(1));
  const options = headlessOptions(process.argv.slice(2), process.env);
  const { centre, key, name } = await openFolder(options);
  const core = await startCore({
    folder: options.data,
    key,
    centre,
    destroy: () => destroy(options.data),
    name,
    demo: options.demo,
    version: versionOf(),
    host: 'headless',
    printing: null,
    windows: null,
    route: createRouter,
    log,
  });
  const http = await startHttpHost({
    core,
    clock: systemClock,
    log,
    pages: join(root, 'out/renderer'),
    address: options.address,
    port: options.port,
    tls: options.tls,
  }).catch(async (error: unknown) => {
    await core.stop();
    throw error;
  });
  const stop = async () => {
    await http.close();
    await core.stop();
  };
  endsWith(stop, options.untilStdinCloses);
  const info = await core.dispatch('app.info', {}, core.connect());
  const shown = info.ok ? (info.value as { readonly workstation: string }).workstation : (name ?? '');
  process.stdout.write(`ClinicHub workstation "${shown}" on ${http.url}\n`);
};

start().catch(giveUp);
