import { readFileSync } from 'node:fs';
import { noteEnrolled } from '#main/data/central/devices.ts';
import { type EnrolRequest, enrolDevice } from '#main/data/central/enrol.ts';
import { type Command, type Given, UsageError } from './command.ts';

const oneOf = <T extends string>({ text }: Given, option: string, allowed: readonly T[]): T | undefined => {
  const value = text(option);
  if (value === undefined) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw new UsageError(`--${option} ${value}: it must be one of ${allowed.join(', ')}`);
  return found;
};

const daysOf = ({ number }: Given): number | undefined => {
  const days = number('valid-days');
  if (days === 0 || (days !== undefined && days > 365))
    throw new UsageError('--valid-days takes a number from 1 to 365');
  return days;
};

const fileOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
};

/** What is not said is left to {@link enrolDevice}. */
const requestOf = (given: Given): EnrolRequest => {
  const { text } = given;
  const name = text('name');
  if (name === undefined) throw new UsageError('enrol needs --name "Front desk"');
  const ca = text('ca');
  const said = {
    site: text('site'),
    scope: oneOf(given, 'scope', ['clinic', 'site']),
    role: oneOf(given, 'role', ['whole', 'front-desk', 'consulting-room']),
    validDays: daysOf(given),
    hosts: text('hosts'),
    listen: text('listen'),
    authorities: ca === undefined ? undefined : fileOf(ca),
  };
  const known = Object.entries(said).filter(([, value]) => value !== undefined);
  return { name, ...Object.fromEntries(known) };
};

export const enrol: Command = {
  name: 'enrol',
  summary: 'Make a login for a new workstation and print its one-time code',
  options: {
    name: { type: 'string', example: '"Front desk"', help: 'the workstation’s name (needed)' },
    site: { type: 'string', example: '<name or id>', help: 'the site it stands at' },
    scope: { type: 'string', example: 'clinic|site', help: 'whose patients it holds; default clinic: all' },
    role: { type: 'string', example: '<role>', help: 'whole (default), front-desk or consulting-room' },
    'valid-days': { type: 'string', example: '<days>', help: 'how long the code may be used, default 7' },
    hosts: { type: 'string', example: '<host:port,…>', help: 'where it finds the centre, when not at --url' },
    listen: { type: 'string', example: '<host:port,…>', help: 'where it listens for news, past a pooler' },
    ca: { type: 'string', example: '<file>', help: 'certificates of your own authority, PEM' },
  },
  run: async (given) => {
    const request = requestOf(given);
    const made = await enrolDevice(given.url, request);
    await noteEnrolled(given.url, made.deviceId, made.deviceNo);
    return {
      text: `Workstation ${made.deviceNo} “${request.name}” is enrolled. Its code, shown only now, to be used once before ${made.validUntil}:\n\n  ${made.code}\n\nWho has it before the workstation does can act as this workstation.`,
    };
  },
};
