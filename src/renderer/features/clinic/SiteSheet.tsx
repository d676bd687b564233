import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { PlaceRecord, SiteDetails } from '#shared/contract/clinic.ts';
import { PlaceActiveButton, ToBookings } from './PlaceActiveButton.tsx';

const empty = (): SiteDetails => ({
  name: '',
  addressLine: null,
  city: null,
  phone: null,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

const detailsOf = ({ name, addressLine, city, phone, timeZone }: SiteDetails): SiteDetails => ({
  name,
  addressLine,
  city,
  phone,
  timeZone,
});

/** A site, new or to be changed. */
export function SiteSheet({ site, onClose }: { site: PlaceRecord | null; onClose: () => void }) {
  const { t } = useTranslation();
  const add = useCommand('clinic.addSite');
  const edit = useCommand('clinic.changeSite');
  const [booked, setBooked] = useState<string | null>(null);
  const [draft, setDraft] = useHeldState(`site ${site?.id ?? ''}`, () => detailsOf(site ?? empty()));
  const { save, saving, errorAt, problem } = useSave(onClose);
  const change = (part: Partial<SiteDetails>) => setDraft((old) => ({ ...old, ...part }));
  const submit = () =>
    void save({}, async () => {
      if (site === null) await add.mutateAsync(draft);
      else await edit.mutateAsync({ ...draft, id: site.id });
      toast(t(site ? 'clinic.place.saved' : 'clinic.place.siteAdded', { name: draft.name.trim() }));
    });
  const field = (key: 'name' | 'addressLine' | 'city' | 'phone') => (
    <TextInput
      label={t(`clinic.place.${key}`)}
      value={draft[key] ?? ''}
      error={errorAt(key)}
      autoComplete="off"
      onChange={(event) => change({ [key]: event.currentTarget.value })}
    />
  );
  return (
    <SaveSheet
      call={site ? 'clinic.changeSite' : 'clinic.addSite'}
      title={t(site ? 'clinic.place.changeSite' : 'clinic.place.addSite')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      above={booked && site && <ToBookings siteId={site.id} first={booked} />}
      more={site && <PlaceActiveButton place={site} save={save} onBooked={setBooked} />}
    >
      {field('name')}
      {field('addressLine')}
      {field('city')}
      {field('phone')}
      <Select
        label={t('clinic.place.timeZone')}
        description={t('clinic.place.timeZoneHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        openOnFocus={false}
        searchable
        allowDeselect={false}
        data={[...new Set([draft.timeZone, ...Intl.supportedValuesOf('timeZone')])].toSorted()}
        value={draft.timeZone}
        error={errorAt('timeZone')}
        onChange={(timeZone) => timeZone && change({ timeZone })}
      />
    </SaveSheet>
  );
}
