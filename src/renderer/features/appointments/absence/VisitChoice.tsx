import { Button } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AbsenceChoice, AbsenceDetails, AbsenceVisit } from '#shared/contract/absence.ts';
import { FreeSlots } from '../FreeSlots.tsx';
import classes from './AbsenceScreen.module.css';

interface VisitChoiceProps {
  readonly visit: AbsenceVisit;
  readonly absence: AbsenceDetails;
  /** Nobody is given another time with who leaves for good. */
  readonly leaves: boolean;
  readonly choices: readonly AbsenceChoice[];
  readonly onChoose: (choice: AbsenceChoice) => void;
  readonly onLeave: () => void;
  readonly paneRef: RefObject<HTMLElement | null>;
}

/** One affected appointment: whom it is about, and another time for it, the worklist, or cancelling. */
export function VisitChoice({
  visit,
  absence,
  leaves,
  choices,
  onChoose,
  onLeave,
  paneRef,
}: VisitChoiceProps) {
  const { t } = useTranslation();
  const { appointment, slot, choice, lost } = visit;
  const { id } = appointment;
  const [cancelling, setCancelling] = useState(false);
  const { data, error, refetch } = useCall(
    'absence.slots',
    { absence, choices: [...choices], leaves, id },
    { keepPrevious: true },
  );
  const marked = data?.findIndex(
    (one) => one.practitionerId === slot?.practitionerId && one.startLocal === slot.startLocal,
  );
  const pick = (index: number) => {
    const one = data?.[index];
    if (one) onChoose({ kind: 'move', id, practitionerId: one.practitionerId, startLocal: one.startLocal });
  };
  const leave = () => onChoose({ kind: 'leave', id });
  useKeys(t('absence.keys'), [
    ...[0, 1, 2, 3, 4].map((index) => ({
      keys: String(index + 1),
      label: t('absence.action.pick'),
      run: () => pick(index),
      enabled: index < (data?.length ?? 0),
    })),
    { keys: 'w', label: t('absence.toWorklist'), run: leave },
    { keys: 'x', label: t('absence.cancel'), run: () => setCancelling(true) },
    { keys: 'ArrowLeft', label: t('absence.action.toList'), run: onLeave },
  ]);
  return (
    <aside ref={paneRef} className={classes.side} aria-label={appointment.patientName}>
      <About visit={visit} />
      {lost && (
        <p className={classes.lost}>
          <IconClockExclamation size={16} stroke={1.8} aria-hidden />
          {t('absence.lost')}
        </p>
      )}
      {error ? (
        <Failure failure={error} onRetry={() => void refetch()} />
      ) : (
        <FreeSlots
          label={t('absence.slots')}
          slots={data}
          numbered
          atOneSite
          chosen={marked}
          none={t('absence.slotsNone')}
          onPick={(one) => pick(data?.indexOf(one) ?? -1)}
        />
      )}
      {cancelling ? (
        <CancelForm
          onSubmit={(reason) => {
            onChoose({ kind: 'cancel', id, reason });
            setCancelling(false);
            onLeave();
          }}
          onKeep={() => setCancelling(false)}
        />
      ) : (
        <div className={classes.actions}>
          <Button
            variant="default"
            onClick={leave}
            aria-pressed={choice.kind === 'leave'}
            rightSection={<KeyHint keys="w" quiet />}
          >
            {t('absence.toWorklist')}
          </Button>
          <Button
            variant="default"
            onClick={() => setCancelling(true)}
            aria-pressed={choice.kind === 'cancel'}
            rightSection={<KeyHint keys="x" quiet />}
          >
            {t('absence.cancel')}
          </Button>
        </div>
      )}
    </aside>
  );
}

function About({ visit: { appointment } }: { visit: AbsenceVisit }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { patientName, patientPhone, startLocal, locationName, visitTypeName, description } = appointment;
  const about = [visitTypeName, description].filter(Boolean).join(' · ');
  return (
    <div>
      <h2 className={classes.person}>{patientName}</h2>
      <p className={classes.about}>
        {format.day(startLocal, 'weekday')} {formatWallTime(startLocal)} · {locationName}
      </p>
      {about && <p className={classes.about}>{about}</p>}
      <p className={classes.about}>
        {patientPhone ? (
          <a href={`tel:${patientPhone}`}>{formatPhone(patientPhone)}</a>
        ) : (
          t('appointments.details.noPhone')
        )}
      </p>
    </div>
  );
}

function CancelForm({ onSubmit, onKeep }: { onSubmit: (reason: string) => void; onKeep: () => void }) {
  const { t } = useTranslation();
  useKeys(t('absence.keys'), [{ keys: 'Escape', label: t('absence.keep'), run: onKeep, inFields: true }]);
  return (
    <div className={classes.fields}>
      <ReasonForm
        id="absence-cancel"
        label={t('absence.cancelReason')}
        usual={[t('appointments.details.reasonDoctor'), t('appointments.details.reasonPatient')]}
        onSubmit={async (reason) => onSubmit(reason)}
        onBusy={() => undefined}
        focused
      />
      <div className={classes.actions}>
        <Button type="submit" form="absence-cancel" rightSection={<KeyHint keys="Enter" quiet />}>
          {t('absence.cancelSubmit')}
        </Button>
        <Button variant="subtle" onClick={onKeep} rightSection={<KeyHint keys="Escape" quiet />}>
          {t('absence.keep')}
        </Button>
      </div>
    </div>
  );
}
