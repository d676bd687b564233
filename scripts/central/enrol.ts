import { enrolDevice } from '#main/data/central/enrol.ts';
import { type Command, UsageError } from './command.ts';

export const enrol: Command = {
  name: 'enrol',
  summary: 'Give a new workstation its login and print its address, once',
  options: {
    name: { type: 'string', example: '"Front desk"', help: 'the workstation’s name (needed)' },
    site: { type: 'string', example: '<name or id>', help: 'the site it stands at' },
  },
  run: async ({ url, text }) => {
    const name = text('name');
    const site = text('site');
    if (name === undefined) throw new UsageError('enrol needs --name "Front desk"');
    const made = await enrolDevice(url, { name, ...(site === undefined ? {} : { site }) });
    return {
      text: `Workstation ${made.deviceNo} “${name}” is enrolled. Its address, shown only now:\n\n  ${made.url}\n\nWhoever has it can act as this workstation.`,
    };
  },
};
