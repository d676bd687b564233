import { code128, type DrawingContext } from 'bwip-js/generic';

/** A bar, in modules from the left. */
export interface Bar {
  readonly x: number;
  readonly width: number;
}

export interface Bars {
  /** The whole width in modules, without the quiet zones. */
  readonly modules: number;
  readonly bars: readonly Bar[];
}

/** Space without bars on either side that a reader needs, in modules (ISO/IEC 15417). */
export const quietZone = 10;

/** Takes the bars instead of drawing them. */
function collector(): DrawingContext<Bars> {
  let modules = 0;
  const bars: Bar[] = [];
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width) => {
      modules = width;
    },
    line: (x0, _y0, _x1, _y1, width) => {
      // Lines of an odd width are drawn half a module to the right.
      bars.push({ x: Math.floor(x0 - width / 2), width });
    },
    polygon: () => undefined,
    hexagon: () => undefined,
    ellipse: () => undefined,
    fill: () => undefined,
    text: () => undefined,
    end: () => ({ modules, bars: bars.toSorted((a, b) => a.x - b.x) }),
  };
}

/** `text` in Code 128 (ISO/IEC 15417); null when that cannot hold it. */
export function barsOf(text: string): Bars | null {
  if (!/^[ -~]+$/.test(text)) return null;
  return code128({ bcid: 'code128', text, scaleX: 1, scaleY: 1, height: 10 }, collector());
}
