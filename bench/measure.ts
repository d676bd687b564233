/** One measured figure; absent keys mean nothing for it. */
export interface Measure {
  readonly bench: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** The floor or peer measured in the same run, in the same unit. */
  readonly floor?: number;
  /** `value / floor`. */
  readonly ratio?: number;
  /** The target in words, for example `ratio <= 4`. */
  readonly target?: string;
  readonly ok?: boolean;
  readonly rows?: number;
  readonly cipher?: string;
  readonly runs?: number;
}

export interface BenchOptions {
  /** Rows to work on; each bench has its default. */
  readonly rows: number | undefined;
}

export type Bench = (options: BenchOptions) => Promise<readonly Measure[]>;

/** The value below which `share` (0 to 1) of the samples lie. */
export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = [...samples].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return sorted[Math.max(0, index)] ?? Number.NaN;
};

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** A measure judged by its ratio to the floor. */
export const againstFloor = (
  measure: Omit<Measure, 'ratio' | 'target' | 'ok'> & { readonly floor: number },
  target: { readonly atMost: number } | { readonly atLeast: number },
): Measure => {
  const ratio = measure.value / measure.floor;
  return 'atMost' in target
    ? { ...measure, ratio, target: `ratio <= ${target.atMost}`, ok: ratio <= target.atMost }
    : { ...measure, ratio, target: `ratio >= ${target.atLeast}`, ok: ratio >= target.atLeast };
};

/** A measure judged by its own value. */
export const atMost = (measure: Omit<Measure, 'target' | 'ok'>, limit: number): Measure => ({
  ...measure,
  target: `<= ${limit} ${measure.unit}`,
  ok: measure.value <= limit,
});

const short = (value: number | undefined): string =>
  value === undefined ? '' : value >= 100 ? value.toFixed(0) : value.toPrecision(3);

/** The measures as a table for people. */
export const table = (measures: readonly Measure[]): string => {
  const head = ['bench', 'metric', 'value', 'unit', 'floor', 'ratio', 'target', 'met', 'rows', 'runs'];
  const lines = measures.map((m) => [
    m.bench,
    m.metric,
    short(m.value),
    m.unit,
    short(m.floor),
    short(m.ratio),
    m.target ?? '',
    m.ok === undefined ? '' : m.ok ? 'yes' : 'NO',
    m.rows === undefined ? '' : String(m.rows),
    m.runs === undefined ? '' : String(m.runs),
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]?.length ?? 0)));
  return [head, ...lines]
    .map((line) =>
      line
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
