import { Loader } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '#renderer/client/provider.tsx';
import { useCurrentUser } from '#renderer/client/session.ts';
import type { NoteDraftView, NoteView } from '#shared/contract/notes.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { noteTypeOf } from '#shared/domain/notes/template.ts';
import { DraftEditor } from './DraftEditor.tsx';
import { keeperOf } from './keepers.ts';
import classes from './Notes.module.css';
import { useWriting } from './useWriting.ts';

interface NoteAnswerProps {
  readonly note: NoteView;
  readonly kind: 'addendum' | 'amendment';
  readonly patientName: string;
  readonly onDone: () => void;
}

/** Writes an addendum to a signed note, or the version that takes its place. */
export function NoteAnswer(props: NoteAnswerProps) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const { writing } = useWriting(props.note.patientId);
  if (writing === null || user === null) return <Loader size="sm" aria-label={t('common.loading')} />;
  const draft = writing.others.find(({ kind, answers }) => kind === props.kind && answers === props.note.id);
  return <Answer {...props} draft={draft ?? null} user={user} />;
}

function Answer({
  note,
  kind,
  patientName,
  onDone,
  draft,
  user,
}: NoteAnswerProps & { readonly draft: NoteDraftView | null; readonly user: SignedInUser }) {
  const { t } = useTranslation();
  const client = useClient();
  const keeper = useMemo(() => {
    const subject = { patientId: note.patientId, kind, answers: note.id, type: noteTypeOf(user.role) };
    const start =
      kind === 'amendment'
        ? { title: note.title, sections: note.sections, reason: '' }
        : { title: t('notes.default.addendum'), sections: [{ title: '', text: '' }], reason: '' };
    return keeperOf(client, user.id, subject, draft ?? start, draft?.id ?? null);
    // What the draft was when it was opened; the keeper knows what it is since.
  }, []);
  return (
    <div className={classes.note}>
      <DraftEditor keeper={keeper} patientName={patientName} autoFocus onDone={onDone} />
    </div>
  );
}
