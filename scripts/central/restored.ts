import { declareRestored } from '#main/data/central/restored.ts';
import type { Command } from './command.ts';

export const restored: Command = {
  name: 'restored',
  summary: 'After a real restore: let every workstation notice, and send again what the centre forgot',
  options: {},
  run: async ({ url }) => {
    const { epoch, head, ended } = await declareRestored(url);
    const connections =
      ended === null
        ? 'This login may not end the workstations’ connections: restart the server, so that they greet anew.'
        : `${ended} connections of workstations were ended.`;
    return {
      text: `The centre begins epoch ${epoch} at ${head}. Workstations send again what they did after that. ${connections}`,
    };
  },
};
