import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import form from '#renderer/ui/Form.module.css';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useSheetKeys } from '#renderer/ui/keys/useKeys.ts';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import { About } from '../Facts.tsx';
import type { PendingMove } from '../optimistic.ts';
import { useAppointments } from '../store.ts';
import { OccurrenceList } from './OccurrenceList.tsx';
import classes from './Series.module.css';
import { useChoices } from './useChoices.ts';
import { useRefusal, useToldSeries } from './useSeriesCommands.ts';

interface FollowingSheetProps {
  readonly appointment: AppointmentView;
  /** Where this one goes; the following go along. */
  readonly move: PendingMove;
  readonly onBack: () => void;
}

/** What moving this occurrence and the following comes to, before anything is moved. */
export function FollowingSheet({ appointment, move, onBack }: FollowingSheetProps) {
  const { t } = useTranslation();
  const { closeSheet } = useAppointments.getState();
  const [problem, setProblem] = useState<string | null>(null);
  const choices = useChoices();
  const command = useCommand('series.change');
  const told = useToldSeries();
  const refusal = useRefusal();
  const { practitionerId, locationId, startLocal, minutes } = move;
  const wanted = { id: appointment.id, practitionerId, locationId, startLocal, minutes };
  const preview = useCall(
    'series.previewChange',
    { ...wanted, instead: [...choices.instead] },
    { keepPrevious: true },
  );
  const occurrences = preview.data ?? [];
  const kept = occurrences.filter(({ of }) => !choices.left.has(of));
  const unsolved = kept.filter(({ state }) => state !== 'free').length;
  const mayMove = kept.length > 0 && unsolved === 0 && !preview.isPlaceholderData;
  const submit = async () => {
    if (!mayMove || command.isPending) return;
    const times = kept.map((one) => ({ id: one.id, wasLocal: one.wasLocal, startLocal: one.startLocal }));
    try {
      told(await command.mutateAsync({ ...wanted, times }), 'moved');
      closeSheet();
    } catch (failure) {
      setProblem(refusal(failure));
    }
  };
  useSheetKeys(t('series.moveTitle'), [
    {
      keys: 'mod+Enter',
      label: t('appointments.details.moveSubmit'),
      run: () => void submit(),
      inFields: true,
    },
  ]);
  return (
    <SideSheet
      title={t('series.moveTitle')}
      onClose={closeSheet}
      width={440}
      footer={
        <>
          <Button
            loading={command.isPending}
            disabled={!mayMove}
            onClick={() => void submit()}
            rightSection={<KeyHint keys="mod+Enter" quiet />}
          >
            {t('series.submitMove', { count: kept.length })}
          </Button>
          <Button variant="default" onClick={onBack}>
            {t('common.back')}
          </Button>
        </>
      }
    >
      <About appointment={appointment} />
      <div className={form.fields}>
        {problem && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        {preview.error && <Failure failure={preview.error} onRetry={() => void preview.refetch()} />}
        {unsolved > 0 && (
          <p className={classes.unsolved} role="status">
            {t('series.unsolved', { count: unsolved })}
          </p>
        )}
        {preview.data && <OccurrenceList occurrences={occurrences} choices={choices} />}
      </div>
    </SideSheet>
  );
}
