import { IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { LinkRequest } from '#shared/contract/panel-desk.ts';
import classes from './Requests.module.css';
import { requestTitle } from './request-words.ts';

/** Somebody who waits to be told who they are, in a list. */
export function RequestLine({ request }: { request: LinkRequest }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={classes.lineItem}>
      <span className={classes.lineName}>{requestTitle(t, request)}</span>
      <span className={classes.lineAbout}>{request.accountEmail}</span>
      <span className={classes.lineWhy}>
        <IconUserQuestion size={14} stroke={1.8} aria-hidden />
        {t('conflicts.since', { time: format.dateTime(request.requestedAt) })}
      </span>
    </span>
  );
}
