import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { clockTime, minutesOf } from '#renderer/ui/DayBoard/time.ts';
import { formatWallTime } from '#renderer/ui/format.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { useFee } from '#renderer/ui/useFee.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useVisitTypeHues } from '#renderer/ui/visit-type-hues.ts';
import { stateText } from '#renderer/ui/visits/visit-words.ts';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import classes from './Sheets.module.css';

/** All that is known of an appointment; what is not known takes no room. */
export function Facts({ appointment }: { appointment: AppointmentView }) {
  const { t } = useTranslation();
  const hues = useVisitTypeHues();
  const format = useFormat();
  const start = minutesOf(appointment.startLocal);
  const { patientBirthDate: born, patientPhone, participantStatus, certainty } = appointment;
  const status = stateText(t, appointment, null);
  const { visitTypeId, locationId, startLocal } = appointment;
  const fee = useFee({ visitTypeId, locationId, day: startLocal.slice(0, 10) });
  return (
    <>
      <div className={classes.person}>
        <div className={classes.name}>{appointment.patientName}</div>
        <p className={classes.sub}>
          {[appointment.patientMrn, born && `${format.day(born)} (${format.age(born)})`]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <dl className={classes.facts}>
        <Fact label={t('appointments.details.when')}>
          {format.day(appointment.startLocal, 'weekday')}, {clockTime(start)}–
          {clockTime(Math.min(start + appointment.minutes, 24 * 60))} (
          {t('appointments.book.minutes', { count: appointment.minutes })})
        </Fact>
        {appointment.visitTypeName && (
          <Fact label={t('appointments.book.visitType')}>
            <span className="hue" data-hue={hues.get(appointment.visitTypeId ?? '')}>
              {appointment.visitTypeName}
            </span>
          </Fact>
        )}
        {fee && <Fact label={t('appointments.details.fee')}>{fee}</Fact>}
        <Fact label={t('appointments.details.practitioner')}>{appointment.practitionerName}</Fact>
        <Fact label={t('appointments.details.place')}>{appointment.locationName}</Fact>
        <Fact label={t('appointments.details.status')}>
          {[
            appointment.needsRebooking ? t('appointments.mark.needsRebooking') : status,
            appointment.walkIn && t('appointments.mark.walkIn'),
            appointment.overbooked && !appointment.walkIn && t('appointments.details.overbooked'),
            appointment.fromPanel && t('panelDesk.fromPanel'),
          ]
            .filter(Boolean)
            .join(', ')}
        </Fact>
        {appointment.overbookReason && (
          <Fact label={t('appointments.details.overbookReason')}>{appointment.overbookReason}</Fact>
        )}
        {participantStatus !== 'accepted' && (
          <Fact label={t('appointments.details.answer')}>
            {t(`appointments.answer.${participantStatus}`)}
          </Fact>
        )}
        <Fact label={t('appointments.details.centre')}>
          <CertaintyMark certainty={certainty} />
          <span aria-hidden>{t(`common.certainty.${certainty}`)}</span>
        </Fact>
        <Fact label={t('appointments.details.phone')}>
          {patientPhone ? (
            <a href={`tel:${patientPhone}`}>{formatPhone(patientPhone)}</a>
          ) : (
            t('appointments.details.noPhone')
          )}
        </Fact>
        {appointment.description && (
          <Fact label={t('appointments.details.note')}>{appointment.description}</Fact>
        )}
        {appointment.cancelReason && (
          <Fact label={t('appointments.details.cancelReason')}>{appointment.cancelReason}</Fact>
        )}
      </dl>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Whose appointment, and when: in one line above a form about it. */
export function About({ appointment }: { appointment: AppointmentView }) {
  const format = useFormat();
  const { patientName, startLocal, practitionerName } = appointment;
  return (
    <div className={classes.person}>
      <div className={classes.name}>{patientName}</div>
      <p className={classes.sub}>
        {format.day(startLocal, 'weekday')} {formatWallTime(startLocal)} · {practitionerName}
      </p>
    </div>
  );
}
