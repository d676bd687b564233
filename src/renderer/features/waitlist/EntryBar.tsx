import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import type { WaitlistEntryView } from '#shared/contract/waitlist.ts';
import type { EntryActions } from './useEntryActions.ts';
import { useWaitWords } from './useWaitWords.ts';
import classes from './Waitlist.module.css';

/** What is known of the chosen entry, with whom to ring, and what can be done with it. */
export function EntryBar({ entry, actions }: { entry: WaitlistEntryView; actions: EntryActions }) {
  const { t } = useTranslation();
  const words = useWaitWords();
  const { patientPhone: phone, note, closeReason } = entry;
  const buttons = [
    { key: 'book', keys: 'b', word: t('waitlist.action.book'), ...actions.book },
    { key: 'decline', keys: 'd', word: t('waitlist.action.decline'), ...actions.decline },
    { key: 'edit', keys: 'e', word: t('common.edit'), ...actions.edit },
    { key: 'cancel', keys: 'Delete', word: t('waitlist.cancel'), ...actions.cancel },
    { key: 'reopen', keys: 'r', word: t('waitlist.action.reopen'), ...actions.reopen },
  ].filter(({ enabled }) => enabled);
  return (
    <section className={classes.details} aria-label={entry.patientName}>
      <p className={classes.said}>
        <strong>{entry.patientName}</strong>{' '}
        {phone ? <a href={`tel:${phone}`}>{formatPhone(phone)}</a> : t('appointments.details.noPhone')}{' '}
        <span className={classes.quiet}>
          {[words.who(entry), words.when(entry), note, closeReason].filter(Boolean).join(' · ')}
        </span>
      </p>
      {buttons.map(({ key, keys, word, run }, index) => (
        <Button
          key={key}
          size="compact-md"
          variant={index === 0 ? 'filled' : 'default'}
          disabled={actions.busy}
          onClick={run}
          rightSection={<KeyHint keys={keys} quiet />}
        >
          {word}
        </Button>
      ))}
    </section>
  );
}
