import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { endSession } from '#renderer/client/provider.tsx';
import { flushNotes } from '#renderer/features/notes/keepers.ts';
import { switchUser } from '#renderer/features/session/switching.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { flushForms } from '#renderer/ui/kept-form/keeper.ts';
import { toast } from '#renderer/ui/toasts.ts';

/** Works in a field and over a modal, too, and is taken by no browser. */
export const lockKeys = 'mod+shift+l';

/** Saves what is typed, then locks the session; `switch` for somebody else to sign in. */
export function useLock(): (then?: 'switch') => Promise<void> {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const lock = useCommand('session.lock');
  return async (then) => {
    await Promise.all([flushForms(), flushNotes()]);
    try {
      await lock.mutateAsync({});
      if (then === 'switch') switchUser();
      endSession(queries);
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
}
