import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { ChartCard } from '#renderer/ui/ChartCard.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import classes from './DocumentsView.module.css';
import { PlaceMark } from './PlaceMark.tsx';

/** As many as a glance takes in. */
const shown = 5;

/** The latest documents of a chart, and the way to all of them. */
export function DocumentsCard({ chart, href }: { chart: OpenChart; href: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const input = { patientId: chart.patient.id, limit: shown };
  const { data, error, refetch } = useCall('documents.list', input);
  const documents = data?.documents.filter(({ voided }) => voided === null) ?? [];
  return (
    <ChartCard title={t('documents.title')} to={{ href, label: t('documents.all') }}>
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {data !== undefined && documents.length === 0 && <p className={classes.none}>{t('documents.none')}</p>}
      <ul className={classes.card}>
        {documents.map((document) => (
          <li key={document.id} className={classes.line}>
            <span title={document.title}>{document.title}</span>
            <span className={classes.day}>
              {t(`documents.category.${document.category}`)} ·{' '}
              {format.day(dayAt(Date.parse(document.createdAt), format.timeZone))}
            </span>
            <PlaceMark place={document.place} />
            <CertaintyMark certainty={document.certainty} quiet />
          </li>
        ))}
      </ul>
    </ChartCard>
  );
}
