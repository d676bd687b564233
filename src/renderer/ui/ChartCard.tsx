import { IconArrowRight } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { Link } from 'wouter';
import classes from './ChartCard.module.css';

export interface ChartCardProps {
  readonly title: string;
  /** How many there are, beside the title. */
  readonly count?: number;
  /** The tab that shows all of it. */
  readonly to?: { readonly href: string; readonly label: string };
  /** Buttons at the end of the heading. */
  readonly actions?: ReactNode;
  /** Takes two columns where there is room. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** One subject of a chart's summary: a heading, the few things that matter now, and the way to the rest. */
export function ChartCard({ title, count, to, actions, wide = false, children }: ChartCardProps) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id} data-wide={wide || undefined}>
      <div className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
          {count !== undefined && <span className={classes.count}>{count}</span>}
        </h2>
        {actions}
        {to && (
          <Link href={to.href} className={classes.more} aria-label={to.label} title={to.label}>
            <IconArrowRight size={16} stroke={1.6} aria-hidden />
          </Link>
        )}
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
