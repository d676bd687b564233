import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from './keys/KeyHint.tsx';
import { useKeys } from './keys/useKeys.ts';
import classes from './StatusLine.module.css';
import { type Toast, useToasts } from './toasts.ts';

const icons = { done: IconCheck, attention: IconInfoCircle, problem: IconAlertTriangle } as const;
/** A message with an undo stays longer; a problem stays until somebody has seen it. Milliseconds. */
const staysFor = { plain: 6000, undo: 12_000 } as const;

/** The line under the work: what has just happened, with its undo. It has its own place and covers nothing. */
export function StatusLine({ onShowKeys }: { onShowKeys: () => void }) {
  const { t } = useTranslation();
  const current = useToasts((state) => state.current);
  return (
    <footer className={classes.bar}>
      <div className={classes.live} aria-live="polite" aria-atomic="true">
        {current && <Message key={current.id} toast={current} />}
      </div>
      <button type="button" className={classes.keys} onClick={onShowKeys} aria-label={t('app.keys.show')}>
        <KeyHint keys="?" quiet /> {t('app.keys.hint')}
      </button>
    </footer>
  );
}

function Message({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  const dismiss = useToasts((state) => state.dismiss);
  const [held, setHeld] = useState(false);
  const { id, tone, undo, next } = toast;
  useEffect(() => {
    if (held || tone === 'problem') return;
    const timer = setTimeout(() => dismiss(id), undo || next ? staysFor.undo : staysFor.plain);
    return () => clearTimeout(timer);
  }, [held, tone, undo, next, id, dismiss]);
  const takeBack = () => {
    dismiss(id);
    void undo?.();
  };
  const goOn = () => {
    dismiss(id);
    next?.run();
  };
  useKeys(t('app.keys.everywhere'), [
    ...(undo ? [{ keys: 'mod+z', label: t('app.keys.undo'), run: takeBack }] : []),
    ...(next ? [{ keys: next.keys, label: next.label, run: goOn }] : []),
  ]);
  const Icon = icons[tone];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at the line only keeps it there
    <div
      className={classes.message}
      data-tone={tone}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={16} stroke={1.8} aria-hidden className={classes.icon ?? ''} />
      <span className={classes.text}>{toast.text}</span>
      {next && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={goOn}
          rightSection={<KeyHint keys={next.keys} quiet />}
        >
          {next.label}
        </Button>
      )}
      {undo && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={takeBack}
          rightSection={<KeyHint keys="mod+z" quiet />}
        >
          {t('common.undo')}
        </Button>
      )}
      {tone === 'problem' && (
        <Button size="compact-xs" variant="subtle" onClick={() => dismiss(id)}>
          {t('common.dismiss')}
        </Button>
      )}
    </div>
  );
}
