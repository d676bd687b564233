import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import type { PatientId } from '#shared/kernel/ids.ts';
import classes from './Notes.module.css';
import { NoteThread } from './NoteThread.tsx';

interface NotesListProps {
  readonly patientId: PatientId;
  readonly patientName: string;
}

/** Signed notes, the latest first, a page at a time. */
export function NotesList({ patientId, patientName }: NotesListProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.list} aria-label={t('notes.list.title')}>
      <h2 className={classes.listTitle}>{t('notes.list.title')}</h2>
      <Page patientId={patientId} patientName={patientName} after={null} />
    </section>
  );
}

function Page({ patientId, patientName, after }: NotesListProps & { readonly after: string | null }) {
  const { t } = useTranslation();
  const [more, showMore] = useState(false);
  const { data, error, refetch } = useCall('notes.list', { patientId, after });
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  return (
    <>
      {data.threads.length === 0 && after === null && <p className={classes.quiet}>{t('notes.list.none')}</p>}
      {data.threads.map((thread) => (
        <NoteThread
          key={(thread.earlier.at(-1) ?? thread.current[0])?.id}
          thread={thread}
          patientName={patientName}
        />
      ))}
      {data.next !== null && !more && (
        <div>
          <Button variant="default" size="compact-sm" onClick={() => showMore(true)}>
            {t('common.showMore')}
          </Button>
        </div>
      )}
      {data.next !== null && more && (
        <Page patientId={patientId} patientName={patientName} after={data.next} />
      )}
    </>
  );
}
