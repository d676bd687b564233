import { Button, Loader, Textarea } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { AddToCalendar } from '#renderer/ui/panel/AddToCalendar.tsx';
import { failureOf } from '#renderer/ui/panel/failure-of.ts';
import { Notice } from '#renderer/ui/panel/Page.tsx';
import parts from '#renderer/ui/panel/Parts.module.css';
import { StateMark } from '#renderer/ui/panel/StateMark.tsx';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { PanelAppointment } from '#shared/contract/panel-booking.ts';
import type { PanelState } from '#shared/domain/panel-booking/state.ts';
import type { AppointmentId, PatientId } from '#shared/kernel/ids.ts';
import { useAppointment, useChange } from './asking.ts';
import { CheckInCard } from './CheckInCard.tsx';
import { OfPerson } from './OfPerson.tsx';
import { LiveNotice, Page } from './Page.tsx';
import classes from './PanelBooking.module.css';
import { useWhen } from './useWhen.ts';

/** One appointment: how it stands, what to know, and what can be done about it. It follows by itself. */
export function AppointmentScreen({ id }: { id: AppointmentId }) {
  return <OfPerson>{(patientId) => <Appointment key={id} patientId={patientId} id={id} />}</OfPerson>;
}

interface Of {
  readonly patientId: PatientId;
  readonly id: AppointmentId;
}

function Appointment({ patientId, id }: Of) {
  const { t } = useTranslation();
  const when = useWhen();
  const { data, error, refetch } = useAppointment(patientId, id);
  const failure = failureOf({ data, error });
  const title = data ? when.whenInFull(data.appointment) : t('panelBooking.title');
  return (
    <Page title={title} back="/appointments" subject={id}>
      {failure?.error.code === 'not-found' ? (
        <Notice tone="attention">
          {t('panelBooking.gone')}{' '}
          <Link href="/appointments" className={parts.all ?? ''}>
            {t('panelBooking.toList')}
          </Link>
        </Notice>
      ) : (
        failure && <Failure failure={failure} onRetry={() => void refetch()} />
      )}
      {data === undefined && !failure && <Loader aria-label={t('common.loading')} />}
      {data && !failure && <Body patientId={patientId} shown={data} />}
    </Page>
  );
}

/** What is still to come, so far as anybody knows. */
const ahead: readonly PanelState[] = ['to-be-confirmed', 'pending', 'confirmed', 'reschedule-proposed'];

function Body({ patientId, shown }: { patientId: PatientId; shown: Output<'panel.appointment'> }) {
  const { t } = useTranslation();
  const { appointment, fee, live } = shown;
  const { state } = appointment;
  return (
    <>
      <LiveNotice live={live} />
      <div role="status" className={classes.lines}>
        <StateMark state={state} />
        <p className={parts.quiet}>{t(`panelBooking.about.${state}`)}</p>
      </div>
      {appointment.checkIn && (
        <CheckInCard checkIn={appointment.checkIn} locationName={appointment.locationName} />
      )}
      {appointment.proposed && <Offer patientId={patientId} appointment={appointment} />}
      <section className={parts.card}>
        <Facts appointment={appointment} fee={fee} />
      </section>
      {ahead.includes(state) && (
        <section className={classes.lines}>
          <h2>{t('panelBooking.bring')}</h2>
          <p className={parts.quiet}>{t('panelBooking.bringText')}</p>
        </section>
      )}
      {ahead.includes(state) && (
        <>
          <AddToCalendar patientId={patientId} appointmentId={appointment.id} />
          <Link href="/calendar" className={parts.all ?? ''}>
            {t('panelBooking.calendar')}
          </Link>
        </>
      )}
      <Changes patientId={patientId} appointment={appointment} />
    </>
  );
}

