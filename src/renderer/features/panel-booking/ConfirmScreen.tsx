import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import parts from '#renderer/ui/panel/Parts.module.css';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import type { FreeSlot } from '#shared/contract/appointments.ts';
import type { PanelAppointment } from '#shared/contract/panel-booking.ts';
import type { AppointmentId, PatientId, VisitTypeId } from '#shared/kernel/ids.ts';
import { seldom, useAppointment, useChange } from './asking.ts';
import { ChosenFacts } from './ChosenFacts.tsx';
import { visitTypeIn } from './FindScreen.tsx';
import { HoldLine } from './HoldLine.tsx';
import { OfPerson } from './OfPerson.tsx';
import { Page } from './Page.tsx';
import { useBooking } from './store.ts';
import { useHold } from './useHold.ts';

/** The last look before a time is asked for; meanwhile it is kept. */
export function ConfirmScreen() {
  const { person } = usePerson();
  const { chosen, search } = useBooking();
  const { data } = useCall('panel.bookable', {}, seldom);
  if (chosen === null || person === undefined) return <Redirect to="/appointments/book" replace />;
  if (data === undefined) return null;
  const site = data.sites.find(({ id }) => id === chosen.locationId);
  return (
    <Booking
      slot={chosen}
      patientId={person.patientId}
      visitTypeId={visitTypeIn(data, search.visitTypeId)}
      kind={data.visitTypes.find(({ id }) => id === visitTypeIn(data, search.visitTypeId))?.name ?? null}
      address={site?.address ?? null}
      asks={site?.asks ?? true}
    />
  );
}

interface BookingProps {
  readonly slot: FreeSlot;
  readonly patientId: PatientId;
  readonly visitTypeId: VisitTypeId | null;
  readonly kind: string | null;
  readonly address: string | null;
  readonly asks: boolean;
}

const placeOf = ({ practitionerId, locationId, startLocal }: FreeSlot) => ({
  practitionerId,
  locationId,
  startLocal,
});

function Booking({ slot, patientId, visitTypeId, kind, address, asks }: BookingProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const pick = useBooking((state) => state.pick);
  const [reason, setReason] = useState('');
  const book = useChange('panel.book');
  const wanted = { patientId, ...placeOf(slot), visitTypeId };
  const holding = useHold(wanted);
  const submit = () =>
    book.mutate(
      { ...wanted, reason },
      {
        onSuccess: ({ id }) => {
          go(`/appointments/${id}`, { replace: true });
          pick(null);
        },
      },
    );
  const times = `/appointments/doctor/${slot.practitionerId}`;
  return (
    <Page title={t('panelBooking.check')} back={times}>
      <section className={parts.card}>
        <ChosenFacts slot={slot} kind={kind} address={address} fee={holding.fee} />
        <HoldLine holding={holding} />
      </section>
      <form
        className={parts.page}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Textarea
          size="md"
          autosize
          minRows={2}
          maxLength={300}
          label={t('panelBooking.reason')}
          description={t('panelBooking.reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {book.error && <p role="alert">{errorText(t, book.error)}</p>}
        {asks && <p className={parts.quiet}>{t('panelBooking.takesEffect')}</p>}
        <div className={parts.actions}>
          <Button
            type="submit"
            size="lg"
            loading={book.isPending}
            disabled={holding.kept === 'refused' || holding.kept === 'expired'}
          >
            {asks ? t('panelBooking.request') : t('panelBooking.bookNow')}
          </Button>
          <Button component={Link} href={times} size="lg" variant="default">
            {t('panelBooking.otherTimes')}
          </Button>
        </div>
      </form>
    </Page>
  );
}

/** The same for another time of an appointment. */
export function MoveConfirmScreen({ id }: { id: AppointmentId }) {
  const chosen = useBooking((state) => state.chosen);
  if (chosen === null) return <Redirect to={`/appointments/${id}/move`} replace />;
  return <OfPerson>{(patientId) => <MoveOf patientId={patientId} id={id} slot={chosen} />}</OfPerson>;
}

function MoveOf({ patientId, id, slot }: { patientId: PatientId; id: AppointmentId; slot: FreeSlot }) {
  const { data } = useAppointment(patientId, id);
  const { data: bookable } = useCall('panel.bookable', {}, seldom);
  if (data === undefined || bookable === undefined) return null;
  const site = bookable.sites.find((one) => one.id === slot.locationId);
  return (
    <Moving
      patientId={patientId}
      appointment={data.appointment}
      slot={slot}
      address={site?.address ?? null}
      asks={site?.asks ?? true}
    />
  );
}

interface MovingProps {
  readonly patientId: PatientId;
  readonly appointment: PanelAppointment;
  readonly slot: FreeSlot;
  readonly address: string | null;
  readonly asks: boolean;
}

function Moving({ patientId, appointment, slot, address, asks }: MovingProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const pick = useBooking((state) => state.pick);
  const move = useChange('panel.move');
  // As it was when this was begun: where a desk moves it meanwhile, the host says so.
  const [was] = useState({
    practitionerId: appointment.practitionerId,
    startLocal: appointment.startLocal,
  });
  const { id, visitTypeId } = appointment;
  const holding = useHold({ patientId, ...placeOf(slot), visitTypeId, moving: id });
  const times = `/appointments/${id}/move`;
  return (
    <Page title={t('panelBooking.checkMove')} back={times}>
      <section className={parts.card}>
        <ChosenFacts slot={slot} kind={appointment.visitTypeName} address={address} fee={holding.fee} />
        <HoldLine holding={holding} times={times} />
      </section>
      {move.error && <p role="alert">{errorText(t, move.error)}</p>}
      {asks && <p className={parts.quiet}>{t('panelBooking.takesEffect')}</p>}
      <div className={parts.actions}>
        <Button
          size="lg"
          loading={move.isPending}
          disabled={holding.kept === 'refused' || holding.kept === 'expired'}
          onClick={() =>
            move.mutate(
              { patientId, id, ...placeOf(slot), was },
              {
                onSuccess: () => {
                  go(`/appointments/${id}`, { replace: true });
                  pick(null);
                },
              },
            )
          }
        >
          {asks ? t('panelBooking.request') : t('panelBooking.bookNow')}
        </Button>
        <Button component={Link} href={`/appointments/${id}`} size="lg" variant="default">
          {t('panelBooking.keep')}
        </Button>
      </div>
    </Page>
  );
}
