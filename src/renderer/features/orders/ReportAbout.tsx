import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ReportView } from '#shared/contract/orders.ts';
import classes from './Results.module.css';

/** When it was taken, where, for whom, by whom it was entered and who has read it. */
export function ReportAbout({ report }: { report: ReportView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [
    format.dateTime(report.effectiveAt),
    report.performer,
    report.requesterName
      ? t('orders.about.requester', { name: report.requesterName })
      : t('orders.about.noRequester'),
    report.recordedBy && t('orders.about.enteredBy', { name: report.recordedBy }),
    report.isCorrection && t('orders.about.correction'),
    report.correctedBy && t('orders.about.corrected'),
    report.read &&
      t('orders.about.read', { name: report.read.by ?? '–', at: format.dateTime(report.read.at) }),
    report.read?.note,
  ].filter(Boolean);
  return <p className={classes.about}>{facts.join(' · ')}</p>;
}
