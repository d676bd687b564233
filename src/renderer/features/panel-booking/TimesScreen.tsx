import { Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { failureOf } from '#renderer/ui/panel/failure-of.ts';
import parts from '#renderer/ui/panel/Parts.module.css';
import type { FreeSlot } from '#shared/contract/appointments.ts';
import type { PanelAppointment } from '#shared/contract/panel-booking.ts';
import type { AppointmentId, PatientId, PractitionerId, VisitTypeId } from '#shared/kernel/ids.ts';
import { seldom, useAppointment } from './asking.ts';
import { visitTypeIn } from './FindScreen.tsx';
import { OfPerson } from './OfPerson.tsx';
import { LiveNotice, Page } from './Page.tsx';
import classes from './PanelBooking.module.css';
import { anything, type Fit, useBooking } from './store.ts';
import { TimeButton } from './TimeButton.tsx';
import { useWhen } from './useWhen.ts';
import { ZoneNote } from './ZoneNote.tsx';

/** The free times of one doctor, by day. */
export function TimesScreen({ practitionerId }: { practitionerId: PractitionerId }) {
  const { t } = useTranslation();
  const { search } = useBooking();
  const [fits, setFits] = useState(true);
  const isChosen =
    search.locationId !== null || search.part !== null || search.from !== '' || search.weekdays.length > 0;
  const { data, error, refetch } = useCall('panel.bookable', {}, seldom);
  const failure = failureOf({ data, error });
  const doctor = data?.doctors.find(({ id }) => id === practitionerId);
  return (
    <Page
      title={doctor ? t('panelBooking.times', { doctor: doctor.name }) : t('panelBooking.timesOf')}
      back="/appointments/book"
      subject={practitionerId}
    >
      <LiveNotice live={data?.live} />
      {failure && <Failure failure={failure} onRetry={() => void refetch()} />}
      {isChosen && fits && (
        <p className={parts.quiet}>
          {t('panelBooking.fitting')}{' '}
          <Button variant="default" size="md" onClick={() => setFits(false)}>
            {t('panelBooking.allTimes')}
          </Button>
        </p>
      )}
      {data && !failure && (
        <Times
          key={String(fits)}
          practitionerId={practitionerId}
          visitTypeId={visitTypeIn(data, search.visitTypeId)}
          fit={isChosen && fits ? search : anything}
          moving={null}
          then="/appointments/confirm"
        />
      )}
    </Page>
  );
}

/** Another time for an appointment. */
export function MoveScreen({ id }: { id: AppointmentId }) {
  return <OfPerson>{(patientId) => <MoveTimes key={id} patientId={patientId} id={id} />}</OfPerson>;
}

function MoveTimes({ patientId, id }: { patientId: PatientId; id: AppointmentId }) {
  const { t } = useTranslation();
  const when = useWhen();
  const { data, error, refetch } = useAppointment(patientId, id);
  const failure = failureOf({ data, error });
  const appointment: PanelAppointment | undefined = data?.appointment;
  return (
    <Page title={t('panelBooking.newTime')} back={`/appointments/${id}`} subject={id}>
      <LiveNotice live={data?.live} />
      {failure && <Failure failure={failure} onRetry={() => void refetch()} />}
      {appointment && !failure && (
        <>
          <p className={parts.quiet}>
            {appointment.practitionerName}, {t('panelBooking.now', { when: when.when(appointment) })}
          </p>
          <Times
            practitionerId={appointment.practitionerId}
            visitTypeId={appointment.visitTypeId}
            fit={anything}
            moving={{ patientId, id }}
            then={`/appointments/${id}/confirm`}
          />
          <Link href="/appointments/book" className={parts.all ?? ''}>
            {t('panelBooking.otherDoctors')}
          </Link>
        </>
      )}
    </Page>
  );
}

interface TimesProps {
  readonly practitionerId: PractitionerId;
  readonly visitTypeId: VisitTypeId | null;
  readonly fit: Fit;
  readonly moving: { readonly patientId: PatientId; readonly id: AppointmentId } | null;
  /** Where one goes with a time. */
  readonly then: string;
}

function Times({ practitionerId, visitTypeId, fit, moving, then }: TimesProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const [, go] = useLocation();
  const pick = useBooking((state) => state.pick);
  const [before, setBefore] = useState<readonly (string | null)[]>([null]);
  const from = before.at(-1) ?? (fit.from || null);
  const { data, error, refetch } = useCall(
    'panel.times',
    {
      practitionerId,
      locationId: fit.locationId,
      visitTypeId,
      from,
      weekdays: [...fit.weekdays],
      part: fit.part,
      moving,
    },
    { ...seldom, keepPrevious: true },
  );
  const failure = failureOf({ data, error });
  if (failure) return <Failure failure={failure} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loader aria-label={t('common.loading')} />;
  const days = [...Map.groupBy(data.slots, (slot) => slot.startLocal.slice(0, 10))];
  const take = (slot: FreeSlot) => {
    pick(slot);
    go(then);
  };
  return (
    <>
      <ZoneNote slots={data.slots} />
      {days.length === 0 && (
        <p className={parts.quiet}>
          {t(fit === anything ? 'panelBooking.noTimes' : 'panelBooking.noneFitting')}
        </p>
      )}
      {days.map(([day, slots]) => (
        <section key={day} className={classes.day}>
          <h2>{when.fullDay(day)}</h2>
          {[...Map.groupBy(slots, (slot) => slot.locationName)].map(([site, there]) => (
            <div key={site} className={classes.day}>
              <span className={parts.quiet}>{site}</span>
              <ul className={classes.times}>
                {there.map((slot) => (
                  <li key={slot.startLocal}>
                    <TimeButton slot={slot} withDay={false} onTake={take} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      ))}
      <div className={parts.actions}>
        {before.length > 1 && (
          <Button variant="default" size="md" onClick={() => setBefore(before.slice(0, -1))}>
            {t('panelBooking.earlier')}
          </Button>
        )}
        {data.next !== null && (
          <Button variant="default" size="md" onClick={() => setBefore([...before, data.next])}>
            {t('panelBooking.later')}
          </Button>
        )}
      </div>
    </>
  );
}
