import { IconAlertTriangle, IconCircleCheck, IconPencil } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Kept } from './keeper.ts';
import classes from './Notes.module.css';

/** The time now, looked at every so often while somebody watches. */
function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** Whether what is on the screen is in the file, and since when. */
export function SavedMark({ kept: { state, saved, problem } }: { readonly kept: Kept }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(1000);
  if (state === 'failed')
    return (
      <span className={classes.saved} data-state="failed" role="alert">
        <IconAlertTriangle size={14} stroke={2} aria-hidden />
        {t('notes.saved.failed', {
          problem: errorText(t, problem && new AppErrorException(problem)),
        })}
      </span>
    );
  const seconds = saved === null ? 0 : Math.floor((now - Date.parse(saved.savedAt)) / 1000);
  const Icon = state === 'kept' && saved !== null ? IconCircleCheck : IconPencil;
  return (
    <span className={classes.saved} data-state={state}>
      <Icon size={14} stroke={2} aria-hidden />
      {state === 'typing'
        ? t('notes.saved.typing')
        : saved === null
          ? t('notes.saved.never')
          : seconds < 2
            ? t('notes.saved.now')
            : t('notes.saved.ago', { time: format.duration(seconds) })}
    </span>
  );
}
