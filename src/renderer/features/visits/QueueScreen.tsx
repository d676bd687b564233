import { Button, Loader, Select } from '@mantine/core';
import { IconDeviceTv, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { usePatientPath } from '#renderer/ui/chart-paths.ts';
import type { DataTableHandle } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import type { KeyBinding } from '#renderer/ui/keys/registry.ts';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { RegisterInline } from '#renderer/ui/PatientPicker.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useMinute } from '#renderer/ui/useMinute.ts';
import { NextPatient } from '#renderer/ui/visits/NextPatient.tsx';
import { useUndoVisit, useVisitSteps } from '#renderer/ui/visits/useVisitSteps.ts';
import { SecondWindow } from '#renderer/ui/windows/SecondWindow.tsx';
import { useFurtherWindow } from '#renderer/ui/windows/useFurtherWindow.ts';
import type { VisitView } from '#shared/contract/visits.ts';
import { waitingRoomAddress } from '#shared/domain/shell/screens.ts';
import { isWaiting, visitState } from '#shared/domain/visits/course.ts';
import { stepKeys } from '#shared/domain/visits/steps.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import { ElsewhereSheet } from './ElsewhereSheet.tsx';
import classes from './QueueScreen.module.css';
import { QueueTable } from './QueueTable.tsx';
import { useVisits } from './store.ts';
import { WalkInSheet } from './WalkInSheet.tsx';

/** Minutes are told by the host: they are asked for again twice in one. */
const glance = 30_000;

/** The steps of who is in the clinic, each with its key; checkout and what follows it share one. */
const queueSteps = ['check-in', 'to-nurse', 'to-doctor-queue', 'call', 'checkout', 'leave-unseen'] as const;

function useQueue() {
  const format = useFormat();
  const site = usePreferences((state) => state.siteId) as LocationId | null;
  const practitionerId = useVisits((state) => state.practitionerId) as PractitionerId | null;
  // A new day comes without anybody doing anything.
  useMinute();
  return useCall(
    'visits.queue',
    { date: format.today(), locationId: site, practitionerId },
    { keepPrevious: true, every: glance },
  );
}

function useQueueKeys(visit: VisitView | undefined, openPatient: (visit: VisitView) => void) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const steps = useVisitSteps();
  const { last } = useUndoVisit();
  const { open } = useVisits.getState();
  const enabled = visit !== undefined;
  const mayChange = enabled && mayCall(user, 'visits.step');
  const word = (name: 'requeue' | 'elsewhere' | 'priority' | 'undo' | 'walkIn') =>
    t(`visits.queue.action.${name}`);
  const bindings: KeyBinding[] = queueSteps.map((step) => ({
    keys: stepKeys[step],
    label: t(`visits.step.${step}`),
    run: () => visit && steps.takeByKey(visit, stepKeys[step]),
    enabled: mayChange,
  }));
  bindings.push(
    { keys: 'r', label: word('requeue'), run: () => visit && void steps.requeue(visit), enabled: mayChange },
    { keys: 'shift+r', label: word('elsewhere'), run: () => open('elsewhere'), enabled: mayChange },
    {
      keys: 'p',
      label: word('priority'),
      run: () => visit && void steps.raisePriority(visit),
      enabled: mayChange,
    },
    { keys: 'o', label: t('patients.keys.open'), run: () => visit && openPatient(visit), enabled },
    { keys: 'u', label: word('undo'), run: () => void last(), enabled: mayCall(user, 'visits.undo') },
    {
      keys: 'w',
      label: word('walkIn'),
      run: () => open('walk-in'),
      enabled: mayCall(user, 'visits.walkIn'),
    },
  );
  useKeys(t('visits.queue.keys'), bindings);
}

export interface QueueScreenProps {
  /** Registers a patient inside the walk-in sheet; the app composes it, since a form belongs to a feature. */
  readonly renderRegister?: (register: RegisterInline) => ReactNode;
}