function Facts({
  appointment,
  fee,
}: {
  appointment: PanelAppointment;
  fee: Output<'panel.appointment'>['fee'];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const when = useWhen();
  const { person } = usePerson();
  const { practitionerName, speciality, locationName, address, phone, visitTypeName, minutes, reason } =
    appointment;
  const elsewhere = when.elsewhere(appointment);
  return (
    <dl className={classes.facts}>
      <dt>{t('panelBooking.when')}</dt>
      <dd>
        {when.whenInFull(appointment)}
        {elsewhere && <div className={parts.quiet}>{t('panelBooking.otherZone', { time: elsewhere })}</div>}
      </dd>
      <dt>{t('panelBooking.doctor')}</dt>
      <dd>
        {practitionerName}
        <div className={parts.quiet}>{speciality}</div>
      </dd>
      <dt>{t('panelBooking.where')}</dt>
      <dd>
        {locationName}
        {address && <div className={parts.quiet}>{address}</div>}
      </dd>
      {phone && (
        <>
          <dt>{t('panelBooking.phone')}</dt>
          <dd>
            <a href={`tel:${phone}`}>{formatPhone(phone)}</a>
          </dd>
        </>
      )}
      <dt>{t('panelBooking.kind')}</dt>
      <dd>{[visitTypeName, t('panelBooking.minutes', { minutes })].filter(Boolean).join(', ')}</dd>
      {fee && (
        <>
          <dt>{t('panelBooking.cost')}</dt>
          <dd>{t('panelBooking.fee', { fee: format.money(fee.amount, fee.currency) })}</dd>
        </>
      )}
      <dt>{t('panelBooking.who')}</dt>
      <dd>{person?.name}</dd>
      {reason && (
        <>
          <dt>{t('panelBooking.reason')}</dt>
          <dd>{reason}</dd>
        </>
      )}
    </dl>
  );
}

interface ChangeProps {
  readonly patientId: PatientId;
  readonly appointment: PanelAppointment;
}

const wasOf = ({ practitionerId, startLocal }: PanelAppointment) => ({ practitionerId, startLocal });

/** The other time the doctor offers, to be taken with one press. */
function Offer({ patientId, appointment }: ChangeProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const move = useChange('panel.move');
  const { id, practitionerId, locationId, proposed } = appointment;
  if (proposed === null) return null;
  return (
    <section className={parts.card}>
      <div className={classes.lines}>
        <span className={parts.quiet}>{t('panelBooking.offered')}</span>
        <span className={classes.strong}>{when.whenInFull(proposed)}</span>
      </div>
      {move.error && <p role="alert">{errorText(t, move.error)}</p>}
      <Button
        size="lg"
        loading={move.isPending}
        onClick={() =>
          move.mutate({
            patientId,
            id,
            practitionerId,
            locationId,
            startLocal: proposed.startLocal,
            was: wasOf(appointment),
          })
        }
      >
        {t('panelBooking.accept')}
      </Button>
    </section>
  );
}

/** What a new time is called where one is needed. */
const needsTime: readonly PanelState[] = ['rejected', 'lost-its-time'];

function Changes({ patientId, appointment }: ChangeProps) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const { id, state, move, cancel, phone, cancelHours } = appointment;
  if (cancel === 'none' && move === 'none') return null;
  if (isAsked)
    return <CancelForm patientId={patientId} appointment={appointment} onKeep={() => setAsked(false)} />;
  const word = state === 'reschedule-proposed' ? 'choose' : needsTime.includes(state) ? 'newTime' : 'change';
  return (
    <>
      {(cancel === 'late' || move === 'late') && (
        <Notice>
          {cancel === 'late'
            ? t('panelBooking.callHours', { hours: cancelHours })
            : t('panelBooking.callMove')}
          {phone && (
            <div>
              <a href={`tel:${phone}`} className={parts.all}>
                <IconPhone size={20} aria-hidden />
                {t('panelBooking.call', { phone: formatPhone(phone) })}
              </a>
            </div>
          )}
        </Notice>
      )}
      <div className={parts.actions}>
        {move === 'allowed' && (
          <Button
            component={Link}
            href={`/appointments/${id}/move`}
            size="lg"
            variant={word === 'newTime' ? 'filled' : 'default'}
          >
            {t(`panelBooking.${word}`)}
          </Button>
        )}
        {cancel === 'allowed' && (
          <Button size="lg" variant="default" onClick={() => setAsked(true)}>
            {state === 'confirmed' || state === 'to-be-confirmed'
              ? t('panelBooking.cancel')
              : t('panelBooking.decline')}
          </Button>
        )}
      </div>
    </>
  );
}

function CancelForm({ patientId, appointment, onKeep }: ChangeProps & { readonly onKeep: () => void }) {
  const { t } = useTranslation();
  const cancel = useChange('panel.cancel');
  const [reason, setReason] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className={parts.card}
      onSubmit={(event) => {
        event.preventDefault();
        cancel.mutate({ patientId, id: appointment.id, reason, was: wasOf(appointment) });
      }}
    >
      <p className={classes.strong}>{t('panelBooking.cancelAsk')}</p>
      <Textarea
        size="md"
        autosize
        minRows={2}
        maxLength={300}
        label={t('panelBooking.cancelReason')}
        value={reason}
        ref={field}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {cancel.error && <p role="alert">{errorText(t, cancel.error)}</p>}
      <div className={parts.actions}>
        <Button type="submit" size="lg" color="red.9" loading={cancel.isPending}>
          {t('panelBooking.cancelYes')}
        </Button>
        <Button size="lg" variant="default" onClick={onKeep}>
          {t('panelBooking.keep')}
        </Button>
      </div>
    </form>
  );
}
