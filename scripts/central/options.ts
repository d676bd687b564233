import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { EnrolRequest } from '#main/data/central/enrol.ts';

export const usage = `Usage: npm run central -- <command> --url postgresql://user:password@host/database

Commands
  migrate   Make the database a centre, or bring it up to date
  enrol     Make a login for a new workstation and print its one-time code
              --name "Front desk"      the workstation's name (needed)
              --site <name or id>      the site it stands at
              --scope clinic|site      which patients it holds: all (default), or its site's
              --role whole|front-desk|consulting-room
              --valid-days <n>         how long the code may be used, default 7
              --hosts <host:port,...>  where workstations find the centre, when not at --url
              --listen <host:port,...> where they listen for news, when that is elsewhere (PgBouncer)
              --ca <file>              certificates of your own authority, PEM; they travel in the code
  suspend   Refuse every call of a workstation until it is resumed
  resume    End a suspension
  wipe      Have a workstation send what waits there and then destroy its copy, at its next contact
  revoke    Close a workstation's login at once and for good, and end its sessions
              --device <number, name or id>   which workstation (needed)
              --yes                           do not ask (wipe and revoke ask at a terminal)
  status    Show the centre's place and its workstations

The address may also be given as CLINICHUB_CENTRE_URL, which keeps its password out of the list of processes.
The server must be PostgreSQL 15 or newer with the extension btree_gist, and the login must be allowed to create roles.

Exit status: 0 done, 1 it could not be done, 2 the command was not understood.`;

/** The command was not understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        name: { type: 'string' },
        site: { type: 'string' },
        scope: { type: 'string' },
        role: { type: 'string' },
        'valid-days': { type: 'string' },
        hosts: { type: 'string' },
        listen: { type: 'string' },
        ca: { type: 'string' },
        device: { type: 'string' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

type Values = ReturnType<typeof parse>['values'];

const oneOf = <T extends string>(name: string, value: string, allowed: readonly T[]): T => {
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw new UsageError(`--${name} ${value}: it must be one of ${allowed.join(', ')}`);
  return found;
};

const daysOf = (text: string): number => {
  const days = Number(text);
  if (!(days > 0 && days <= 365)) throw new UsageError(`--valid-days ${text}: a number from 1 to 365`);
  return days;
};

const fileOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
};

/** What `enrol` was asked for. */
export const enrolRequest = (values: Values): EnrolRequest => {
  const { name, site, scope, role, hosts, listen, ca } = values;
  const days = values['valid-days'];
  if (name === undefined || name.trim() === '') throw new UsageError('enrol needs --name "Front desk"');
  return {
    name: name.trim(),
    ...(site === undefined ? {} : { site }),
    ...(scope === undefined ? {} : { scope: oneOf('scope', scope, ['clinic', 'site']) }),
    ...(role === undefined ? {} : { role: oneOf('role', role, ['whole', 'front-desk', 'consulting-room']) }),
    ...(days === undefined ? {} : { validDays: daysOf(days) }),
    ...(hosts === undefined ? {} : { hosts }),
    ...(listen === undefined ? {} : { listen }),
    ...(ca === undefined ? {} : { authorities: fileOf(ca) }),
  };
};

const commands = ['migrate', 'enrol', 'suspend', 'resume', 'wipe', 'revoke', 'status'] as const;
export type Command = (typeof commands)[number];

export interface Asked {
  readonly command: Command;
  readonly url: string;
  readonly values: Values;
}

/** Reads the command line. Throws a {@link UsageError}, with no message when only the usage is wanted. */
export const readCommand = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Asked => {
  const { values, positionals } = parse(args);
  const [command, ...rest] = positionals;
  if (values.help === true || command === undefined) throw new UsageError('');
  if (rest.length > 0) throw new UsageError(`“${rest.join(' ')}” is too much`);
  const known = commands.find((each) => each === command);
  if (known === undefined) throw new UsageError(`There is no command “${command}”`);
  const url = values.url ?? env.CLINICHUB_CENTRE_URL;
  if (url === undefined || url === '')
    throw new UsageError('The address of the PostgreSQL is missing: give --url');
  return { command: known, url, values };
};
