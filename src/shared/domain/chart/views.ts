/** The tabs of a chart in their order; each has its number as a key, whether or not those before it are shown. */
export const chartViews = [
  'summary',
  'notes',
  'problems',
  'medication',
  'vitals',
  'results',
  'documents',
  'timeline',
] as const;
export type ChartView = (typeof chartViews)[number];

export const isChartView = (text: string): text is ChartView =>
  (chartViews as readonly string[]).includes(text);

/** The key of a tab: its number, and with Alt also while the cursor is in a field. */
export const chartViewKey = (view: ChartView): string => {
  const number = chartViews.indexOf(view) + 1;
  return `${number}|alt+${number}`;
};
