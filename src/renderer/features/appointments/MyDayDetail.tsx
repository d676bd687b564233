import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { clockTime, stepMinutes } from '#renderer/ui/DayBoard/time.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { formatWallTime } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AppointmentView, BookingOutcome } from '#shared/contract/appointments.ts';
import { isAllowed } from '#shared/domain/appointments/transitions.ts';
import { readTime } from './booking-form.ts';
import { About, Facts } from './Facts.tsx';
import { FoundSlots } from './FreeSlots.tsx';
import { wallTimeIn } from './instants.ts';
import classes from './MyDayScreen.module.css';
import sheetClasses from './Sheets.module.css';
import { useTold } from './useAppointmentCommands.ts';

interface DetailProps {
  readonly appointment: AppointmentView;
  readonly onAnswered: () => void;
  readonly onOpenPatient: () => void;
}

/** The doctor's answers to a request, each with what is told of it. */
function useAnswers(appointment: AppointmentView, onAnswered: () => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const accept = useCommand('appointments.accept');
  const reject = useCommand('appointments.reject');
  const propose = useCommand('appointments.propose');
  const { id, patientName: patient, startLocal } = appointment;
  const told = useTold();
  const done = (after: BookingOutcome, text: string) => {
    told(after, text);
    onAnswered();
  };
  return {
    busy: accept.isPending,
    accept: async () => {
      try {
        const after = await accept.mutateAsync({ id });
        done(after, t('appointments.myDay.accepted', { patient, time: formatWallTime(startLocal) }));
      } catch (failure) {
        toast(t('appointments.done.failed', { reason: errorText(t, failure) }), { tone: 'problem' });
      }
    },
    reject: async (reason: string) => {
      const after = await reject.mutateAsync({ id, reason });
      done(after, t('appointments.myDay.rejected', { patient }));
    },
    propose: async (wallTime: string) => {
      const after = await propose.mutateAsync({ id, startLocal: wallTime });
      const time = `${format.day(wallTime, 'weekday')} ${formatWallTime(wallTime)}`;
      done(after, t('appointments.myDay.proposedDone', { patient, time }));
    },
  };
}

/** One appointment of the doctor's, with the answer where one is waited for. */
export function MyDayDetail({ appointment, onAnswered, onOpenPatient }: DetailProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [sheet, setSheet] = useState<'reject' | 'propose' | null>(null);
  const answers = useAnswers(appointment, () => {
    setSheet(null);
    onAnswered();
  });
  const user = useCurrentUser();
  const open = mayCall(user, 'appointments.accept') && isAllowed('accept', appointment);
  const { proposedStartAt, timeZone } = appointment;
  const offered = proposedStartAt && wallTimeIn(proposedStartAt, timeZone);
  const acceptNow = () => void answers.accept();
  useKeys(t('appointments.myDay.keys'), [
    {
      keys: 'a',
      label: t('appointments.myDay.action.accept'),
      run: acceptNow,
      enabled: open && !answers.busy,
    },
    { keys: 'r', label: t('appointments.myDay.action.reject'), run: () => setSheet('reject'), enabled: open },
    {
      keys: 'p',
      label: t('appointments.myDay.action.propose'),
      run: () => setSheet('propose'),
      enabled: open,
    },
    { keys: 'Enter|o', label: t('chart.open'), run: onOpenPatient },
  ]);
  return (
    <section className={classes.detail} aria-label={appointment.patientName}>
      {offered && (
        <p className={sheetClasses.notice} data-tone="waiting">
          {t('appointments.myDay.proposed', {
            time: `${format.day(offered, 'weekday')} ${formatWallTime(offered)}`,
          })}
        </p>
      )}
      <Facts appointment={appointment} />
      <div className={classes.actions}>
        {open && (
          <>
            <Button onClick={acceptNow} loading={answers.busy} rightSection={<KeyHint keys="a" quiet />}>
              {t('appointments.myDay.accept')}
            </Button>
            <Button
              variant="default"
              onClick={() => setSheet('propose')}
              rightSection={<KeyHint keys="p" quiet />}
            >
              {t('appointments.myDay.propose')}
            </Button>
            <Button
              variant="default"
              onClick={() => setSheet('reject')}
              rightSection={<KeyHint keys="r" quiet />}
            >
              {t('appointments.myDay.reject')}
            </Button>
          </>
        )}
        <Button variant="default" onClick={onOpenPatient} rightSection={<KeyHint keys="o" quiet />}>
          {t('chart.open')}
        </Button>
      </div>
      {sheet === 'reject' && (
        <RejectSheet appointment={appointment} onReject={answers.reject} onClose={() => setSheet(null)} />
      )}
      {sheet === 'propose' && (
        <ProposeSheet appointment={appointment} onPropose={answers.propose} onClose={() => setSheet(null)} />
      )}
    </section>
  );
}

