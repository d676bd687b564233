import {
  type Anchor,
  type AuditVerification,
  readRetention,
  setRetention,
  verifyAudit,
} from '#main/data/central/ledger/verify-audit.ts';
import { type Command, type Given, UsageError } from './command.ts';

const anchorOf = ({ text }: Given): Anchor | null => {
  const given = text('anchor');
  if (given === undefined) return null;
  const [, seq, chain] = /^(\d{1,18}):([0-9a-f]{64})$/.exec(given) ?? [];
  if (seq === undefined || chain === undefined)
    throw new UsageError('--anchor takes <place>:<chain>, as “audit verify” prints it');
  return { seq, chain };
};

const describe = ({ transactions, entries, unsealed, archived, head, problems }: AuditVerification) =>
  [
    `${entries} entries in ${transactions} transactions${archived === '0' ? '' : `, after ${archived}, up to where the trail is in archives`}.`,
    `Head ${head.seq}:${head.chain}`,
    ...(unsealed === 0
      ? []
      : [`${unsealed} refused pieces of work get into the chain with their workstation’s next change.`]),
    '',
    ...(problems.length === 0
      ? ['The audit trail is as it was written. Keep the head elsewhere, and give it as --anchor next time.']
      : ['The audit trail was altered. The first place:', ...problems.map((problem) => `  ${problem}`)]),
  ].join('\n');

export const auditVerify: Command = {
  name: 'audit verify',
  summary: 'Verify the audit trail: every row by its chain; prints the count and the head',
  options: {
    anchor: { type: 'string', example: '<place:chain>', help: 'a head that was kept elsewhere' },
  },
  run: async (given) => {
    const anchor = anchorOf(given);
    const verified = await verifyAudit(given.url, anchor);
    return { text: describe(verified), failed: verified.problems.length > 0 };
  },
};

const words = (years: number | null): string => (years === null ? 'for good' : `for ${years} years`);

const yearsOf = (given: Given): number | null | undefined => {
  if (given.text('years') === 'all') return null;
  const years = given.number('years');
  if (years !== undefined && (years < 6 || years > 200))
    throw new UsageError('--years takes a number from 6 to 200, or “all”');
  return years;
};

export const auditRetention: Command = {
  name: 'audit retention',
  summary: 'Say, or set, for how long the audit trail stays before “tidy” may archive it',
  options: {
    years: { type: 'string', example: '<6…200|all>', help: 'at least 6; “all” keeps everything' },
  },
  run: async (given) => {
    const years = yearsOf(given);
    if (years === undefined)
      return { text: `The audit trail is kept ${words(await readRetention(given.url))}.` };
    const was = await setRetention(given.url, years);
    return {
      text:
        was === years
          ? `The audit trail is kept ${words(years)}, as before.`
          : `The audit trail is kept ${words(years)}; it was ${words(was)}. The change is in the trail.`,
    };
  },
};
