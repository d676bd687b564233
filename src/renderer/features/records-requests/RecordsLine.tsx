import { IconFileText } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { RecordsRequest } from '#shared/contract/panel-records.ts';
import classes from './RecordsRequests.module.css';

/** A request for records in the list of what waits. */
export function RecordsLine({ request }: { request: RecordsRequest }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={classes.line}>
      <span className={classes.name}>{t('panelRecords.desk.line', { name: request.patientName })}</span>
      <span className={classes.about}>{request.what}</span>
      <span className={classes.why}>
        <IconFileText size={14} stroke={1.8} aria-hidden />
        {t('conflicts.since', { time: format.dateTime(request.createdAt) })}
      </span>
    </span>
  );
}
