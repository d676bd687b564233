import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPencil } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import classes from './KeptForm.module.css';
import type { Keeping } from './useKeptForm.ts';

/** Says that what had been typed before is here, and takes it away; nothing when there was nothing. */
export function KeptNotice({ keeping }: { readonly keeping: Keeping }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (keeping.since === null) return null;
  const discard = (event: MouseEvent<HTMLButtonElement>) => {
    const sheet = event.currentTarget.closest('[role="dialog"]');
    const undo = keeping.discard();
    toast(t('common.kept.discarded'), { undo });
    // The button goes: typing begins where it does in a fresh form.
    sheet?.querySelector<HTMLElement>('[data-autofocus], input')?.focus();
  };
  return (
    <div className={classes.notice} role="status" data-aside>
      <span>{t('common.kept.before', { when: format.dateTime(keeping.since) })}</span>
      <Button type="button" variant="default" size="compact-xs" onClick={discard}>
        {t('common.kept.discard')}
      </Button>
    </div>
  );
}

/** Whether what is typed is in the workstation's file. */
export function KeptMark({ keeping: { state, problem, any } }: { readonly keeping: Keeping }) {
  const { t } = useTranslation();
  if (state === 'failed')
    return (
      <span className={classes.mark} data-state="failed" role="alert">
        <IconAlertTriangle size={14} stroke={2} aria-hidden />
        {t('common.kept.failed', { problem: errorText(t, problem && new AppErrorException(problem)) })}
      </span>
    );
  if (!any) return null;
  const Icon = state === 'kept' ? IconCircleCheck : IconPencil;
  return (
    <span className={classes.mark}>
      <Icon size={14} stroke={2} aria-hidden />
      {t(state === 'kept' ? 'common.kept.here' : 'common.kept.typing')}
    </span>
  );
}
