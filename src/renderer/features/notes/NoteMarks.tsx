import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { NoteView } from '#shared/contract/notes.ts';
import classes from './Notes.module.css';

/** Who signed it and when, and what became of it since. */
export function NoteMarks({ note }: { readonly note: NoteView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { authorName: name, signedAt, createdAt, supervision, voided } = note;
  const signed =
    signedAt === null
      ? t('notes.list.writtenAt', { at: format.dateTime(createdAt) })
      : name === null
        ? t('notes.list.signedAt', { at: format.dateTime(signedAt) })
        : t('notes.list.signedBy', { name, at: format.dateTime(signedAt) });
  return (
    <>
      {note.state === 'in-error' && (
        <Badge color="red" variant="light" size="sm" tt="none">
          {t('notes.list.inError')}
        </Badge>
      )}
      {note.state === 'replaced' && (
        <Badge color="gray" variant="light" size="sm" tt="none">
          {t('notes.list.replaced')}
        </Badge>
      )}
      {note.isAmendment && note.state !== 'replaced' && (
        <Badge color="gray" variant="light" size="sm" tt="none">
          {t('notes.list.amended')}
        </Badge>
      )}
      <span className={classes.quiet}>
        {[signed, note.source !== null && t('notes.list.imported', { source: note.source })]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <CertaintyMark certainty={note.certainty} quiet />
      <span className={classes.marks}>
        {note.reason !== null && (
          <span className={classes.quiet}>{t('notes.list.amendedWhy', { reason: note.reason })}</span>
        )}
        {note.state === 'unsigned' && <span className={classes.warn}>{t('notes.list.unsigned')}</span>}
        {voided !== null && (
          <span className={classes.error}>
            {t('notes.list.inErrorWhy', {
              name: voided.by ?? t('notes.list.somebody'),
              at: format.dateTime(voided.at),
              reason: voided.reason,
            })}
          </span>
        )}
        {supervision !== null && voided === null && (
          <span className={supervision.signedAt === null ? classes.warn : classes.quiet}>
            {supervision.signedAt === null
              ? t('notes.list.toCosign', { name: supervision.name })
              : t('notes.list.cosigned', {
                  name: supervision.name,
                  at: format.dateTime(supervision.signedAt),
                })}
          </span>
        )}
      </span>
    </>
  );
}
