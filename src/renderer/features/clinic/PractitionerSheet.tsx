import { Autocomplete, Button, Checkbox, Select, TagsInput, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { StandsNotice } from '#renderer/ui/StandsNotice.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useEdited } from '#renderer/ui/useEdited.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { PlaceRecord, PractitionerDetails, PractitionerRecord } from '#shared/contract/clinic.ts';
import { genders } from '#shared/domain/patients/gender.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import classes from './ClinicScreens.module.css';
import { ColourField } from './ColourField.tsx';

const empty = (siteIds: readonly LocationId[]): PractitionerDetails => ({
  prefix: 'Dr',
  family: '',
  given: '',
  gender: 'unknown',
  speciality: '',
  furtherSpecialities: [],
  licenceNumber: null,
  colour: null,
  siteIds: [...siteIds],
});

const detailsOf = (details: PractitionerDetails): PractitionerDetails => ({
  prefix: details.prefix,
  family: details.family,
  given: details.given,
  gender: details.gender,
  speciality: details.speciality,
  furtherSpecialities: details.furtherSpecialities,
  licenceNumber: details.licenceNumber,
  colour: details.colour,
  siteIds: details.siteIds,
});

interface PractitionerSheetProps {
  readonly practitioner: PractitionerRecord | null;
  /** Who has appointments ahead does not leave before others have them: the app leads to where that is done. */
  readonly renderAbsence: RenderAbsence;
  readonly onClose: () => void;
}

/** Leads to other times for a practitioner's appointments from the first day to the last. */
export type RenderAbsence = (leaving: Leaving) => ReactNode;
export interface Leaving {
  readonly practitioner: PractitionerRecord;
  /** `YYYY-MM-DD` */
  readonly first: string;
  readonly last: string;
}

/** A doctor, new or to be changed. A new one waits for the sites: where there is but one, they work there. */
export function PractitionerSheet(props: PractitionerSheetProps) {
  const places = useCall('clinic.places', {}).data;
  const sites = places?.filter(({ siteId, active }) => siteId === null && active);
  return sites && <PractitionerForm {...props} sites={sites} />;
}

function PractitionerForm({
  practitioner,
  renderAbsence,
  onClose,
  sites,
}: PractitionerSheetProps & { readonly sites: readonly PlaceRecord[] }) {
  const { t } = useTranslation();
  const add = useCommand('clinic.addPractitioner');
  const edit = useCommand('clinic.changePractitioner');
  const people = useCall('clinic.practitioners', {});
  const { was, draft, change, stands, meet } = useEdited(`practitioner ${practitioner?.id ?? ''}`, () =>
    detailsOf(practitioner ?? empty(sites.length === 1 ? sites.map(({ id }) => id) : [])),
  );
  const standsWords = useStandsWords(stands, sites);
  const { save, saving, errorAt, problem } = useSave(onClose, async () => {
    const now = (await people.refetch()).data?.find(({ id }) => id === practitioner?.id);
    if (now) meet(detailsOf(now));
  });
  const [booked, setBooked] = useState<Omit<Leaving, 'practitioner'> | null>(null);
  const name = [draft.prefix, draft.given, draft.family].filter(Boolean).join(' ');
  const submit = () =>
    void save({}, async () => {
      setBooked(null);
      if (practitioner === null) await add.mutateAsync(draft);
      else await edit.mutateAsync({ ...draft, id: practitioner.id, was });
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
      above={
        booked && practitioner ? (
          renderAbsence({ practitioner, ...booked })
        ) : (
          <StandsNotice fields={standsWords} />
        )
      }
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
      <SpecialityFields draft={draft} errorAt={errorAt} onChange={change} />
      {field('licenceNumber')}
      <SitesField sites={sites} draft={draft} error={errorAt('siteIds')} onChange={change} />
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

/** What others made of fields that were changed here too, in words. */
function useStandsWords(stands: Partial<PractitionerDetails>, sites: readonly PlaceRecord[]) {
  const { t } = useTranslation();
  const words = (name: keyof PractitionerDetails): { readonly label: string; readonly value: string } => {
    const { gender, colour, furtherSpecialities = [], siteIds = [] } = stands;
    switch (name) {
      case 'gender':
        return { label: t('clinic.practitioner.gender'), value: t(`common.gender.${gender ?? 'unknown'}`) };
      case 'colour':
        return {
          label: t('clinic.practitioner.colourName'),
          value: t(`clinic.colour.${colour ?? 'none'}`),
        };
      case 'furtherSpecialities':
        return { label: t('clinic.practitioner.furtherSpecialities'), value: furtherSpecialities.join(', ') };
      case 'siteIds':
        return {
          label: t('clinic.practitioner.siteIds'),
          value: sites
            .filter(({ id }) => siteIds.includes(id))
            .map((site) => site.name)
            .join(', '),
        };
      default:
        return { label: t(`clinic.practitioner.${name}`), value: stands[name] ?? '' };
    }
  };
  return (Object.keys(stands) as (keyof PractitionerDetails)[]).map(words);
}

interface PartProps {
  readonly draft: PractitionerDetails;
  readonly onChange: (part: Partial<PractitionerDetails>) => void;
}

interface SpecialityFieldsProps extends PartProps {
  readonly errorAt: (field: string) => string | undefined;
}

/** Times are looked for by speciality, so one that is there already is offered rather than spelt anew. */
function SpecialityFields({ draft, errorAt, onChange }: SpecialityFieldsProps) {
  const { t } = useTranslation();
  const people = useCall('clinic.practitioners', {}).data ?? [];
  const known = [
    ...new Set(people.flatMap((one) => [one.speciality, ...one.furtherSpecialities])),
  ].toSorted();
  return (
    <>
      <Autocomplete
        label={t('clinic.practitioner.speciality')}
        openOnFocus={false}
        data={known}
        value={draft.speciality}
        error={errorAt('speciality')}
        onChange={(speciality) => onChange({ speciality })}
      />
      <TagsInput
        label={t('clinic.practitioner.furtherSpecialities')}
        description={t('clinic.practitioner.furtherHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        openOnFocus={false}
        maxTags={20}
        maxLength={200}
        acceptValueOnBlur
        data={known.filter((one) => one !== draft.speciality)}
        value={draft.furtherSpecialities}
        error={errorAt('furtherSpecialities')}
        onChange={(all) => onChange({ furtherSpecialities: all })}
      />
    </>
  );
}

interface SitesFieldProps extends PartProps {
  readonly sites: readonly PlaceRecord[];
  readonly error: string | undefined;
}

/** Where somebody works: weekly hours are planned there. */
function SitesField({ sites, draft, error, onChange }: SitesFieldProps) {
  const { t } = useTranslation();
  // A site that is closed is not offered, and stays as it is.
  const closed = draft.siteIds.filter((id) => !sites.some((site) => site.id === id));
  if (sites.length === 0) return null;
  return (
    <Checkbox.Group
      label={t('clinic.practitioner.siteIds')}
      description={t('clinic.practitioner.sitesHint')}
      value={draft.siteIds}
      error={error}
      onChange={(chosen) =>
        onChange({
          siteIds: [...closed, ...sites.map(({ id }) => id).filter((id) => chosen.includes(id))].toSorted(),
        })
      }
    >
      <div className={classes.sites}>
        {sites.map(({ id, name }) => (
          <Checkbox key={id} value={id} label={name} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

interface ActiveButtonProps {
  readonly practitioner: PractitionerRecord;
  readonly save: ReturnType<typeof useSave>['save'];
  readonly onBooked: (booked: Omit<Leaving, 'practitioner'> | null) => void;
}

/** The days of the appointments that are ahead, when that is why somebody does not leave. */
const daysOf = (failure: unknown): Omit<Leaving, 'practitioner'> | null => {
  if (!(failure instanceof AppErrorException) || failure.error.code !== 'practitioner-booked') return null;
  const { first, last } = failure.error.params ?? {};
  return { first: String(first), last: String(last) };
};

function ActiveButton({ practitioner: { id, active, given, family }, save, onBooked }: ActiveButtonProps) {
  const { t } = useTranslation();
  const command = useCommand('clinic.setPractitionerActive');
  const name = `${given} ${family}`;
  const turn = async () => {
    try {
      await command.mutateAsync({ id, active: !active });
    } catch (failure) {
      onBooked(daysOf(failure));
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
