import { parseArgs } from 'node:util';
import { type Command, type Given, type Option, UsageError } from './command.ts';

/** What a command line asks for. */
export interface Asked {
  readonly command: Command;
  readonly given: Given;
}

/** The usage text of all `commands`. */
export const usageOf = (commands: readonly Command[]): string => {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  const lines = commands.flatMap(({ name, summary, options }) => [
    `  ${name.padEnd(width)}${summary}`,
    ...Object.entries(options).map(([option, { example, help }]) => {
      const form = example === undefined ? `--${option}` : `--${option} ${example}`;
      return `  ${''.padEnd(width + 2)}${form.padEnd(24)}${help}`;
    }),
  ]);
  return `Usage: npm run central -- <command> --url postgresql://user:password@host/database

Commands
${lines.join('\n')}

The address may also be given as CLINICHUB_CENTRE_URL, which keeps its password out of the list of processes.
The server must be PostgreSQL 15 or newer with the extension btree_gist, and the login must be allowed to create roles.

Exit status: 0 done, 1 it could not be done or something is wrong, 2 the command was not understood.`;
};

const read = (args: readonly string[], commands: readonly Command[]) => {
  const options: Record<string, { readonly type: Option['type']; readonly short?: string }> = {
    url: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  };
  for (const command of commands) {
    for (const [name, { type }] of Object.entries(command.options)) options[name] = { type };
  }
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const find = (commands: readonly Command[], positionals: readonly string[]): Command => {
  const asked = positionals.join(' ');
  if (asked === '') throw new UsageError('');
  const command = commands.find(({ name }) => name === asked);
  if (command !== undefined) return command;
  const begun = commands.find(({ name }) => asked.startsWith(`${name} `));
  throw new UsageError(
    begun === undefined
      ? `There is no command “${asked}”`
      : `“${asked.slice(begun.name.length + 1)}” is too much`,
  );
};

/** Reads a command line. Throws {@link UsageError}; with an empty message when the usage itself is asked for. */
export const readArguments = (
  args: readonly string[],
  commands: readonly Command[],
  environmentUrl: string | undefined,
): Asked => {
  const { values, positionals } = read(args, commands);
  if (values.help === true) throw new UsageError('');
  const command = find(commands, positionals);
  for (const option of Object.keys(values)) {
    if (option !== 'url' && !Object.hasOwn(command.options, option)) {
      throw new UsageError(`${command.name} takes no --${option}`);
    }
  }
  const text = (option: string): string | undefined => {
    const value = values[option];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  return {
    command,
    given: {
      get url() {
        const url = text('url') ?? environmentUrl;
        if (url !== undefined && url !== '') return url;
        throw new UsageError('The address of the PostgreSQL is missing: give --url');
      },
      text,
      number: (option) => {
        const value = text(option);
        if (value === undefined) return undefined;
        if (!/^\d{1,15}$/.test(value)) throw new UsageError(`--${option} takes a whole number`);
        return Number(value);
      },
      flag: (option) => values[option] === true,
      say: (line) => console.error(line),
    },
  };
};
