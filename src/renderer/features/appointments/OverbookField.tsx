import { Button, TextInput } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useCurrentUser } from '#renderer/client/session.ts';
import type { Override } from './booking-form.ts';
import classes from './Sheets.module.css';

interface OverbookFieldProps {
  /** Null: it shall not. */
  readonly reason: string | null;
  /** How the time can be had nevertheless, when it cannot be had otherwise. */
  readonly offer: Override | null;
  readonly error: string | undefined;
  readonly onChange: (reason: string | null) => void;
}

/** Where a time cannot be had: the offer to take it nevertheless, and then why. */
export function OverbookField({ reason, offer, error, onChange }: OverbookFieldProps) {
  const { t } = useTranslation();
  const [how, setHow] = useState<Override>('beside');
  const user = useCurrentUser();
  if (reason === null) {
    if (offer === null || !may(user, 'appointment.override')) return null;
    return (
      <Button
        variant="default"
        size="compact-md"
        className={classes.overbook ?? ''}
        leftSection={<IconStack2 size={16} stroke={1.6} aria-hidden />}
        onClick={() => {
          setHow(offer);
          onChange('');
        }}
      >
        {t(`appointments.book.override.${offer}`)}
      </Button>
    );
  }
  return (
    <div className={classes.overbooking}>
      <TextInput
        label={t(`appointments.book.overrideReason.${how}`)}
        description={t(`appointments.book.overrideHint.${how}`)}
        maxLength={500}
        autoFocus
        value={reason}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button variant="subtle" size="compact-sm" onClick={() => onChange(null)}>
        {t('appointments.book.overrideNot')}
      </Button>
    </div>
  );
}
