import { checkArchive } from '#main/data/central/ledger/archive.ts';
import { type TidyReport, tidyCentre } from '#main/data/central/ledger/tidy.ts';
import { type Command, UsageError } from './command.ts';

const describe = ({ head, lowWater, old, keepYears, archived }: TidyReport): string => {
  const water = `Low water ${lowWater}, head ${head}.`;
  if (archived !== null)
    return `${water} ${archived.transactions} transactions with ${archived.changes} changes, up to ${archived.upto}, went into the archive and out of the ledger. Keep the archive: it is part of the audit trail.`;
  if (old === '0') return `${water} There is nothing to archive.`;
  const stay =
    keepYears === null
      ? 'the audit trail is kept for good (“audit retention”)'
      : `--archive moves those older than the ${keepYears} years the audit trail is kept into a file`;
  return `${water} ${old} transactions may no longer be pulled and are still in the ledger; ${stay}.`;
};

export const tidy: Command = {
  name: 'tidy',
  summary: 'Raise the low water, and move what may no longer be pulled into an archive',
  options: {
    archive: { type: 'string', example: '<file.gz>', help: 'a new file for the older changes' },
    check: { type: 'string', example: '<file.gz>', help: 'read an archive again; needs no centre' },
  },
  run: async (given) => {
    const file = given.text('check');
    if (file === undefined) {
      return { text: describe(await tidyCentre(given.url, given.text('archive') ?? null)) };
    }
    if (given.text('archive') !== undefined) throw new UsageError('tidy takes --archive or --check');
    const { epoch, after, upto, transactions, changes, chain } = await checkArchive(file);
    return {
      text: `The archive is whole: ${transactions} transactions with ${changes} changes, after ${after} up to ${upto} of epoch ${epoch}. Chain at its end: ${chain}`,
    };
  },
};
