import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { KeyHint } from './KeyHint.tsx';
import classes from './KeyTip.module.css';

/** A tooltip that tells the shortcut as well. */
export function KeyTip({ label, keys, children }: { label: string; keys: string; children: ReactElement }) {
  return (
    <Tooltip
      label={
        <span className={classes.tip}>
          {label} <KeyHint keys={keys} quiet />
        </span>
      }
    >
      {children}
    </Tooltip>
  );
}
