import { ActionIcon, Button, Loader } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconQuestionMark } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { chartPath } from '#renderer/ui/chart-paths.ts';
import { isAside } from '#renderer/ui/DayBoard/marks.ts';
import { type ClinicNow, clockTime, minutesOf } from '#renderer/ui/DayBoard/time.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { KeyTip } from '#renderer/ui/keys/KeyTip.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { PickList, type PickListHandle } from '#renderer/ui/PickList.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { stateText } from '#renderer/ui/visits/visit-words.ts';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { MyDayDetail } from './MyDayDetail.tsx';
import classes from './MyDayScreen.module.css';
import { type Entry, entriesOf, momentOf, selectedEntry } from './my-day.ts';
import { PrintDay } from './PrintDay.tsx';
import { useClinicNow } from './useClinicNow.ts';
import { useDayView } from './useDayView.ts';
import { WaitingForMe } from './WaitingForMe.tsx';

/**
 * A doctor's day: who waits, the requests, since somebody waits for the answer, then the appointments by time. A nurse's is who
 * is still to be seen at the site.
 */
export function MyDayScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const [, navigate] = useLocation();
  const isDoctor = useCurrentUser()?.role === 'doctor';
  const now = useClinicNow(format.timeZone);
  const [view, change] = useDayView(now.date);
  const { data, error, isPending, refetch } = useCall('appointments.myDay', { date: view.date });
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<PickListHandle>(null);
  const entries = data ? entriesOf(data) : [];
  const minute = view.date === now.date ? now.minute : null;
  const entry = selectedEntry(entries, chosen, minute);
  // The next request is chosen before this one leaves the list, so that answering goes on without a look at the mouse.
  const goOn = () => {
    const requests = entries.filter(({ group }) => group === 'requests');
    const at = requests.findIndex(({ key }) => key === entry?.key);
    setChosen((requests[at + 1] ?? requests[at - 1] ?? null)?.key ?? null);
    list.current?.focus();
  };
  const openPatient = (one: Entry | undefined) => one && navigate(chartPath(one.appointment.patientId));
  return (
    <div className={classes.screen}>
      <Bar
        date={view.date}
        today={now.date}
        requests={data?.requests.length ?? 0}
        onDate={(date) => change({ date })}
      />
      {view.date === now.date && <WaitingForMe />}
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {isPending && !error && (
        <div className={classes.loading} aria-busy="true">
          <Loader size="sm" aria-label={t('appointments.myDay.loading')} />
        </div>
      )}
      {data && entries.length === 0 && (
        <EmptyState
          text={[t('appointments.myDay.empty'), isDoctor && t('appointments.myDay.noRequests')]
            .filter(Boolean)
            .join(' ')}
          action={
            <Button variant="default" onClick={() => change({ date: addDays(view.date, 1) })}>
              {t('appointments.day.nextDay')}
            </Button>
          }
        />
      )}
      {entry && (
        <div className={classes.columns}>
          <PickList
            ref={list}
            label={t('appointments.myDay.title')}
            keysTitle={t('appointments.myDay.keys')}
            keysLabel={t('appointments.myDay.action.walk')}
            items={entries}
            itemKey={({ key }) => key}
            selectedKey={entry.key}
            onSelect={({ key }) => setChosen(key)}
            onOpen={openPatient}
            groupOf={({ group }) => t(`appointments.myDay.${group}`)}
            render={(one) => (
              <EntryLine entry={one} entries={entries} minute={minute} now={now} withDoctor={!isDoctor} />
            )}
          />
          <MyDayDetail
            key={entry.key}
            appointment={entry.appointment}
            onAnswered={goOn}
            onOpenPatient={() => openPatient(entry)}
          />
        </div>
      )}
    </div>
  );
}

interface BarProps {
  readonly date: string;
  readonly today: string;
  readonly requests: number;
  readonly onDate: (date: string) => void;
}

