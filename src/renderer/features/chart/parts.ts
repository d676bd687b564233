import type { ReactNode } from 'react';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { ChartView } from '#shared/domain/chart/views.ts';

/** The tabs of the chart one is in. */
export interface ChartNav {
  /** Whether there is a tab of it. */
  readonly has: (view: ChartView) => boolean;
  /** Its address, for a link or `navigate`. */
  readonly path: (view: ChartView) => string;
}

/** What a feature shows of a chart that is open. */
export type ChartPart = (chart: OpenChart, nav: ChartNav) => ReactNode;

/** What the app composes a chart of: cards of the summary in their order, and what each tab shows. */
export interface ChartParts {
  readonly cards: readonly { readonly name: string; readonly render: ChartPart }[];
  readonly views: Readonly<Partial<Record<Exclude<ChartView, 'summary'>, ChartPart>>>;
}
