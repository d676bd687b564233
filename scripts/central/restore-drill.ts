import { type DrillReport, restoreDrill } from '#main/data/central/drill/restore-drill.ts';
import type { Rewind, SentAgain } from '#main/data/central/drill/sent-again.ts';
import type { Command } from './command.ts';
import { describeParts, isSound, tellPart } from './examination.ts';
import { table } from './table.ts';

const doubts: Readonly<Record<NonNullable<SentAgain['doubt']>, string>> = {
  closed: 'no: suspended, revoked or wiped',
  'long-gone': 'perhaps: not seen for long',
};

const describeRewind = ({ head, to, durable, devices, lost }: Rewind): string => {
  const rows = devices.map(({ deviceNo, name, mutations, changes, doubt }) => [
    String(deviceNo),
    name,
    String(mutations),
    String(changes),
    doubt === null ? 'yes' : doubts[doubt],
  ]);
  const lines = [
    `Restored to ${to}, ${head - to} transactions before the head, workstations would send again:`,
  ];
  lines.push(
    '',
    devices.length === 0
      ? 'No workstation is enrolled.'
      : table(['No', 'Name', 'Mutations', 'Changes', 'Will it'], rows),
  );
  if (lost.length > 0) {
    lines.push('', 'Nobody would send again what was written at the centre itself:');
    for (const { login, transactions, changes } of lost)
      lines.push(`  ${login}: ${transactions} transactions, ${changes} changes`);
  }
  if (to < durable)
    lines.push(
      '',
      `Workstations were told that backups hold everything up to ${durable}: what they sent from ${to} to there they may have forgotten.`,
    );
  return lines.join('\n');
};

const describe = (report: DrillReport): string => {
  const verdict = isSound(report.parts)
    ? `The rehearsal went well: head ${report.head}, ${report.seconds.toFixed(1)} s.`
    : `Something does not fit; ${report.seconds.toFixed(1)} s.`;
  const kept = report.kept === null ? '' : `\nThe copy is kept as database ${report.kept}.`;
  return `${describeParts(report.parts)}\n\n${describeRewind(report.rewind)}\n\n${verdict}${kept}`;
};

export const restoreDrillCommand: Command = {
  name: 'restore-drill',
  summary: 'Rehearse a restore on a copy of the centre, and examine the copy',
  options: {
    behind: { type: 'string', example: '<number>', help: 'imagine the backup so many transactions old' },
    keep: { type: 'boolean', help: 'leave the copy there' },
  },
  run: async ({ url, number, flag, say }) => {
    const interrupt = new AbortController();
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const abort = () => interrupt.abort();
    for (const signal of signals) process.once(signal, abort);
    try {
      const report = await restoreDrill(url, {
        keep: flag('keep'),
        behind: number('behind') ?? null,
        told: tellPart(say),
        signal: interrupt.signal,
      });
      return { text: describe(report), failed: !isSound(report.parts) };
    } finally {
      for (const signal of signals) process.off(signal, abort);
    }
  },
};
