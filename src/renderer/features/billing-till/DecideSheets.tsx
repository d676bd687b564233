import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { SignSheet } from '#renderer/ui/SignSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { TillSessionView } from '#shared/contract/till.ts';
import { SessionFacts } from './Session.tsx';
import classes from './Till.module.css';

interface DecideSheetProps {
  readonly session: TillSessionView;
  readonly kind: 'approve' | 'reject';
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Accepts a variance, or has the drawer counted anew, with the PIN of who decides. */
export function DecideSheet({ session, kind, onDone, onClose }: DecideSheetProps) {
  const { t } = useTranslation();
  const approve = useCommand('till.approve');
  const reject = useCommand('till.reject');
  const [reason, setReason] = useState('');
  const { id: sessionId, turn, figures } = session;
  const title = t(kind === 'approve' ? 'till.approve' : 'till.reject');
  return (
    <SignSheet
      title={title}
      action={title}
      onSign={(pin) =>
        kind === 'approve'
          ? approve.mutateAsync({ sessionId, turn, expected: figures?.expected ?? 0, reason, pin })
          : reject.mutateAsync({ sessionId, turn, reason, pin })
      }
      onSigned={() => {
        toast(t(kind === 'approve' ? 'till.approved' : 'till.rejected'));
        onDone();
      }}
      onClose={onClose}
    >
      <TextInput
        label={t(kind === 'approve' ? 'till.note' : 'till.reason')}
        maxLength={1000}
        value={reason}
        required={kind === 'reject'}
        autoComplete="off"
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <h3 className={classes.subtitle}>
        {session.tillName} · {session.cashierName}
      </h3>
      <SessionFacts session={session} />
    </SignSheet>
  );
}
