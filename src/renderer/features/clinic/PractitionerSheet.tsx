import { Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { PractitionerDetails, PractitionerRecord } from '#shared/contract/clinic.ts';
import { genders } from '#shared/domain/patients/patient.ts';
import classes from './ClinicScreens.module.css';
import { ColourField } from './ColourField.tsx';

const empty: PractitionerDetails = {
  prefix: 'Dr',
  family: '',
  given: '',
  gender: 'unknown',
  speciality: '',
  licenceNumber: null,
  colour: null,
};

const detailsOf = ({
  prefix,
  family,
  given,
  gender,
  speciality,
  licenceNumber,
  colour,
}: PractitionerDetails) => ({
  prefix,
  family,
  given,
  gender,
  speciality,
  licenceNumber,
  colour,
});

interface PractitionerSheetProps {
  readonly practitioner: PractitionerRecord | null;
  /** Who has appointments ahead does not leave before others have them: the app leads to where that is done. */
  readonly renderAbsence: (practitioner: PractitionerRecord) => ReactNode;
  readonly onClose: () => void;
}

/** A doctor, new or to be changed. */
export function PractitionerSheet({ practitioner, renderAbsence, onClose }: PractitionerSheetProps) {
  const { t } = useTranslation();
  const add = useCommand('clinic.addPractitioner');
  const edit = useCommand('clinic.changePractitioner');
  const [draft, setDraft] = useState(() => detailsOf(practitioner ?? empty));
  const { save, saving, errorAt, problem } = useSave(onClose);
  const [booked, setBooked] = useState(false);
  const change = (part: Partial<PractitionerDetails>) => setDraft((old) => ({ ...old, ...part }));
  const name = [draft.prefix, draft.given, draft.family].filter(Boolean).join(' ');
  const submit = () =>
    void save({}, async () => {
      setBooked(false);
      if (practitioner === null) await add.mutateAsync(draft);
      else await edit.mutateAsync({ ...draft, id: practitioner.id });
      toast(t(practitioner ? 'clinic.practitioner.saved' : 'clinic.practitioner.added', { name }));
    });
  const field = (key: 'prefix' | 'family' | 'given' | 'licenceNumber') => (
    <TextInput
      label={t(`clinic.practitioner.${key}`)}
      value={draft[key] ?? ''}
      error={errorAt(key)}
      autoComplete="off"
      onChange={(event) => change({ [key]: event.currentTarget.value })}
    />
  );
  return (
    <SaveSheet
      call={practitioner ? 'clinic.changePractitioner' : 'clinic.addPractitioner'}
      title={t(practitioner ? 'clinic.practitioner.change' : 'clinic.practitioner.add')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      above={booked && practitioner && renderAbsence(practitioner)}
      more={practitioner && <ActiveButton practitioner={practitioner} save={save} onBooked={setBooked} />}
    >
      <div className={classes.names}>
        {field('prefix')}
        {field('given')}
      </div>
      {field('family')}
      <Select
        label={t('clinic.practitioner.gender')}
        allowDeselect={false}
        data={genders.map((gender) => ({ value: gender, label: t(`common.gender.${gender}`) }))}
        value={draft.gender}
        onChange={(value) => change({ gender: genders.find((gender) => gender === value) ?? 'unknown' })}
      />
      <SpecialityField
        value={draft.speciality}
        error={errorAt('speciality')}
        onChange={(speciality) => change({ speciality })}
      />
      {field('licenceNumber')}
      <ColourField value={draft.colour} onChange={(colour) => change({ colour })} />
      {practitioner && (
        <p className={classes.quiet}>
          {practitioner.sites.length === 0
            ? t('clinic.practitioner.noHours')
            : t('clinic.practitioner.worksAt', { sites: practitioner.sites.join(', ') })}{' '}
          <Link href="/schedule/hours">{t('clinic.practitioner.toHours')}</Link>
        </p>
      )}
    </SaveSheet>
  );
}

interface SpecialityFieldProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (speciality: string) => void;
}

/** Times are looked for by speciality, so one that is there already is offered rather than spelt anew. */
function SpecialityField({ value, error, onChange }: SpecialityFieldProps) {
  const { t } = useTranslation();
  const people = useCall('clinic.practitioners', {}).data ?? [];
  return (
    <Autocomplete
      label={t('clinic.practitioner.speciality')}
      openOnFocus={false}
      data={[...new Set(people.map(({ speciality }) => speciality))].toSorted()}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}

interface ActiveButtonProps {
  readonly practitioner: PractitionerRecord;
  readonly save: ReturnType<typeof useSave>['save'];
  readonly onBooked: (booked: boolean) => void;
}

function ActiveButton({ practitioner: { id, active, given, family }, save, onBooked }: ActiveButtonProps) {
  const { t } = useTranslation();
  const command = useCommand('clinic.setPractitionerActive');
  const name = `${given} ${family}`;
  const turn = async () => {
    try {
      await command.mutateAsync({ id, active: !active });
    } catch (failure) {
      onBooked(failure instanceof AppErrorException && failure.error.code === 'practitioner-booked');
      throw failure;
    }
    toast(t(active ? 'clinic.practitioner.left' : 'clinic.practitioner.back', { name }), {
      undo: async () => void (await command.mutateAsync({ id, active })),
    });
  };
  return (
    <Button variant="default" onClick={() => void save({}, turn)}>
      {t(active ? 'clinic.practitioner.leave' : 'clinic.practitioner.comeBack')}
    </Button>
  );
}
