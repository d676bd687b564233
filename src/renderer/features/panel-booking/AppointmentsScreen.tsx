import { Button, Loader } from '@mantine/core';
import { IconCalendarPlus, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { failureOf } from '#renderer/ui/panel/failure-of.ts';
import parts from '#renderer/ui/panel/Parts.module.css';
import { StateMark } from '#renderer/ui/panel/StateMark.tsx';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { PanelAppointment } from '#shared/contract/panel-booking.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { seldom, useUpcoming } from './asking.ts';
import { LiveNotice, Page } from './Page.tsx';
import classes from './PanelBooking.module.css';
import { useWhen } from './useWhen.ts';

/** What somebody has ahead, and what is over. */
export function AppointmentsScreen() {
  const { t } = useTranslation();
  const { person } = usePerson();
  return (
    <Page title={t('panelBooking.title')}>
      {person === undefined ? (
        <p className={parts.quiet}>{t('panelBooking.nobody')}</p>
      ) : (
        <Lists key={person.patientId} patientId={person.patientId} />
      )}
    </Page>
  );
}

type After = Output<'panel.appointments'>['next'];

function Lists({ patientId }: { patientId: PatientId }) {
  const { t } = useTranslation();
  const [showsPast, setShowsPast] = useState(false);
  const { data, error, refetch } = useUpcoming(patientId);
  const failure = failureOf({ data, error });
  return (
    <>
      <Button
        component={Link}
        href="/appointments/book"
        size="lg"
        leftSection={<IconCalendarPlus size={22} stroke={1.6} aria-hidden />}
      >
        {t('panelBooking.book')}
      </Button>
      <LiveNotice live={data?.live} />
      <h2>{t('panelBooking.upcoming')}</h2>
      {failure && <Failure failure={failure} onRetry={() => void refetch()} />}
      {data === undefined && !failure && <Loader aria-label={t('common.loading')} />}
      {data?.appointments.length === 0 && !failure && (
        <p className={parts.quiet}>{t('panelBooking.nothing')}</p>
      )}
      {data && !failure && <Cards appointments={data.appointments} />}
      <Link href="/calendar" className={parts.all ?? ''}>
        {t('panelBooking.calendar')}
      </Link>
      {showsPast ? (
        <>
          <h2>{t('panelBooking.past')}</h2>
          <PastPage patientId={patientId} after={null} />
        </>
      ) : (
        <Button variant="default" size="md" onClick={() => setShowsPast(true)}>
          {t('panelBooking.showPast')}
        </Button>
      )}
    </>
  );
}

/** One page of what is over, and the next when it is asked for. */
function PastPage({ patientId, after }: { patientId: PatientId; after: After }) {
  const { t } = useTranslation();
  const [goesOn, setGoesOn] = useState(false);
  const { data, error, refetch } = useCall('panel.appointments', { patientId, when: 'past', after }, seldom);
  const failure = failureOf({ data, error });
  if (failure) return <Failure failure={failure} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loader aria-label={t('common.loading')} />;
  if (after === null && data.appointments.length === 0)
    return <p className={parts.quiet}>{t('panelBooking.nothingPast')}</p>;
  return (
    <>
      <Cards appointments={data.appointments} />
      {data.next !== null &&
        (goesOn ? (
          <PastPage patientId={patientId} after={data.next} />
        ) : (
          <Button variant="default" size="md" onClick={() => setGoesOn(true)}>
            {t('panelBooking.more')}
          </Button>
        ))}
    </>
  );
}

function Cards({ appointments }: { appointments: readonly PanelAppointment[] }) {
  const when = useWhen();
  return (
    <ul className={parts.list}>
      {appointments.map((one) => (
        <li key={one.id}>
          <Link href={`/appointments/${one.id}`} className={`${parts.card} ${classes.row}`}>
            <span className={classes.lines}>
              <span className={classes.strong}>{when.when(one)}</span>
              <span>{one.practitionerName}</span>
              <span className={parts.quiet}>
                {[one.locationName, one.visitTypeName].filter(Boolean).join(' · ')}
              </span>
              <StateMark state={one.state} />
            </span>
            <IconChevronRight size={20} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}
