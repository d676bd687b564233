import { parseArgs } from 'node:util';
import { CentreAdminError } from '#main/data/central/admin-error.ts';
import { enrolDevice } from '#main/data/central/enrol.ts';
import { migrateCentre } from '#main/data/central/migrator.ts';
import { type CentreStatus, centreStatus } from '#main/data/central/status.ts';

const usage = `Usage: npm run central -- <command> --url postgresql://user:password@host/database

Commands
  migrate   Make the database a centre, or bring it up to date
  enrol     Give a new workstation its login and print its address, once
              --name "Front desk"      the workstation's name (needed)
              --site <name or id>      the site it stands at
  status    Show the centre's place and its workstations

The address may also be given as CLINICHUB_CENTRE_URL, which keeps its password out of the list of processes.
The server must be PostgreSQL 15 or newer with the extension btree_gist, and the login must be allowed to create roles.

Exit status: 0 done, 1 it could not be done, 2 the command was not understood.`;

class UsageError extends Error {}

const read = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        name: { type: 'string' },
        site: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const migrate = async (url: string): Promise<string> => {
  const { applied } = await migrateCentre(url);
  return applied.length === 0 ? 'The centre is up to date.' : `Applied: ${applied.join(', ')}`;
};

const enrol = async (url: string, name: string | undefined, site: string | undefined): Promise<string> => {
  if (name === undefined || name.trim() === '') throw new UsageError('enrol needs --name "Front desk"');
  const made = await enrolDevice(url, { name: name.trim(), ...(site === undefined ? {} : { site }) });
  return `Workstation ${made.deviceNo} “${name.trim()}” is enrolled. Its address, shown only now:\n\n  ${made.url}\n\nWhoever has it can act as this workstation.`;
};

const columns = ['No', 'Name', 'Site', 'Cursor', 'Behind', 'Last contact', 'Rejected', 'Conflicts'] as const;

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = columns.map((title, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  return [columns, ...rows]
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const describe = (status: CentreStatus): string => {
  const rows = status.devices.map((device) => [
    String(device.deviceNo),
    device.suspended ? `${device.name} (suspended)` : device.name,
    device.site ?? '-',
    device.cursor === null ? '-' : String(device.cursor),
    device.behind === null ? '-' : String(device.behind),
    device.lastContactAt ?? 'never',
    String(device.rejected),
    String(device.conflicts),
  ]);
  const head = `Epoch ${status.epoch}, schema ${status.schema}, head ${status.head}, low water ${status.lowWater}`;
  return `${head}\n\n${rows.length === 0 ? 'No workstation is enrolled yet.' : table(rows)}`;
};

const run = async (args: readonly string[]): Promise<string> => {
  const { values, positionals } = read(args);
  const [command, ...rest] = positionals;
  if (values.help === true || command === undefined) throw new UsageError('');
  if (rest.length > 0) throw new UsageError(`“${rest.join(' ')}” is too much`);
  if (!['migrate', 'enrol', 'status'].includes(command))
    throw new UsageError(`There is no command “${command}”`);
  const url = values.url ?? process.env.CLINICHUB_CENTRE_URL;
  if (url === undefined || url === '')
    throw new UsageError('The address of the PostgreSQL is missing: give --url');
  if (command === 'migrate') return migrate(url);
  if (command === 'enrol') return enrol(url, values.name, values.site);
  return describe(await centreStatus(url));
};

try {
  console.log(await run(process.argv.slice(2)));
} catch (error) {
  if (error instanceof UsageError) {
    console.error(error.message === '' ? usage : `${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else if (error instanceof CentreAdminError) {
    console.error(error.message);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
