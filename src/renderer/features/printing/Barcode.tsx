import { useMemo } from 'react';
import { barsOf, quietZone } from './barcode.ts';
import classes from './Paper.module.css';

/** Thinner bars than this (millimetres) are lost on a label printer of 203 dots per inch. */
const thinnest = 0.17;

interface BarcodeProps {
  readonly text: string;
  /** Millimetres there are for it, quiet zones included. */
  readonly width: number;
  readonly height: number;
  /** The width of a bar when there is space enough, in millimetres. */
  readonly module: number;
}

/** Code 128 drawn as lines, sharp at every resolution. What does not fit or cannot be encoded is left out: the text says the same. */
export function Barcode({ text, width, height, module }: BarcodeProps) {
  const bars = useMemo(() => barsOf(text), [text]);
  if (bars === null) return null;
  const all = bars.modules + 2 * quietZone;
  const each = Math.min(module, width / all);
  if (each < thinnest) return null;
  return (
    <svg
      className={classes.barcode}
      role="img"
      aria-label={text}
      width={`${(all * each).toFixed(3)}mm`}
      height={`${height}mm`}
      viewBox={`0 0 ${all} 10`}
      preserveAspectRatio="none"
      shapeRendering="crispEdges"
    >
      {bars.bars.map(({ x, width: wide }) => (
        <rect key={x} x={x + quietZone} y={0} width={wide} height={10} />
      ))}
    </svg>
  );
}
