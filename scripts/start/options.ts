import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartProblem } from './problem.ts';

export type Host = 'desktop' | 'headless' | 'auto';

export interface StartOptions {
  readonly desks: number;
  /** Of the first workstation's page; the others follow. Null: any that is free. */
  readonly port: number | null;
  readonly data: string;
  readonly host: Host;
  readonly fresh: boolean;
  readonly open: boolean;
}

const maxDesks = 4;

export const help = `ClinicHub Workstation with a demonstration clinic.

  npm start                          one workstation
  npm start -- --desks 2             two workstations side by side (up to ${maxDesks})
  npm start -- --host headless       in the browser, without the desktop program (desktop | headless | auto)
  npm start -- --port 8080           the port of the first workstation's page in the browser
  npm start -- --data <folder>       keep the data there (otherwise in .clinichub)
  npm start -- --fresh               begin with a new clinic; the old one is kept aside
  npm start -- --no-open             do not open a browser

Ctrl+C ends it. The next start goes on where this one ended.`;

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        desks: { type: 'string', default: '1' },
        port: { type: 'string' },
        data: { type: 'string' },
        host: { type: 'string', default: 'auto' },
        fresh: { type: 'boolean', default: false },
        open: { type: 'boolean', default: true },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new StartProblem(`${reason}\n\n${help}`);
  }
};

const numberOf = (name: string, text: string, low: number, high: number): number => {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= low && number <= high) return number;
  throw new StartProblem(`--${name} takes a number from ${low} to ${high}.`);
};

/** Reads the arguments; null asks for the help text. `root` is the checkout. Throws {@link StartProblem}. */
export const readOptions = (args: readonly string[], root: string): StartOptions | null => {
  const values = parse(args);
  if (values.help) return null;
  const hosts: readonly Host[] = ['desktop', 'headless', 'auto'];
  const host = hosts.find((known) => known === values.host);
  if (host === undefined) throw new StartProblem('--host is desktop, headless or auto.');
  const desks = numberOf('desks', values.desks, 1, maxDesks);
  return {
    desks,
    port: values.port === undefined ? null : numberOf('port', values.port, 1, 65_536 - desks),
    data: resolve(values.data ?? `${root}/.clinichub`),
    host,
    fresh: values.fresh,
    open: values.open,
  };
};
