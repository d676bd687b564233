import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { useSave } from '#renderer/ui/useSave.ts';
import type { PlaceRecord } from '#shared/contract/clinic.ts';

interface PlaceActiveButtonProps {
  readonly place: PlaceRecord;
  readonly save: ReturnType<typeof useSave>['save'];
}

/** Closes a site or a room, or opens it again. */
export function PlaceActiveButton({ place: { id, name, active }, save }: PlaceActiveButtonProps) {
  const { t } = useTranslation();
  const command = useCommand('clinic.setPlaceActive');
  const turn = async () => {
    await command.mutateAsync({ id, active: !active });
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
