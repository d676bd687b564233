import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { ChartCard } from '#renderer/ui/ChartCard.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import type { ChartNav } from './parts.ts';
import { timelineIcons, useStatusWord } from './timeline-words.ts';
import classes from './VisitsCard.module.css';

/** As many as one takes in at a glance; the timeline has them all. */
const shown = 6;

/** When the patient was here last and comes next. */
export function VisitsCard({ chart, nav }: { chart: OpenChart; nav: ChartNav }) {
  const { t } = useTranslation();
  const format = useFormat();
  const statusWord = useStatusWord();
  const { data, error, refetch } = useCall('chart.timeline', {
    id: chart.patient.id,
    kinds: ['encounter', 'appointment'],
    // A visit comes twice at most: as it was booked, and as what was written in it.
    limit: 2 * shown,
  });
  return (
    <ChartCard
      title={t('chart.visits.title')}
      to={{ href: nav.path('timeline'), label: t('chart.visits.all') }}
    >
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className={classes.none}>{t('chart.visits.none')}</p>}
      <ul className={classes.list}>
        {data?.items.slice(0, shown).map((item) => {
          const Icon = timelineIcons[item.kind];
          return (
            <li key={item.id} className={classes.line}>
              <Icon size={16} stroke={1.6} aria-label={t(`chart.kind.${item.kind}`)} />
              <span className={classes.when}>{format.day(dayAt(Date.parse(item.at), format.timeZone))}</span>
              <span className={classes.what}>
                <span title={item.title ?? undefined}>{item.title ?? t(`chart.kind.${item.kind}`)}</span>
                <span className={classes.facts}>
                  {[statusWord(item), item.who].filter(Boolean).join(' · ')}
                </span>
              </span>
              <CertaintyMark certainty={item.certainty} quiet />
            </li>
          );
        })}
      </ul>
    </ChartCard>
  );
}
