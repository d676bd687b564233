import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { fieldText } from '#renderer/ui/error-text.ts';
import { SignSheet } from '#renderer/ui/SignSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { NoteView } from '#shared/contract/notes.ts';
import { noteLimits } from '#shared/domain/notes/sections.ts';
import { NoteBody } from './NoteBody.tsx';
import classes from './Notes.module.css';
import { useNoteQueries } from './useNoteQueries.ts';

interface NoteActionsProps {
  readonly note: NoteView;
  readonly onAnswer: (kind: 'addendum' | 'amendment') => void;
}

/** What may be done with a signed note: only what this person may. */
export function NoteActions({ note, onAnswer }: NoteActionsProps) {
  const { t } = useTranslation();
  const [sheet, setSheet] = useState<'void' | 'cosign' | null>(null);
  const user = useCurrentUser();
  const may = {
    append: note.may.append && mayCall(user, 'notes.sign'),
    amend: note.may.amend && mayCall(user, 'notes.sign'),
    void: note.may.void && mayCall(user, 'notes.void'),
    cosign: note.may.cosign && mayCall(user, 'notes.cosign'),
  };
  if (!may.append && !may.amend && !may.void && !may.cosign) return null;
  const button = { size: 'compact-xs', variant: 'default' } as const;
  return (
    <div className={classes.actions}>
      {may.cosign && (
        <Button size="compact-xs" onClick={() => setSheet('cosign')}>
          {t('notes.list.cosign')}
        </Button>
      )}
      {may.append && (
        <Button {...button} onClick={() => onAnswer('addendum')}>
          {t('notes.list.append')}
        </Button>
      )}
      {may.amend && (
        <Button {...button} onClick={() => onAnswer('amendment')}>
          {t('notes.list.amend')}
        </Button>
      )}
      {may.void && (
        <Button {...button} onClick={() => setSheet('void')}>
          {t('notes.list.void')}
        </Button>
      )}
      {sheet === 'void' && <VoidSheet note={note} onClose={() => setSheet(null)} />}
      {sheet === 'cosign' && <CosignSheet note={note} onClose={() => setSheet(null)} />}
    </div>
  );
}

interface NoteSheetProps {
  readonly note: NoteView;
  readonly onClose: () => void;
}

function VoidSheet({ note, onClose }: NoteSheetProps) {
  const { t } = useTranslation();
  const refresh = useNoteQueries();
  const voidNote = useCommand('notes.void');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const write = async (pin: string) => {
    setMissing(reason.trim() === '');
    if (reason.trim() === '')
      throw new AppErrorException({ code: 'invalid-input', fields: { reason: 'required' } });
    await voidNote.mutateAsync({ id: note.id, reason: reason.trim(), pin });
  };
  return (
    <SignSheet
      title={t('notes.void.title')}
      action={t('notes.list.void')}
      onSign={write}
      onSigned={() => {
        toast(t('notes.void.done'));
        refresh();
        onClose();
      }}
      onClose={onClose}
    >
      <TextInput
        label={t('notes.void.reason')}
        value={reason}
        maxLength={noteLimits.reason}
        error={missing ? fieldText(t, 'required') : undefined}
        onChange={(event) => {
          setMissing(false);
          setReason(event.currentTarget.value);
        }}
      />
      <p className={classes.quiet}>{t('notes.void.what')}</p>
      <section className={classes.signed} aria-label={note.title}>
        <h3 className={classes.title}>{note.title}</h3>
        <NoteBody sections={note.sections} />
      </section>
    </SignSheet>
  );
}

/** A supervisor signs what somebody else has signed. */
export function CosignSheet({ note, onClose }: NoteSheetProps) {
  const { t } = useTranslation();
  const refresh = useNoteQueries();
  const cosign = useCommand('notes.cosign');
  return (
    <SignSheet
      title={t('notes.cosign.title')}
      action={t('notes.list.cosign')}
      onSign={(pin) => cosign.mutateAsync({ id: note.id, pin })}
      onSigned={() => {
        toast(t('notes.cosign.done'));
        refresh();
        onClose();
      }}
      onClose={onClose}
    >
      <p className={classes.quiet}>
        {t('notes.cosign.what', { name: note.authorName ?? t('notes.list.somebody') })}
      </p>
      <section className={classes.signed} aria-label={note.title}>
        <h3 className={classes.title}>{note.title}</h3>
        <NoteBody sections={note.sections} />
      </section>
    </SignSheet>
  );
}
