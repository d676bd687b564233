import { NativeSelect, TextInput } from '@mantine/core';
import { useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { aboutIdentifier } from '#renderer/ui/particulars-text.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import { identifierTypes } from '#shared/domain/patients/identifier.ts';
import { AddedRow, KnownRows, ParticularGroup } from './ParticularRows.tsx';
import { newIdentifier } from './particulars-form.ts';
import type { PatientForm } from './usePatientForm.ts';

interface IdentifierProps {
  readonly form: PatientForm;
  readonly known: PatientParticulars['identifiers'];
}

/** Numbers others know the patient by. */
export function IdentifierFields({ form, known }: IdentifierProps) {
  const { t } = useTranslation();
  const { fields, append, remove } = useFieldArray({
    control: form.control,
    name: 'particulars.identifiers',
  });
  const errors = form.formState.errors.particulars?.identifiers;
  return (
    <ParticularGroup
      title={t('particulars.identifiers')}
      addLabel={t('particulars.addIdentifier')}
      onAdd={() => append(newIdentifier, { focusName: `particulars.identifiers.${fields.length}.type` })}
    >
      <KnownRows
        form={form}
        kind="identifier"
        rows={known.map((row) => ({ id: row.id, text: row.value, about: aboutIdentifier(t, row) }))}
      />
      {fields.map((field, index) => (
        <AddedRow key={field.id} number={index + 1} onRemove={() => remove(index)}>
          <NativeSelect
            label={t('particulars.type')}
            data={identifierTypes.map((value) => ({
              value,
              label: t(`particulars.identifierType.${value}`),
            }))}
            {...form.register(`particulars.identifiers.${index}.type`)}
          />
          <TextInput
            label={t('particulars.identifier')}
            autoComplete="off"
            spellCheck={false}
            error={errors?.[index]?.value?.message}
            {...form.register(`particulars.identifiers.${index}.value`)}
          />
          <TextInput
            label={t('particulars.issuer')}
            autoComplete="off"
            error={errors?.[index]?.issuer?.message}
            {...form.register(`particulars.identifiers.${index}.issuer`)}
          />
        </AddedRow>
      ))}
    </ParticularGroup>
  );
}
