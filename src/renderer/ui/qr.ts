import { type DrawingContext, qrcode } from 'bwip-js/generic';

export interface Qr {
  /** Modules of a side, without the quiet zone. */
  readonly modules: number;
  /** An SVG path of the dark modules, one unit each, to be filled by the even-odd rule. */
  readonly path: string;
}

/** Space without marks round it that a reader needs, in modules (ISO/IEC 18004). */
export const quietModules = 4;

/** Takes the outlines instead of drawing them. */
function collector(): DrawingContext<Qr> {
  let modules = 0;
  let path = '';
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width) => {
      modules = width;
    },
    line: () => undefined,
    polygon: (points) => {
      path += `M${points.map(([x, y]) => `${x} ${y}`).join('L')}z`;
    },
    hexagon: () => undefined,
    ellipse: () => undefined,
    fill: () => undefined,
    text: () => undefined,
    end: () => ({ modules, path }),
  };
}

/** `text` as a QR code that stands a crease: a quarter of it may be unreadable (level Q). */
export const qrOf = (text: string): Qr => {
  // The types of the library do not know the options of its single symbologies.
  const options = { bcid: 'qrcode', text, scaleX: 1, scaleY: 1, eclevel: 'Q' };
  return qrcode(options, collector());
};
