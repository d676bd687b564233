import { Alert, Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteThreadView, NoteView } from '#shared/contract/notes.ts';
import { NoteActions } from './NoteActions.tsx';
import { NoteAnswer } from './NoteAnswer.tsx';
import { NoteBody } from './NoteBody.tsx';
import { NoteMarks } from './NoteMarks.tsx';
import classes from './Notes.module.css';

type Versions = Pick<NoteThreadView, 'current' | 'earlier'>;

interface NoteThreadProps {
  readonly thread: NoteThreadView;
  readonly patientName: string;
}

/** A signed note with what was added to it and the versions it took the place of. */
export function NoteThread({ thread, patientName }: NoteThreadProps) {
  return (
    <div className={classes.thread}>
      <NoteVersions versions={thread} patientName={patientName} />
      {thread.addenda.length > 0 && (
        <div className={classes.addenda}>
          {thread.addenda.map((addendum) => (
            <NoteVersions key={addendum.current[0]?.id} versions={addendum} patientName={patientName} />
          ))}
        </div>
      )}
    </div>
  );
}

function NoteVersions({ versions, patientName }: { versions: Versions; patientName: string }) {
  const { t } = useTranslation();
  const [shown, show] = useState(false);
  const { current, earlier } = versions;
  const isForked = current.length > 1;
  return (
    <>
      {isForked && (
        <Alert color="yellow" variant="light">
          {t('notes.list.forked')}
        </Alert>
      )}
      {current.map((note) => (
        <SignedNote key={note.id} note={note} patientName={patientName} />
      ))}
      {earlier.length > 0 && (
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-expanded={shown}
            onClick={() => show(!shown)}
          >
            {t('notes.list.earlier', { count: earlier.length })}
          </Button>
        </div>
      )}
      {shown && earlier.map((note) => <NoteCard key={note.id} note={note} />)}
    </>
  );
}

function SignedNote({ note, patientName }: { note: NoteView; patientName: string }) {
  const [answer, setAnswer] = useState<'addendum' | 'amendment' | null>(null);
  return (
    <>
      <NoteCard note={note}>{answer === null && <NoteActions note={note} onAnswer={setAnswer} />}</NoteCard>
      {answer !== null && (
        <NoteAnswer note={note} kind={answer} patientName={patientName} onDone={() => setAnswer(null)} />
      )}
    </>
  );
}

/** One version, to be read. */
export function NoteCard({ note, children }: { readonly note: NoteView; readonly children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <article
      className={classes.note}
      data-state={note.state}
      aria-label={note.title || t('notes.list.untitled')}
    >
      <div className={classes.head}>
        <h3 className={classes.title}>{note.title || t('notes.list.untitled')}</h3>
        <NoteMarks note={note} />
      </div>
      <NoteBody sections={note.sections} />
      {children}
    </article>
  );
}
