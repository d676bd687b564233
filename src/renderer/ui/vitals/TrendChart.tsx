import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useFormat } from '#renderer/ui/useFormat.ts';
import classes from './TrendChart.module.css';

export interface TrendLine {
  readonly label: string;
  /** One for each moment, null where it was not measured. */
  readonly values: readonly (number | null)[];
}

export interface TrendChartProps {
  /** What it shows, in words: the canvas says nothing to who cannot see it. */
  readonly label: string;
  /** Milliseconds, the earliest first. */
  readonly moments: readonly number[];
  readonly lines: readonly TrendLine[];
  /** What is usual now, in the unit shown. */
  readonly bands: readonly { readonly low: number | null; readonly high: number | null }[];
}

const height = 120;

const colour = (element: HTMLElement, name: string): string =>
  getComputedStyle(element).getPropertyValue(name).trim();

/** A shaded stretch where values are usual. */
const drawBands = (plot: uPlot, bands: TrendChartProps['bands'], fill: string): void => {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = fill;
  for (const { low, high } of bands) {
    const at = (value: number) => plot.valToPos(value, 'y', true);
    const top = high === null ? bbox.top : Math.max(bbox.top, at(high));
    const bottom = low === null ? bbox.top + bbox.height : Math.min(bbox.top + bbox.height, at(low));
    if (bottom > top) ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  }
  ctx.restore();
};

/** How a measure went, with the range that is usual. */
export function TrendChart({ label, moments, lines, bands }: TrendChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme();
  const format = useFormat();
  const key = JSON.stringify([moments, lines, bands]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const text = colour(element, '--ch-quiet');
    const grid = { stroke: colour(element, '--ch-line'), width: 1 };
    const strokes = [colour(element, '--ch-accent'), colour(element, '--ch-blue')];
    const axis = { stroke: text, grid, ticks: grid, font: '11px "Inter Variable", Inter, sans-serif' };
    const options: uPlot.Options = {
      width: element.clientWidth,
      height,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: true } },
      axes: [
        {
          ...axis,
          size: 24,
          values: (_plot, splits) =>
            splits.map((seconds) => format.day(new Date(seconds * 1000).toISOString().slice(0, 10))),
          space: 80,
        },
        { ...axis, size: 48 },
      ],
      series: [
        {},
        ...lines.map((line, index) => ({
          label: line.label,
          stroke: strokes[index] ?? text,
          width: 2,
          spanGaps: true,
          points: { show: true, size: 5 },
        })),
      ],
      hooks: { drawClear: [(plot) => drawBands(plot, bands, colour(element, '--ch-green-soft'))] },
    };
    const data = [moments.map((at) => at / 1000), ...lines.map(({ values }) => [...values])];
    const plot = new uPlot(options, data as uPlot.AlignedData, element);
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
    // What is drawn is in the key; new arrays of the same values draw nothing anew.
  }, [key, scheme, format]);
  return <div ref={box} className={classes.plot} role="img" aria-label={label} />;
}
