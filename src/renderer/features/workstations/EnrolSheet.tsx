import { NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { SlipSheet } from '#renderer/ui/SlipSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { EnrolmentCode } from '#shared/contract/workstations.ts';
import type { LocationId } from '#shared/kernel/ids.ts';

interface EnrolSheetProps {
  /** A code was made: the list has one more. */
  readonly onMade: () => void;
  readonly onClose: () => void;
}

/** Name, place and extent of a new workstation, then its code, which is shown once. */
export function EnrolSheet({ onMade, onClose }: EnrolSheetProps) {
  const { t } = useTranslation();
  const mayPlaces = mayCall(useCurrentUser(), 'clinic.places');
  const places = useCall('clinic.places', {}, { enabled: mayPlaces }).data ?? [];
  const sites = places.filter(({ siteId, active }) => siteId === null && active);
  const enrol = useCommand('workstations.enrol');
  const [name, setName] = useHeldState('enrol name', '');
  const [chosen, setChosen] = useHeldState<string | null>('enrol site', null);
  const [whole, setWhole] = useHeldState('enrol whole', true);
  const [issued, setIssued] = useState<EnrolmentCode | null>(null);
  const { save, saving, errorAt, problem } = useSave(onMade);
  // A clinic with one place has its workstations there.
  const site = chosen ?? (sites.length === 1 ? (sites[0]?.id ?? '') : '');
  const submit = () =>
    void save(
      {
        ...(name.trim() === '' ? { name: 'required' } : {}),
        ...(!whole && site === '' ? { locationId: 'required' } : {}),
      },
      async () => {
        const locationId = site === '' ? null : (site as LocationId);
        setIssued(await enrol.mutateAsync({ name, locationId, whole }));
      },
    );
  if (issued !== null) return <Code name={name.trim()} issued={issued} onClose={onClose} />;
  return (
    <SaveSheet
      call="workstations.enrol"
      title={t('workstations.enrol.title')}
      submit={t('workstations.enrol.submit')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('workstations.enrol.name')}
        description={t('workstations.enrol.nameHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={name}
        error={errorAt('name')}
        maxLength={100}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('workstations.enrol.site')}
        value={site}
        error={errorAt('locationId')}
        data={[
          { value: '', label: t('workstations.noSite') },
          ...sites.map((one) => ({ value: one.id, label: one.name })),
        ]}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Radio.Group
        label={t('workstations.enrol.holds')}
        value={whole ? 'whole' : 'ofSite'}
        onChange={(value) => setWhole(value === 'whole')}
      >
        <Stack gap={8} mt={4}>
          {(['whole', 'ofSite'] as const).map((extent) => (
            <Radio
              key={extent}
              value={extent}
              label={t(`workstations.enrol.${extent}`)}
              description={t(`workstations.enrol.${extent}Hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </SaveSheet>
  );
}

interface CodeProps {
  readonly name: string;
  readonly issued: EnrolmentCode;
  readonly onClose: () => void;
}

function Code({ name, issued: { code, until, places, onlyHere }, onClose }: CodeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SlipSheet
      title={t('workstations.enrol.codeTitle')}
      code={code}
      long
      above={<strong>{t('workstations.enrol.codeFor', { name })}</strong>}
      below={
        <>
          <p>{t('workstations.enrol.how')}</p>
          <p>{t('workstations.enrol.until', { when: format.dateTime(until) })}</p>
        </>
      }
      note={
        <>
          <p>{t('workstations.enrol.looks', { places })}</p>
          {onlyHere && <p>{t('workstations.enrol.onlyHere')}</p>}
          <p>{t('workstations.enrol.once')}</p>
        </>
      }
      onClose={onClose}
    />
  );
}
