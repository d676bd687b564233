import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { KeyHint } from './keys/KeyHint.tsx';
import { useKeys } from './keys/useKeys.ts';
import classes from './Parts.module.css';

interface Part {
  readonly path: string;
  readonly word: string;
}

interface PartsProps {
  /** Names the place in the overlay of keys. */
  readonly title: string;
  /** Names the tabs. */
  readonly label: string;
  readonly parts: readonly Part[];
  /** The path of the one that is shown. */
  readonly shown: string;
  readonly children: ReactNode;
}

/** A place with several parts, a tab for each: its number leads to it. */
export function Parts({ title, label, parts, shown, children }: PartsProps) {
  const [, navigate] = useLocation();
  useKeys(
    title,
    parts.map(({ path, word }, index) => ({
      keys: String(index + 1),
      label: word,
      run: () => navigate(path),
    })),
  );
  return (
    <div className={classes.parts}>
      <nav className={classes.tabs} aria-label={label}>
        {parts.map(({ path, word }, index) => (
          <Link
            key={path}
            href={path}
            className={classes.tab}
            aria-current={path === shown ? 'page' : undefined}
          >
            {word} <KeyHint keys={String(index + 1)} quiet />
          </Link>
        ))}
      </nav>
      <div className={classes.part}>{children}</div>
    </div>
  );
}
