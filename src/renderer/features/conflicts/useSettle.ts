import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { ConflictView } from '#shared/contract/conflicts.ts';

type Resolution = 'kept' | 'attempted' | 'edited';

/** Decides a conflict and tells it, with the way back where there is one. */
export function useSettle(conflict: ConflictView, onDone: () => void) {
  const { t } = useTranslation();
  const settle = useCommand('conflicts.settle');
  const reopen = useCommand('conflicts.reopen');
  const name = conflict.name || t('conflicts.somebody');
  const failed = (failure: unknown) =>
    toast(t('conflicts.done.failed', { reason: errorText(t, failure) }), { tone: 'problem' });

  const takeBack = (now: ConflictView['seen']) => async () => {
    try {
      await reopen.mutateAsync({ id: conflict.id, before: conflict.seen, now });
      toast(t('conflicts.done.undone', { name }));
    } catch (failure) {
      failed(failure);
    }
  };

  /** Gives the columns whose typed value is no good; null when it is decided or told otherwise. */
  const decide = async (
    resolution: Resolution,
    typed: Readonly<Record<string, string>> = {},
  ): Promise<Readonly<Record<string, string>> | null> => {
    if (settle.isPending) return null;
    try {
      const { id, seen } = conflict;
      const { now } = await settle.mutateAsync({ id, resolution, typed: { ...typed }, seen });
      const done = t(`conflicts.done.${resolution}`, { name });
      toast(done, conflict.undoable ? { undo: takeBack(now) } : {});
      onDone();
      return null;
    } catch (failure) {
      const fields = failure instanceof AppErrorException ? failure.error.fields : undefined;
      if (fields !== undefined && resolution === 'edited') return fields;
      failed(failure);
      return null;
    }
  };
  return { decide, busy: settle.isPending };
}
