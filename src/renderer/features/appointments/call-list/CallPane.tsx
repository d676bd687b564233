import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { attemptText, callRow } from '#renderer/ui/call-words.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { CallEntry } from '#shared/contract/call-list.ts';
import classes from './CallsScreen.module.css';

interface CallPaneProps {
  readonly entry: CallEntry;
  readonly busy: boolean;
  readonly onConfirmed: () => void;
  readonly onNotReached: (note: string) => void;
  /** Back to the list. */
  readonly onLeave: () => void;
}

/** One patient to tell: the numbers large, what to say, and what came of it. */
export function CallPane({ entry, busy, onConfirmed, onNotReached, onLeave }: CallPaneProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [, navigate] = useLocation();
  const [noting, setNoting] = useState(false);
  const may = mayCall(useCurrentUser(), 'calls.answer');
  const row = callRow(t, format, entry);
  const openPatient = () => navigate(`/patients/${entry.patientId}`);
  useKeys(t('calls.keys'), [
    { keys: 'y', label: t('calls.confirmed'), run: onConfirmed, enabled: may && !busy },
    { keys: 'r', label: t('calls.notReached'), run: () => setNoting(true), enabled: may && !busy },
    { keys: 'p', label: t('calls.openPatient'), run: openPatient },
  ]);
  return (
    <aside className={classes.pane} aria-label={entry.patientName}>
      <div>
        <h2 className={classes.person}>
          {entry.patientName} <CertaintyMark certainty={entry.certainty} quiet />
        </h2>
        <p className={classes.quiet}>{entry.patientMrn}</p>
      </div>
      {entry.phones.length === 0 ? (
        <p className={classes.quiet}>{t('calls.noPhone')}</p>
      ) : (
        <ul className={classes.phones}>
          {entry.phones.map((phone) => (
            <li key={phone}>
              <a href={`tel:${phone}`}>{formatPhone(phone)}</a>
            </li>
          ))}
        </ul>
      )}
      <dl className={classes.facts}>
        <dt>{t('calls.column.before')}</dt>
        <dd>{row.before}</dd>
        <dt>{t('calls.column.now')}</dt>
        <dd>
          <strong>{row.now}</strong>
        </dd>
        {entry.lastAttempt && (
          <>
            <dt>{t('calls.column.calls')}</dt>
            <dd>{attemptText(t, format, entry)}</dd>
          </>
        )}
      </dl>
      {noting ? (
        <NoteForm
          busy={busy}
          onSubmit={(note) => {
            setNoting(false);
            onNotReached(note);
            onLeave();
          }}
          onKeep={() => {
            setNoting(false);
            onLeave();
          }}
        />
      ) : (
        <div className={classes.actions}>
          <Button disabled={busy || !may} onClick={onConfirmed} rightSection={<KeyHint keys="y" quiet />}>
            {t('calls.confirmed')}
          </Button>
          <Button
            variant="default"
            disabled={busy || !may}
            onClick={() => setNoting(true)}
            rightSection={<KeyHint keys="r" quiet />}
          >
            {t('calls.notReached')}
          </Button>
          <Button variant="default" onClick={openPatient} rightSection={<KeyHint keys="p" quiet />}>
            {t('calls.openPatient')}
          </Button>
        </div>
      )}
    </aside>
  );
}

interface NoteFormProps {
  readonly busy: boolean;
  readonly onSubmit: (note: string) => void;
  readonly onKeep: () => void;
}

function NoteForm({ busy, onSubmit, onKeep }: NoteFormProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useKeys(t('calls.keys'), [{ keys: 'Escape', label: t('calls.keep'), run: onKeep, inFields: true }]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(note.trim());
  };
  return (
    <form className={classes.note} onSubmit={submit}>
      <TextInput
        ref={field}
        label={t('calls.note')}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button type="submit" disabled={busy} rightSection={<KeyHint keys="Enter" quiet />}>
          {t('calls.saveNote')}
        </Button>
        <Button variant="subtle" onClick={onKeep} rightSection={<KeyHint keys="Escape" quiet />}>
          {t('calls.keep')}
        </Button>
      </div>
    </form>
  );
}
