import { checkCentre } from '#main/data/central/ledger/check-centre.ts';
import type { Command } from './command.ts';
import { describeParts, isSound, tellPart } from './examination.ts';

export const check: Command = {
  name: 'check',
  summary: 'Examine the centre: the ledger’s chain, every row against the ledger, every sequence',
  options: {},
  run: async ({ url, say }) => {
    const parts = await checkCentre(url, tellPart(say));
    const sound = isSound(parts);
    return {
      text: `${describeParts(parts)}\n\n${sound ? 'Everything fits.' : 'Something does not fit.'}`,
      failed: !sound,
    };
  },
};
