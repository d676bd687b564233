import { Autocomplete, NativeSelect, TextInput } from '@mantine/core';
import { Controller, useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { aboutCoverage, coverageText } from '#renderer/ui/particulars-text.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import { fold } from '#shared/domain/patients/fold.ts';
import { coverageRelationships } from '#shared/domain/patients/particulars.ts';
import { AddedRow, KnownRows, ParticularGroup } from './ParticularRows.tsx';
import { newCoverage } from './particulars-form.ts';
import type { PatientForm } from './usePatientForm.ts';

interface CoverageProps {
  readonly form: PatientForm;
  readonly known: PatientParticulars['coverages'];
}

const texts = ['plan', 'subscriberId'] as const;
const days = ['startDate', 'endDate'] as const;

/** Who pays. */
export function CoverageFields({ form, known }: CoverageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'particulars.coverages' });
  const errors = form.formState.errors.particulars?.coverages;
  return (
    <ParticularGroup
      title={t('particulars.coverages')}
      addLabel={t('particulars.addCoverage')}
      onAdd={() => append(newCoverage, { focusName: `particulars.coverages.${fields.length}.payer` })}
    >
      <KnownRows
        form={form}
        kind="coverage"
        rows={known.map((row) => ({
          id: row.id,
          text: coverageText(row),
          about: aboutCoverage(t, format, row),
        }))}
      />
      {fields.map((field, index) => (
        <AddedRow key={field.id} number={index + 1} onRemove={() => remove(index)}>
          <PayerField form={form} index={index} />
          <TextInput
            label={t('particulars.coverRate')}
            autoComplete="off"
            inputMode="decimal"
            error={errors?.[index]?.coverRate?.message}
            {...form.register(`particulars.coverages.${index}.coverRate`)}
          />
          {texts.map((name) => (
            <TextInput
              key={name}
              label={t(`particulars.${name}`)}
              autoComplete="off"
              error={errors?.[index]?.[name]?.message}
              {...form.register(`particulars.coverages.${index}.${name}`)}
            />
          ))}
          <NativeSelect
            label={t('particulars.relationship')}
            data={[
              { value: '', label: t('particulars.notSaid') },
              ...coverageRelationships.map((value) => ({
                value,
                label: t(`particulars.coverageRelationship.${value}`),
              })),
            ]}
            {...form.register(`particulars.coverages.${index}.relationship`)}
          />
          {days.map((name) => (
            <TextInput
              key={name}
              label={t(`particulars.${name}`)}
              placeholder={t('particulars.dayHint')}
              autoComplete="off"
              error={errors?.[index]?.[name]?.message}
              {...form.register(`particulars.coverages.${index}.${name}`)}
            />
          ))}
        </AddedRow>
      ))}
    </ParticularGroup>
  );
}

/** Who pays: one of the clinic's payers as it is typed or chosen, else in words. */
function PayerField({ form, index }: { readonly form: PatientForm; readonly index: number }) {
  const { t } = useTranslation();
  const may = mayCall(useCurrentUser(), 'payers.list');
  const payers = (useCall('payers.list', {}, { enabled: may }).data?.payers ?? []).filter(
    ({ active }) => active,
  );
  const known = (name: string) => payers.find((payer) => fold(payer.name) === fold(name.trim()));
  return (
    <Controller
      control={form.control}
      name={`particulars.coverages.${index}.payer`}
      render={({ field, fieldState }) => (
        <Autocomplete
          label={t('particulars.payer')}
          data={[...new Set(payers.map(({ name }) => name))]}
          maxLength={200}
          autoComplete="off"
          openOnFocus={false}
          description={
            payers.length > 0 && field.value.trim() !== ''
              ? t(known(field.value) ? 'particulars.onList' : 'particulars.offList')
              : undefined
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={fieldState.error?.message}
          ref={field.ref}
          value={field.value}
          onBlur={field.onBlur}
          onChange={(name) => {
            field.onChange(name);
            form.setValue(`particulars.coverages.${index}.payorId`, known(name)?.id ?? '');
          }}
        />
      )}
    />
  );
}
