import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { useSave } from '#renderer/ui/useSave.ts';
import type { PlaceRecord } from '#shared/contract/clinic.ts';
import type { LocationId } from '#shared/kernel/ids.ts';

interface PlaceActiveButtonProps {
  readonly place: PlaceRecord;
  readonly save: ReturnType<typeof useSave>['save'];
  /** The first day somebody is booked there, which is why it stays open. */
  readonly onBooked: (first: string | null) => void;
}

/** Closes a site or a room, or opens it again. */
export function PlaceActiveButton({ place: { id, name, active }, save, onBooked }: PlaceActiveButtonProps) {
  const { t } = useTranslation();
  const command = useCommand('clinic.setPlaceActive');
  const turn = async () => {
    onBooked(null);
    try {
      await command.mutateAsync({ id, active: !active });
    } catch (failure) {
      if (failure instanceof AppErrorException && failure.error.code === 'place-booked')
        onBooked(String(failure.error.params?.first));
      throw failure;
    }
    toast(t(active ? 'clinic.place.wasClosed' : 'clinic.place.wasOpened', { name }), {
      undo: async () => void (await command.mutateAsync({ id, active })),
    });
  };
  return (
    <Button variant="default" onClick={() => void save({}, turn)}>
      {t(active ? 'clinic.place.close' : 'clinic.place.open')}
    </Button>
  );
}

/** Leads to the day board, where who is booked there is moved; Enter goes there. */
export function ToBookings({ siteId, first }: { readonly siteId: LocationId; readonly first: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <Button autoFocus onClick={() => navigate(`/day?${new URLSearchParams({ date: first, site: siteId })}`)}>
      {t('clinic.place.toBookings')}
    </Button>
  );
}
