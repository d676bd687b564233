import { NativeSelect, TextInput } from '@mantine/core';
import { useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { aboutCoverage, coverageText } from '#renderer/ui/particulars-text.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
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
          <TextInput
            label={t('particulars.payer')}
            autoComplete="off"
            error={errors?.[index]?.payer?.message}
            {...form.register(`particulars.coverages.${index}.payer`)}
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
