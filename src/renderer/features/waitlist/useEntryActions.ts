import { useLocation } from 'wouter';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { WaitlistEntryView } from '#shared/contract/waitlist.ts';
import { useBookWaiting, useRelease } from './useEntryCommands.ts';

/** What can be done with the chosen entry, by key or button. */
export function useEntryActions(
  entry: WaitlistEntryView | undefined,
  onBook: (entry: WaitlistEntryView) => void,
  open: (sheet: 'edit' | 'cancel') => void,
) {
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const release = useRelease();
  const { book, booking } = useBookWaiting();
  const mayWrite = mayCall(user, 'waitlist.change');
  const state = entry?.state;
  const isOpen = state === 'waiting' || state === 'offered' || state === 'expired';
  return {
    busy: booking,
    book: {
      enabled: mayWrite && isOpen,
      run: () => {
        if (!entry) return;
        if (entry.offer) void book(entry, entry.offer);
        else onBook(entry);
      },
    },
    decline: {
      enabled: mayWrite && state === 'offered',
      run: () => entry && void release(entry, 'declined'),
    },
    edit: { enabled: mayWrite && isOpen, run: () => open('edit') },
    cancel: { enabled: mayWrite && isOpen, run: () => open('cancel') },
    reopen: {
      enabled: mayWrite && state === 'cancelled',
      run: () => entry && void release(entry, 'reopened'),
    },
    patient: { enabled: entry !== undefined, run: () => entry && navigate(`/patients/${entry.patientId}`) },
  } as const;
}

export type EntryActions = ReturnType<typeof useEntryActions>;
