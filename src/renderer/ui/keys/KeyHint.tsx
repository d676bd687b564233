import { Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { printed } from './combo.ts';
import classes from './KeyHint.module.css';

const mac = typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent);

/** A shortcut as keys. `quiet` for hints beside a label that already says what happens. */
export function KeyHint({ keys, quiet = false }: { keys: string; quiet?: boolean }) {
  const { t } = useTranslation();
  const strokes = printed(keys.split('|')[0] ?? '', mac);
  return (
    <span className={classes.hint} aria-hidden={quiet || undefined}>
      {strokes.map((parts, index) => (
        <span key={index} className={classes.stroke}>
          {index > 0 && <span className={classes.then}>{t('app.keys.afterThat')}</span>}
          {parts.map((part) => (
            <Kbd key={part} size="xs" className={classes.key ?? ''}>
              {part}
            </Kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
