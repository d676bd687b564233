import { Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import frame from '#renderer/ui/ListScreen.module.css';
import { PickList } from '#renderer/ui/PickList.tsx';
import { columnWord } from '#renderer/ui/record-words.ts';
import { useValueText } from '#renderer/ui/useValueText.ts';
import type { SettledConflict } from '#shared/contract/conflicts.ts';
import detailClasses from './ConflictDetail.module.css';
import { ConflictHeading } from './ConflictDetail.tsx';
import { SettledLine, SettledWords } from './ConflictLine.tsx';
import { chosenSide, conflictTitle } from './inbox.ts';
import { Versions } from './Versions.tsx';

/** What was decided, by whom, when and how, with both versions: what was not chosen stays here. */
export function HistoryList() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { data, error, refetch } = useCall('conflicts.history', {});
  const [chosen, setChosen] = useState<string | null>(null);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (data === undefined)
    return (
      <div className={frame.loading} aria-busy="true">
        <Loader size="sm" aria-label={t('conflicts.loading')} />
      </div>
    );
  const conflict = data.find(({ id }) => id === chosen) ?? data[0];
  if (conflict === undefined)
    return (
      <EmptyState
        text={t('conflicts.emptySettled')}
        action={
          <Button variant="default" onClick={() => navigate('/tasks', { replace: true })}>
            {t('conflicts.toTasks')}
          </Button>
        }
      />
    );
  return (
    <div className={frame.columns}>
      <PickList
        label={t('conflicts.listSettled')}
        keysTitle={t('conflicts.keys')}
        keysLabel={t('conflicts.action.walk')}
        items={data}
        itemKey={({ id }) => id}
        selectedKey={conflict.id}
        onSelect={({ id }) => setChosen(id)}
        render={(one) => <SettledLine conflict={one} />}
      />
      <SettledDetail key={conflict.id} conflict={conflict} />
    </div>
  );
}

function SettledDetail({ conflict }: { conflict: SettledConflict }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const textOf = useValueText();
  const { patientId } = conflict;
  const openPatient = () => patientId !== null && navigate(`/patients/${patientId}`);
  useKeys(t('conflicts.keys'), [
    { keys: 'p', label: t('conflicts.action.patient'), run: openPatient, enabled: patientId !== null },
  ]);
  return (
    <section className={detailClasses.detail} aria-label={conflictTitle(t, conflict)}>
      <ConflictHeading conflict={conflict} />
      <p className={detailClasses.explain}>
        <SettledWords conflict={conflict} />
      </p>
      {conflict.restricted && <p className={detailClasses.explain}>{t('conflicts.explain.restricted')}</p>}
      <Versions
        conflict={{ ...conflict, fields: conflict.fields.map((one) => ({ ...one, current: one.kept })) }}
        titles={{ kept: t('conflicts.stood'), attempted: t('conflicts.attempted') }}
        chosen={chosenSide(conflict)}
      />
      {conflict.kind === 'field' && conflict.fields.length > 0 && (
        <p className={detailClasses.now}>
          {t('conflicts.now')}:{' '}
          {conflict.fields
            .map(({ column, format, current }) => `${columnWord(t, column)} ${textOf(format, current)}`)
            .join(', ')}
        </p>
      )}
      {patientId !== null && (
        <div className={detailClasses.actions}>
          <Button variant="default" onClick={openPatient} rightSection={<KeyHint keys="p" quiet />}>
            {t('conflicts.openPatient')}
          </Button>
        </div>
      )}
    </section>
  );
}