interface RejectProps {
  readonly appointment: AppointmentView;
  readonly onReject: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

function RejectSheet({ appointment, onReject, onClose }: RejectProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  return (
    <SideSheet
      title={t('appointments.myDay.rejectTitle')}
      onClose={onClose}
      footer={
        <Button
          type="submit"
          form="reject-form"
          color="red.9"
          loading={busy}
          rightSection={<KeyHint keys="Enter" quiet />}
        >
          {t('appointments.myDay.rejectSubmit')}
        </Button>
      }
    >
      <About appointment={appointment} />
      <ReasonForm
        id="reject-form"
        label={t('appointments.myDay.rejectReason')}
        usual={[t('appointments.details.reasonDoctor')]}
        onBusy={setBusy}
        onSubmit={onReject}
      />
    </SideSheet>
  );
}

interface ProposeProps {
  readonly appointment: AppointmentView;
  readonly onPropose: (wallTime: string) => Promise<void>;
  readonly onClose: () => void;
}

function ProposeSheet({ appointment, onPropose, onClose }: ProposeProps) {
  const { t } = useTranslation();
  const from = useMemo(() => new Date().toISOString(), []);
  const [date, setDate] = useState(appointment.startLocal.slice(0, 10));
  const [time, setTime] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (wallTime: string) => {
    setBusy(true);
    try {
      await onPropose(wallTime);
    } catch (failure) {
      setProblem(errorText(t, failure));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const minute = readTime(time);
    if (!date) setProblem(t('appointments.book.problem.date'));
    else if (minute === null) setProblem(t('appointments.book.problem.time'));
    else if (minute % stepMinutes !== 0) setProblem(t('appointments.book.problem.step'));
    else void send(`${date}T${clockTime(minute)}`);
  };
  return (
    <SideSheet
      title={t('appointments.myDay.proposeTitle')}
      onClose={onClose}
      footer={
        <Button
          type="submit"
          form="propose-form"
          loading={busy}
          rightSection={<KeyHint keys="Enter" quiet />}
        >
          {t('appointments.myDay.proposeSubmit')}
        </Button>
      }
    >
      <About appointment={appointment} />
      <form id="propose-form" className={sheetClasses.fields} onSubmit={submit} noValidate>
        <div className={sheetClasses.when} data-two>
          <DateField label={t('appointments.book.date')} value={date} onChange={setDate} />
          <TextInput
            label={t('appointments.book.time')}
            placeholder="09:15"
            autoComplete="off"
            inputMode="numeric"
            value={time}
            error={problem}
            data-autofocus
            onChange={(event) => {
              setTime(event.currentTarget.value);
              setProblem(null);
            }}
          />
        </div>
        <FoundSlots
          label={t('appointments.myDay.proposeFree')}
          practitionerId={appointment.practitionerId}
          from={from}
          minutes={appointment.minutes}
          ownOnly
          disabled={busy}
          onPick={(slot) => void send(slot.startLocal)}
        />
      </form>
    </SideSheet>
  );
}
