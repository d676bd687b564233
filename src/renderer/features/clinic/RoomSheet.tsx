import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { PlaceRecord } from '#shared/contract/clinic.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { PlaceActiveButton, ToBookings } from './PlaceActiveButton.tsx';

interface RoomSheetProps {
  readonly room: PlaceRecord | null;
  /** Where the room is, or where a new one is likely to be. */
  readonly siteId: LocationId;
  readonly onClose: () => void;
}

/** A room of a site, new or to be changed. It stays in its site: appointments and hours name both. */
export function RoomSheet({ room, siteId: usual, onClose }: RoomSheetProps) {
  const { t } = useTranslation();
  const add = useCommand('clinic.addRoom');
  const edit = useCommand('clinic.changeRoom');
  const sites = (useCall('clinic.places', {}).data ?? []).filter(
    (place) => place.siteId === null && (place.active || place.id === usual),
  );
  const [siteId, setSiteId] = useState(usual);
  const [booked, setBooked] = useState<string | null>(null);
  const [name, setName] = useHeldState(`room ${room?.id ?? ''}`, room?.name ?? '');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () =>
    void save({}, async () => {
      if (room === null) await add.mutateAsync({ siteId, name });
      else await edit.mutateAsync({ id: room.id, name });
      toast(t('clinic.place.saved', { name: name.trim() }));
    });
  return (
    <SaveSheet
      call={room ? 'clinic.changeRoom' : 'clinic.addRoom'}
      title={t(room ? 'clinic.place.changeRoom' : 'clinic.place.addRoom')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      above={booked && <ToBookings siteId={siteId} first={booked} />}
      more={room && <PlaceActiveButton place={room} save={save} onBooked={setBooked} />}
    >
      <TextInput
        data-autofocus
        label={t('clinic.place.name')}
        value={name}
        error={errorAt('name')}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('clinic.place.site')}
        allowDeselect={false}
        disabled={room !== null}
        data={sites.map((site) => ({ value: site.id, label: site.name }))}
        value={siteId}
        onChange={(id) => setSiteId(sites.find((site) => site.id === id)?.id ?? siteId)}
      />
    </SaveSheet>
  );
}
