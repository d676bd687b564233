import { migrateCentre } from '#main/data/central/migrator.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: 'Make the database a centre, or bring it up to date',
  options: {},
  run: async ({ url }) => {
    const { applied } = await migrateCentre(url);
    return {
      text: applied.length === 0 ? 'The centre is up to date.' : `Applied: ${applied.join(', ')}`,
    };
  },
};
