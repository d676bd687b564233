/** `npm run central`: what an administrator does at the centre. One file per command in `scripts/central`. */
import { AddressError } from '#main/data/central/address.ts';
import { CentreAdminError } from '#main/data/central/admin-error.ts';
import { readArguments, usageOf } from './central/arguments.ts';
import { auditRetention, auditVerify } from './central/audit.ts';
import { backedUp } from './central/backed-up.ts';
import { check } from './central/check.ts';
import { type Command, UsageError } from './central/command.ts';
import { resume, revoke, suspend, wipe } from './central/devices.ts';
import { enrol } from './central/enrol.ts';
import { firstAdmin } from './central/first-admin.ts';
import { migrate } from './central/migrate.ts';
import { reconcile } from './central/reconcile.ts';
import { restoreDrillCommand } from './central/restore-drill.ts';
import { restored } from './central/restored.ts';
import { screenCodes } from './central/screen-codes.ts';
import { status } from './central/status.ts';
import { tidy } from './central/tidy.ts';

const commands: readonly Command[] = [
  migrate,
  firstAdmin,
  enrol,
  screenCodes,
  suspend,
  resume,
  wipe,
  revoke,
  status,
  check,
  reconcile,
  auditVerify,
  auditRetention,
  tidy,
  backedUp,
  restoreDrillCommand,
  restored,
];

try {
  const { command, given } = readArguments(process.argv.slice(2), commands, process.env.CLINICHUB_CENTRE_URL);
  const { text, failed } = await command.run(given);
  console.log(text);
  if (failed === true) process.exitCode = 1;
} catch (error) {
  if (error instanceof UsageError) {
    console.error(error.message === '' ? usageOf(commands) : `${error.message}\n\n${usageOf(commands)}`);
    process.exitCode = 2;
  } else if (error instanceof CentreAdminError || error instanceof AddressError) {
    console.error(error.message);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
