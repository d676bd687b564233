import { hashSync } from '@node-rs/argon2';
import { openClinic } from '#tests/support/core-clinic.ts';
import { addAccount, patientAccount } from '#tests/support/core-panel.ts';
import { keptMail } from '#tests/support/kept-mail.ts';
import { againstFloor, type Bench, type Measure, percentile } from './measure.ts';

const known = 'known@example.org';
const password = 'seven green kettles sing';
const hour = 3_600_000;

/** What a patient watcher sees through whatever else the machine does. */
const least = (times: readonly number[]): number => percentile(times, 0.1);

/**
 * What the panel answers about an address that has an account against one that has none: whoever asks must not learn by a watch what
 * the answer does not say. Both are asked in turn, each time the other first, with hashes of the cost the product has.
 */
export const knownAddress: Bench = async ({ rows }) => {
  const runs = rows ?? 60;
  const clinic = openClinic({ outgoingMail: keptMail() });
  addAccount(
    clinic,
    patientAccount('01900000-0000-7000-8000-e10000000009', known, { password_hash: hashSync(password) }),
  );
  const calls = {
    register: (email: string) =>
      clinic.core.dispatch(
        'panel.register',
        { email, displayName: 'Somebody', password, language: 'en' },
        clinic.core.connect(),
      ),
    reset: (email: string) =>
      clinic.core.dispatch('panel.askReset', { email, language: 'en' }, clinic.core.connect()),
    'sign-in': (email: string) =>
      clinic.core.dispatch('panel.signIn', { email, password: 'wrong' }, clinic.core.connect()),
  };
  const timed = async (call: (email: string) => Promise<unknown>, email: string): Promise<number> => {
    const start = performance.now();
    await call(email);
    return performance.now() - start;
  };
  const measures: Measure[] = [];
  try {
    for (const [metric, call] of Object.entries(calls)) {
      const times = { known: [] as number[], unknown: [] as number[] };
      for (let run = -2; run < runs; run += 1) {
        // Limits by hour and window begin anew; what is the first of one is not measured.
        clinic.clock.at += hour;
        await call(`first${run}@example.org`);
        for (const who of run % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
          const took = await timed(call, who === 'known' ? known : `unknown${run}@example.org`);
          if (run >= 0) times[who].push(took);
        }
      }
      measures.push(
        againstFloor(
          {
            bench: 'known',
            metric,
            value: least(times.known),
            unit: 'ms',
            floor: least(times.unknown),
            runs,
          },
          { atMost: 1.1 },
        ),
      );
    }
  } finally {
    await clinic.close();
  }
  return measures;
};
