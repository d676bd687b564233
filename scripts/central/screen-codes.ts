import { readScreenCodes, setScreenCodes } from '#main/data/central/devices.ts';
import { type Command, UsageError } from './command.ts';

const words = (perDay: number): string =>
  perDay === 0
    ? 'No codes for new workstations are made on the screen.'
    : `Administrators make up to ${perDay} codes for new workstations a day on the screen, all together.`;

export const screenCodes: Command = {
  name: 'screen-codes',
  summary: 'Say, or set, how many codes for new workstations are made on the screen a day',
  options: {
    'per-day': { type: 'string', example: '<0…100>', help: '0: none, only “enrol” makes them' },
  },
  run: async (given) => {
    const perDay = given.number('per-day');
    if (perDay === undefined) return { text: words(await readScreenCodes(given.url)) };
    if (perDay > 100) throw new UsageError('--per-day takes a number from 0 to 100');
    await setScreenCodes(given.url, perDay);
    return { text: `${words(perDay)} The change is in the audit trail.` };
  },
};
