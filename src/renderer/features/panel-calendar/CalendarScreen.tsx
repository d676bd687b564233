import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { AddToCalendar } from '#renderer/ui/panel/AddToCalendar.tsx';
import { failureOf } from '#renderer/ui/panel/failure-of.ts';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OwnPerson } from '#shared/contract/panel.ts';
import type { PanelAppointment } from '#shared/contract/panel-booking.ts';
import classes from './Calendar.module.css';
import { SubscribeCard } from './SubscribeCard.tsx';

/** The clinic has not agreed to the time yet, or the centre has not confirmed it. */
const unsure: readonly PanelAppointment['state'][] = ['to-be-confirmed', 'pending', 'reschedule-proposed'];

function Upcoming({ patientId }: Pick<OwnPerson, 'patientId'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useCall('panel.appointments', {
    patientId,
    when: 'upcoming',
    after: null,
    limit: 10,
  });
  const failure = failureOf({ data, error });
  if (failure) return <Failure failure={failure} onRetry={() => void refetch()} />;
  if (data?.appointments.length === 0) return <p>{t('panelCalendar.none')}</p>;
  return (
    <ul className={classes.list}>
      {data?.appointments.map(({ id, startLocal, locationName, state }) => (
        <li key={id}>
          <div>
            <strong>
              {format.day(startLocal, 'weekday')}, {formatWallTime(startLocal)}
            </strong>
            <div className={classes.quiet}>
              {locationName}
              {unsure.includes(state) && `, ${t('panelCalendar.unconfirmed')}`}
            </div>
          </div>
          <AddToCalendar patientId={patientId} appointmentId={id} />
        </li>
      ))}
    </ul>
  );
}

/** A patient's appointments in a calendar of their own: all by subscription, or one at a time. */
export function CalendarScreen() {
  const { t } = useTranslation();
  const { person } = usePerson();
  return (
    <div className={classes.page}>
      <h1>{t('panelCalendar.title')}</h1>
      <SubscribeCard />
      {person && (
        <section className={classes.card} aria-labelledby="calendar-single">
          <h2 id="calendar-single">{t('panelCalendar.single')}</h2>
          <Upcoming patientId={person.patientId} />
        </section>
      )}
    </div>
  );
}
