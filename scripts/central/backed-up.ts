import { declareBackedUp } from '#main/data/central/restored.ts';
import type { Command } from './command.ts';

export const backedUp: Command = {
  name: 'backed-up',
  summary: 'Note what the backups hold, so that workstations need not remember it',
  options: {
    seq: { type: 'string', example: '<number>', help: 'up to where; without it, up to now' },
  },
  run: async ({ url, number }) => {
    const { durable } = await declareBackedUp(url, number('seq') ?? null);
    return {
      text: `Noted: the backups hold everything up to ${durable}. Give --seq with the head that “status” showed before a backup began, unless the server is backed up without a gap.`,
    };
  },
};
