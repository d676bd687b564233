import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

/** One line that says why there is nothing here, and one action that goes on. */
export function EmptyState({ text, action }: { text: string; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p className={classes.text}>{text}</p>
      {action}
    </div>
  );
}