function Bar({ date, today, requests, onDate }: BarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const by = (days: number) => () => onDate(addDays(date, days));
  useKeys(t('appointments.myDay.keys'), [
    { keys: 'shift+ArrowLeft', label: t('appointments.day.previous'), run: by(-1) },
    { keys: 'shift+ArrowRight', label: t('appointments.day.next'), run: by(1) },
    { keys: 't', label: t('appointments.day.today'), run: () => onDate(today) },
  ]);
  return (
    <header className={classes.bar}>
      <KeyTip label={t('appointments.day.previous')} keys="shift+ArrowLeft">
        <ActionIcon variant="default" size={32} onClick={by(-1)} aria-label={t('appointments.day.previous')}>
          <IconChevronLeft size={18} stroke={1.6} />
        </ActionIcon>
      </KeyTip>
      <KeyTip label={t('appointments.day.next')} keys="shift+ArrowRight">
        <ActionIcon variant="default" size={32} onClick={by(1)} aria-label={t('appointments.day.next')}>
          <IconChevronRight size={18} stroke={1.6} />
        </ActionIcon>
      </KeyTip>
      <KeyTip label={t('appointments.day.today')} keys="t">
        <Button
          variant="default"
          size="xs"
          h={32}
          onClick={() => onDate(today)}
          aria-pressed={date === today}
        >
          {t('appointments.day.today')}
        </Button>
      </KeyTip>
      <h1 className={classes.title}>
        {t('appointments.myDay.title')}, {format.day(date, 'weekday')}
      </h1>
      {requests > 0 && (
        <span className={classes.waiting}>
          <IconQuestionMark size={14} stroke={1.8} aria-hidden />
          {t('appointments.myDay.requestCount', { count: requests })}
        </span>
      )}
      <PrintDay
        date={date}
        practitionerId={useCurrentUser()?.practitionerId ?? null}
        title={t('appointments.myDay.keys')}
        keys="mod+p"
      />
    </header>
  );
}

interface EntryLineProps {
  readonly entry: Entry;
  readonly entries: readonly Entry[];
  readonly minute: number | null;
  readonly now: ClinicNow;
  /** Says whose patient it is: the list is not of one doctor. */
  readonly withDoctor: boolean;
}

function EntryLine({ entry, entries, minute, now, withDoctor }: EntryLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { appointment, group } = entry;
  const start = minutesOf(appointment.startLocal);
  // Of several doctors no one is next.
  const moment = group === 'appointments' && !withDoctor ? momentOf(entry, entries, minute) : null;
  const elsewhere = group === 'requests' && !appointment.startLocal.startsWith(now.date);
  return (
    <span className={classes.line} data-past={moment === 'past' || isAside(appointment) || undefined}>
      <span className={classes.when}>
        {formatWallTime(appointment.startLocal)}
        <span className={classes.until}>{clockTime(Math.min(start + appointment.minutes, 1440))}</span>
      </span>
      <span className={classes.who}>
        <span className={classes.name}>
          <span className={classes.nameText} title={appointment.patientName}>
            {appointment.patientName}
          </span>
          <CertaintyMark certainty={appointment.certainty} quiet />
        </span>
        <span className={classes.about}>
          {[
            elsewhere && format.day(appointment.startLocal, 'weekday'),
            withDoctor && appointment.practitionerName,
            aboutOf(appointment, t),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {(moment === 'now' || moment === 'next') && (
        <span className={classes.moment}>{t(`appointments.myDay.${moment}`)}</span>
      )}
    </span>
  );
}

/** The state where it is not the usual one, and what it is about. */
function aboutOf(appointment: AppointmentView, t: TFunction): string {
  const { status, participantStatus, description, fromPanel } = appointment;
  const state =
    participantStatus === 'tentative'
      ? t('appointments.answer.tentative')
      : status === 'booked'
        ? ''
        : stateText(t, appointment, null);
  return [state, fromPanel && t('appointments.mark.fromPanel'), description].filter(Boolean).join(' · ');
}