/** Everybody who is in the clinic, who waits first, and what can be done with each by one key. */
export function QueueScreen({ renderRegister }: QueueScreenProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const pathOf = usePatientPath();
  const user = useCurrentUser();
  const { data, error, isPending, refetch } = useQueue();
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const table = useRef<DataTableHandle>(null);
  const sheet = useVisits((state) => state.sheet);
  const userId = user?.id;
  useEffect(() => {
    if (userId) useVisits.getState().claim(userId);
  }, [userId]);
  const visits = data?.visits ?? [];
  const selected = visits.find(({ id }) => id === selectedId) ?? visits[0];
  const openPatient = ({ patientId }: VisitView) => navigate(pathOf(patientId));
  useQueueKeys(selected, openPatient);
  // A row has the focus as soon as there is one, so that the keys are about something one sees; also when a sheet
  // closes that was opened before there was a row, and so has no place to lead back to.
  const isFree = visits.length > 0 && sheet === null;
  useEffect(() => {
    const { activeElement } = document;
    const nowhere = activeElement === document.body || activeElement?.id === 'work';
    if (isFree && nowhere) table.current?.focus();
  }, [isFree]);
  return (
    <div className={classes.screen}>
      <QueueBar visits={visits} done={data?.done ?? 0} />
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {isPending && !error && (
        <div className={classes.loading} aria-busy="true">
          <Loader size="sm" aria-label={t('visits.queue.loading')} />
        </div>
      )}
      {data && (
        <QueueTable
          ref={table}
          visits={visits}
          selectedId={selected?.id ?? null}
          narrow={sheet !== null}
          onSelect={({ id }) => setSelectedId(id)}
          onOpen={openPatient}
          empty={<EmptyState text={t('visits.queue.empty')} action={<WalkInButton quiet />} />}
        />
      )}
      {sheet === 'walk-in' && <WalkInSheet {...(renderRegister ? { renderRegister } : {})} />}
      {sheet === 'elsewhere' && selected && <ElsewhereSheet key={selected.id} visit={selected} />}
    </div>
  );
}

function WalkInButton({ quiet = false }: { quiet?: boolean }) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  if (!mayCall(user, 'visits.walkIn')) return null;
  return (
    <Button
      size="sm"
      variant={quiet ? 'default' : 'filled'}
      onClick={() => useVisits.getState().open('walk-in')}
      leftSection={<IconPlus size={16} stroke={1.8} />}
      rightSection={<KeyHint keys="w" quiet />}
    >
      {t('visits.queue.walkIn')}
    </Button>
  );
}

function QueueBar({ visits, done }: { visits: readonly VisitView[]; done: number }) {
  const { t } = useTranslation();
  const practitionerId = useVisits((state) => state.practitionerId);
  const practitioners = useCall('practitioners.list', {}).data ?? [];
  const waiting = visits.filter((visit) => isWaiting(visitState(visit))).length;
  return (
    <header className={classes.bar}>
      <h1 className={classes.title}>{t('visits.queue.title')}</h1>
      <Select
        size="xs"
        w={200}
        aria-label={t('visits.queue.doctor')}
        placeholder={t('visits.queue.allDoctors')}
        clearable
        searchable
        data={practitioners.map(({ id, name }) => ({ value: id, label: name }))}
        value={practitionerId}
        onChange={useVisits.getState().choose}
      />
      <p className={classes.summary}>{t('visits.queue.summary', { waiting, here: visits.length, done })}</p>
      <SecondWindow address="/queue" title={t('visits.queue.keys')} />
      <NextPatient title={t('visits.queue.keys')} keys="shift+l" />
      <WaitingRoomButton />
      <WalkInButton />
    </header>
  );
}

/** In a window of its own, for a monitor on the wall: the queue stays here. */
function WaitingRoomButton() {
  const { t } = useTranslation();
  const { link } = useFurtherWindow();
  const site = usePreferences((state) => state.siteId);
  return (
    <Button
      size="sm"
      variant="default"
      leftSection={<IconDeviceTv size={16} stroke={1.6} />}
      {...link(waitingRoomAddress(site))}
    >
      {t('visits.queue.waitingRoom')}
    </Button>
  );
}
