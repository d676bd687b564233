import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { ProtectionNotes } from '#renderer/ui/ProtectionNotes.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { DeskFacts } from './DeskFacts.tsx';
import { DesksTable } from './DesksTable.tsx';
import { DoctorsTable } from './DoctorsTable.tsx';
import { FirstSteps, isBeginning, useFirstSteps } from './FirstSteps.tsx';
import classes from './Overview.module.css';
import { SitesTable } from './SitesTable.tsx';
import { Tiles } from './Tiles.tsx';
import { TrendTable } from './TrendTable.tsx';
import { WaitsTable } from './WaitsTable.tsx';

/** Who waits and is free changes with the time as well. */
const glance = 60_000;

/** How the clinic, or the site chosen above, stands today, and the last 30 days against the 30 before. */
export function OverviewScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const locationId = usePreferences((state) => state.siteId) as LocationId | null;
  const today = useCall('overview.today', { locationId }, { keepPrevious: true, every: glance });
  const trend = useCall('overview.trend', { locationId }, { keepPrevious: true });
  const steps = useFirstSteps();
  const failure = today.error ?? trend.error;
  const { data } = today;
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>{t('overview.title')}</h1>
        {data && <p className={classes.asOf}>{t('overview.asOf', { time: format.time(data.asOf) })}</p>}
      </div>
      <OnlyHere />
      <ProtectionNotes />
      {failure && (
        <Failure failure={failure} onRetry={() => void Promise.all([today.refetch(), trend.refetch()])} />
      )}
      {!data && !failure && (
        <div className={classes.loading} aria-busy="true">
          <Loader size="sm" aria-label={t('overview.loading')} />
        </div>
      )}
      {data && (
        <div className={classes.body}>
          {isBeginning(steps) ? (
            <FirstSteps steps={steps} />
          ) : (
            <>
              <Tiles today={data} site={locationId} />
              <DoctorsTable today={data} site={locationId} />
              <div className={classes.pair}>
                <TrendTable today={data} trend={trend.data} site={locationId} />
                <WaitsTable today={data.waits} recent={trend.data?.waits ?? []} />
              </div>
            </>
          )}
          <DesksTable />
          <div className={classes.pair}>
            {locationId === null && data.sites.length > 0 && <SitesTable today={data} />}
            <DeskFacts />
          </div>
        </div>
      )}
    </div>
  );
}

/** Without the centre the figures are of this workstation alone, and that is said. */
function OnlyHere() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useCall('sync.status', {});
  if (data === undefined || data.connection === 'live') return null;
  return (
    <p className={classes.note} role="status">
      {data.offlineSince
        ? t('overview.onlyHere', { time: format.dateTime(data.offlineSince) })
        : t('overview.onlyHereUnknown')}
    </p>
  );
}
