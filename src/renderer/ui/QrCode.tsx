import { type Qr, quietModules } from './qr.ts';

interface QrCodeProps {
  readonly code: Qr;
  readonly label: string;
  readonly className: string;
  /** With its unit; without, the style sheet decides. */
  readonly side?: string;
}

/** Black on white with its quiet zone, whatever the colours round it: a reader takes no other. */
export function QrCode({ code: { modules, path }, label, className, side }: QrCodeProps) {
  const all = modules + 2 * quietModules;
  const from = -quietModules;
  return (
    <svg
      className={className}
      role="img"
      aria-label={label}
      {...(side === undefined ? {} : { width: side, height: side })}
      viewBox={`${from} ${from} ${all} ${all}`}
      shapeRendering="crispEdges"
    >
      <rect x={from} y={from} width={all} height={all} fill="#fff" />
      <path d={path} fill="#000" fillRule="evenodd" />
    </svg>
  );
}
