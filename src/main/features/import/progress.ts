import { type ImportProblem, type ImportReport, importKinds } from '#shared/contract/import.ts';
import type { Finding } from './findings.ts';
import type { ImportKind } from './mapping.ts';

export const maxProblems = 500;
/** Synthea writes three rows without a code for every year of everybody's life; the first few say it. */
const maxUncoded = 3;

type Phase = ImportReport['phase'];
type Count = 'read' | 'added' | 'unchanged' | 'refused';

/** What one import has done so far. */
export interface Progress {
  phase: Phase;
  message: string | null;
  /** Rows there are and rows dealt with. */
  total: number;
  done: number;
  count(kind: ImportKind, what: Count, rows?: number): void;
  /** Counts a finding; the first {@link maxProblems} are kept, and of uncoded rows the first {@link maxUncoded}. */
  note(file: string, line: number, finding: Finding): void;
  report(): ImportReport;
}

export const createProgress = (folder: string | null, dryRun: boolean, phase: Phase): Progress => {
  const counts = new Map(
    importKinds.map((kind) => [kind, { kind, read: 0, added: 0, unchanged: 0, refused: 0 }]),
  );
  const problems: ImportProblem[] = [];
  let problemCount = 0;
  let uncoded = 0;
  return {
    phase,
    message: null,
    total: 0,
    done: 0,
    count: (kind, what, rows = 1) => {
      const entry = counts.get(kind);
      if (entry !== undefined) entry[what] += rows;
    },
    note: (file, line, finding) => {
      problemCount += 1;
      if (finding.code === 'not-coded') uncoded += 1;
      const kept = finding.code !== 'not-coded' || uncoded <= maxUncoded;
      if (kept && problems.length < maxProblems) problems.push({ file, line, ...finding });
    },
    report() {
      return {
        phase: this.phase,
        folder,
        dryRun,
        counts: [...counts.values()].map((entry) => ({ ...entry })),
        problems: [...problems],
        problemCount,
        done: this.done,
        total: this.total,
        message: this.message,
      };
    },
  };
};
