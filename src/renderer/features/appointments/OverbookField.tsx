import { Button, TextInput } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCurrentUser } from '#renderer/client/session.ts';
import { mayOverbook } from '#shared/contract/appointments.ts';
import classes from './Sheets.module.css';

interface OverbookFieldProps {
  /** Null: it shall not go beside anybody. */
  readonly reason: string | null;
  /** The time is somebody's, so that it can be offered. */
  readonly taken: boolean;
  readonly error: string | undefined;
  readonly onChange: (reason: string | null) => void;
}

/** Where a time is taken: the offer to go beside who has it, and then why. */
export function OverbookField({ reason, taken, error, onChange }: OverbookFieldProps) {
  const { t } = useTranslation();
  const role = useCurrentUser()?.role;
  if (reason === null) {
    if (!taken || !mayOverbook(role)) return null;
    return (
      <Button
        variant="default"
        size="compact-md"
        className={classes.overbook ?? ''}
        leftSection={<IconStack2 size={16} stroke={1.6} aria-hidden />}
        onClick={() => onChange('')}
      >
        {t('appointments.book.overbook')}
      </Button>
    );
  }
  return (
    <div className={classes.overbooking}>
      <TextInput
        label={t('appointments.book.overbookReason')}
        description={t('appointments.book.overbookHint')}
        maxLength={500}
        autoFocus
        value={reason}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button variant="subtle" size="compact-sm" onClick={() => onChange(null)}>
        {t('appointments.book.overbookNot')}
      </Button>
    </div>
  );
}
