import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { NoteId } from '#shared/kernel/ids.ts';
import classes from './MyNotes.module.css';
import { CosignSheet } from './NoteActions.tsx';
import { useNoteQueries } from './useNoteQueries.ts';

type Draft = Output<'notes.drafts'>[number];
type Waiting = Output<'notes.toCosign'>[number];

/** What one has yet to sign: notes left unfinished at this workstation, and those of whom one supervises. */
export function MyNotesScreen() {
  const { t } = useTranslation();
  const refresh = useNoteQueries();
  // Drafts change without an event: each visit looks anew.
  useEffect(refresh, []);
  return (
    <div className={classes.screen}>
      <h1 className="visually-hidden">{t('notes.mine.title')}</h1>
      <Drafts />
      <ToCosign />
    </div>
  );
}

function Drafts() {
  const { t } = useTranslation();
  const format = useFormat();
  const [, navigate] = useLocation();
  const { data, error, refetch } = useCall('notes.drafts', {});
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const columns: readonly TableColumn<Draft>[] = [
    {
      key: 'patient',
      header: t('notes.mine.patient'),
      width: 'minmax(160px, 1.2fr)',
      cell: ({ patientName, patientMrn }) =>
        patientName === null ? t('notes.mine.gone') : `${patientName} · ${patientMrn}`,
    },
    {
      key: 'note',
      header: t('notes.mine.note'),
      width: 'minmax(120px, 1fr)',
      cell: ({ draft }) => draft.title,
    },
    {
      key: 'begins',
      header: t('notes.mine.begins'),
      width: 'minmax(160px, 2fr)',
      cell: ({ draft }) => draft.sections.find(({ text }) => text.trim() !== '')?.text.slice(0, 120) ?? '',
    },
    {
      key: 'saved',
      header: t('notes.mine.saved'),
      width: '168px',
      tabular: true,
      cell: ({ draft }) => format.dateTime(draft.savedAt),
    },
  ];
  return (
    <section className={classes.part} aria-labelledby="notes-drafts">
      <h2 id="notes-drafts" className={classes.title}>
        {t('notes.mine.drafts')}
        {data && data.length > 0 && <span className={classes.count}>{data.length}</span>}
      </h2>
      <DataTable
        label={t('notes.mine.drafts')}
        rows={data ?? []}
        columns={columns}
        rowKey={({ draft }) => draft.id}
        onOpen={({ draft, patientName }) =>
          patientName !== null && navigate(`/patients/${draft.patientId}/chart/notes`)
        }
        empty={data && <EmptyState text={t('notes.mine.noDrafts')} />}
      />
    </section>
  );
}

function ToCosign() {
  const { t } = useTranslation();
  const format = useFormat();
  const [, navigate] = useLocation();
  const [openId, open] = useState<NoteId | null>(null);
  const { data, error, refetch } = useCall('notes.toCosign', {});
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const columns: readonly TableColumn<Waiting>[] = [
    {
      key: 'patient',
      header: t('notes.mine.patient'),
      width: 'minmax(160px, 1.2fr)',
      cell: ({ patientName, patientMrn }) => `${patientName} · ${patientMrn}`,
    },
    {
      key: 'note',
      header: t('notes.mine.note'),
      width: 'minmax(120px, 1fr)',
      cell: ({ note, restricted }) => (restricted ? '–' : note.title),
    },
    {
      key: 'author',
      header: t('notes.mine.author'),
      width: 'minmax(160px, 2fr)',
      cell: ({ note, restricted }) => (restricted ? t('notes.mine.restricted') : note.authorName),
    },
    {
      key: 'signed',
      header: t('notes.mine.signed'),
      width: '168px',
      tabular: true,
      cell: ({ note }) => format.dateTime(note.signedAt ?? note.createdAt),
    },
  ];
  const opened = data?.find(({ note }) => note.id === openId);
  return (
    <section className={classes.part} aria-labelledby="notes-cosign">
      <h2 id="notes-cosign" className={classes.title}>
        {t('notes.mine.toCosign')}
        {data && data.length > 0 && <span className={classes.count}>{data.length}</span>}
      </h2>
      <DataTable
        label={t('notes.mine.toCosign')}
        rows={data ?? []}
        columns={columns}
        rowKey={({ note }) => note.id}
        onOpen={({ note, restricted }) =>
          restricted ? navigate(`/patients/${note.patientId}/chart/notes`) : open(note.id)
        }
        empty={data && <EmptyState text={t('notes.mine.noCosign')} />}
      />
      {opened && <CosignSheet key={opened.note.id} note={opened.note} onClose={() => open(null)} />}
    </section>
  );
}
