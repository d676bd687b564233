import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { oversightPath } from '#renderer/ui/oversight-path.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { BulkChange, BulkLine } from '#shared/contract/oversight.ts';
import { toneOfOutcome } from '../useAppointmentCommands.ts';
import { useOversight } from './store.ts';

/** Takes a change of many back; what stays as it is is told on the screen, one by one. */
export function useTakeBackBulk() {
  const { t } = useTranslation();
  const [path, navigate] = useLocation();
  const { mutateAsync, isPending } = useCommand('oversight.takeBack');
  const takeBack = async (change: { readonly id: string; readonly at: string }) => {
    try {
      const { restored, stays } = await mutateAsync(change);
      const text = t('oversight.recent.takenBack', { count: restored });
      toast(text, stays.length > 0 ? { tone: 'attention' } : {});
      if (stays.length === 0) return;
      useOversight.getState().tellStays(stays);
      if (path !== oversightPath) navigate(oversightPath);
    } catch (failure) {
      toast(t('oversight.recent.failed', { reason: errorText(t, failure) }), { tone: 'problem' });
    }
  };
  return { takeBack, busy: isPending };
}

/** Changes the appointments of a preview that can be changed, with the way back. */
export function useBulk(onDone: () => void) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const { mutateAsync, isPending } = useCommand('oversight.apply');
  const { takeBack } = useTakeBackBulk();
  const apply = async (change: BulkChange, lines: readonly BulkLine[]) => {
    const chosen = lines
      .filter(({ becomes }) => becomes !== null)
      .map(({ appointment: { id, practitionerId, startAt, status } }) => ({
        id,
        was: { practitionerId, startAt, status },
      }));
    try {
      const { id, at, changed, toTell, outcome } = await mutateAsync({ change, chosen });
      const leads = toTell > 0 && mayCall(user, 'calls.list');
      onDone();
      toast(t(`oversight.bulk.done.${outcome}`, { count: changed }), {
        tone: toneOfOutcome(outcome),
        ...(outcome === 'refused' ? {} : { undo: () => takeBack({ id, at }) }),
        ...(leads
          ? { next: { label: t('oversight.bulk.toCalls'), keys: 'g c', run: () => navigate('/calls') } }
          : {}),
      });
    } catch (failure) {
      const isChanged = failure instanceof AppErrorException && failure.error.code === 'changed-meanwhile';
      toast(
        isChanged
          ? t('oversight.bulk.changed')
          : t('oversight.bulk.failed', { reason: errorText(t, failure) }),
        { tone: 'problem' },
      );
    }
  };
  return { apply, applying: isPending };
}
