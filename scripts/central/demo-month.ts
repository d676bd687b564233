import { withAdmin } from '#main/data/central/admin-connection.ts';
import { dropScratch, makeScratch } from '#main/data/central/drill/scratch.ts';
import { migrateCentre } from '#main/data/central/migrator.ts';
import { writeBilledDays } from '../demo/billing.ts';
import type { Given } from './command.ts';

/**
 * Makes a database on the server at `url`, writes a month of billing into it, has `work` done there, and removes it in every case, also
 * after Ctrl+C. Throws a {@link CentreAdminError}.
 */
export const billMonth = async <T>(
  url: string,
  seed: number,
  say: Given['say'],
  work: (demo: string) => Promise<T>,
): Promise<T> => {
  const scratch = await makeScratch(url, 'demo');
  const signals = ['SIGINT', 'SIGTERM'] as const;
  try {
    await migrateCentre(scratch.url);
    const { written, refused } = await withAdmin(scratch.url, async (client) => {
      const end = () => client.connection.stream.destroy();
      for (const signal of signals) process.once(signal, end);
      try {
        return await writeBilledDays(client, seed, 30);
      } finally {
        for (const signal of signals) process.off(signal, end);
      }
    });
    say(`A month of seed ${seed}: ${written} times something was written, ${refused} times refused.`);
    return await work(scratch.url);
  } finally {
    await dropScratch(url, scratch);
  }
};
