import { Link } from 'wouter';
import { may, useCurrentUser } from '#renderer/client/session.ts';
import { oversightOf } from '#renderer/ui/oversight-path.ts';
import type { OutcomeGroup } from '#shared/domain/overview/figures.ts';
import classes from './Overview.module.css';

/** What a figure counts. */
export type Counts = 'booked' | 'here' | 'done' | 'noshow' | 'cancelled';

const groups: Readonly<Record<Counts, readonly OutcomeGroup[]>> = {
  booked: ['requested', 'booked', 'here', 'done', 'noshow'],
  here: ['here'],
  done: ['done'],
  noshow: ['noshow'],
  cancelled: ['cancelled'],
};

/** Where and when a figure counts, and of whom; null is any. */
export interface Counted {
  readonly from: string;
  readonly until: string;
  readonly site: string | null;
  readonly doctor?: string;
}

/** The address of the rows a figure counts. */
export const rowsOf = (counts: Counts, counted: Counted): string =>
  oversightOf({ ...counted, is: groups[counts].join(',') });

interface FigureProps {
  readonly counts: Counts;
  readonly counted: Counted;
  readonly value: number;
  /** The figure as it is written. */
  readonly text: string;
  /** What it is, for who hears it by itself. */
  readonly label: string;
}

/** A figure that leads to the rows it counts, for who may see them. */
export function Figure({ counts, counted, value, text, label }: FigureProps) {
  const user = useCurrentUser();
  if (value === 0 || !may(user, 'oversight.read')) return text;
  return (
    <Link href={rowsOf(counts, counted)} className={classes.link} aria-label={`${label}: ${text}`}>
      {text}
    </Link>
  );
}
