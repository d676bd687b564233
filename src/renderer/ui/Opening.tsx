import type { ReactNode } from 'react';

interface OpeningProps {
  readonly className: string;
  /** It no longer holds. */
  readonly past: boolean;
  /** Undefined for who may only read it. */
  readonly onOpen: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A line of a record: a button where somebody may do something with it, text where not. */
export function Opening({ className, past, onOpen, children }: OpeningProps) {
  const shared = { className, 'data-past': past || undefined };
  return onOpen ? (
    <button type="button" {...shared} onClick={onOpen}>
      {children}
    </button>
  ) : (
    <div {...shared} data-read>
      {children}
    </div>
  );
}
