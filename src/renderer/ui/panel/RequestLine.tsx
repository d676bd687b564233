import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientRequest } from '#shared/contract/panel-records.ts';
import classes from './Parts.module.css';

const tones = { requested: 'waiting', completed: 'good', rejected: 'attention', cancelled: 'quiet' } as const;

/** What was asked for and what became of it. While the centre has not got it, it is not said that the clinic has. */
export function RequestLine({ request }: { request: PatientRequest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, what, why, status, certainty, askedAt, answeredAt, answer } = request;
  const shown = status === 'requested' && certainty !== 'confirmed' ? 'waiting' : status;
  return (
    <div className={classes.line}>
      <span className={classes.name}>
        {[t(`panelRecords.requestKind.${kind}`), what].filter(Boolean).join(': ')}
      </span>
      {why !== '' && <span className={classes.text}>{why}</span>}
      <span className={classes.mark} data-tone={tones[status]}>
        {t(`panelRecords.requestStatus.${shown}`)}
      </span>
      {answer !== '' && <span className={classes.text}>{t('panelRecords.answer', { text: answer })}</span>}
      <span className={classes.about}>
        {answeredAt === null
          ? t('panelRecords.askedOn', { date: format.dateTime(askedAt) })
          : t(`panelRecords.${status === 'cancelled' ? 'withdrawnOn' : 'answeredOn'}`, {
              date: format.dateTime(answeredAt),
            })}
      </span>
    </div>
  );
}
