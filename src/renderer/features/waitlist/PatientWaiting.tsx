import { Button } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import { AddSheet } from './AddSheet.tsx';
import classes from './PatientWaiting.module.css';
import { useWaitWords } from './useWaitWords.ts';

/** What a patient waits for, and a way onto the list. */
export function PatientWaiting({ patient }: { patient: PatientSummary }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const words = useWaitWords();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useCall('waitlist.ofPatient', { patientId: patient.id });
  const mayAdd = mayCall(user, 'waitlist.add');
  useKeys(t('waitlist.title'), [
    { keys: 'w', label: t('waitlist.add'), run: () => setAdding(true), enabled: mayAdd },
  ]);
  const open = (data ?? []).filter(({ state }) => state === 'waiting' || state === 'offered');
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <section className={classes.waiting} aria-label={t('waitlist.title')}>
      {open.map((entry) => (
        <button key={entry.id} type="button" className={classes.entry} onClick={() => navigate('/waitlist')}>
          <IconHourglass size={16} stroke={1.6} aria-hidden />
          <span>
            <strong>{words.state(entry)}</strong>
            <span className={classes.facts}>
              {[words.who(entry), words.when(entry), words.kind(entry)].join(' · ')}
            </span>
          </span>
        </button>
      ))}
      {mayAdd && (
        <Button
          size="compact-sm"
          variant="default"
          className={classes.add ?? ''}
          onClick={() => setAdding(true)}
          rightSection={<KeyHint keys="w" quiet />}
        >
          {t('waitlist.add')}
        </Button>
      )}
      {adding && <AddSheet start={{ patient }} onClose={() => setAdding(false)} />}
    </section>
  );
}
