import { NativeSelect, TextInput } from '@mantine/core';
import { useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { aboutTelecom, telecomText } from '#renderer/ui/particulars-text.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import { telecomUses } from '#shared/domain/patients/particulars.ts';
import { AddedRow, KnownRows, ParticularGroup } from './ParticularRows.tsx';
import { newTelecom } from './particulars-form.ts';
import type { PatientForm } from './usePatientForm.ts';

interface TelecomProps {
  readonly form: PatientForm;
  readonly known: PatientParticulars['telecoms'];
}

/** Phones and e-mails besides the first. */
export function TelecomFields({ form, known }: TelecomProps) {
  const { t } = useTranslation();
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'particulars.telecoms' });
  const errors = form.formState.errors.particulars?.telecoms;
  return (
    <ParticularGroup
      title={t('particulars.telecoms')}
      addLabel={t('particulars.addTelecom')}
      onAdd={() => append(newTelecom, { focusName: `particulars.telecoms.${fields.length}.value` })}
    >
      <KnownRows
        form={form}
        kind="telecom"
        rows={known.map((row) => ({ id: row.id, text: telecomText(row), about: aboutTelecom(t, row) }))}
      />
      {fields.map((field, index) => (
        <AddedRow key={field.id} number={index + 1} onRemove={() => remove(index)}>
          <TextInput
            label={t('particulars.telecom')}
            autoComplete="off"
            spellCheck={false}
            error={errors?.[index]?.value?.message}
            {...form.register(`particulars.telecoms.${index}.value`)}
          />
          <NativeSelect
            label={t('particulars.use')}
            data={[
              { value: '', label: t('particulars.notSaid') },
              ...telecomUses.map((value) => ({ value, label: t(`particulars.telecomUse.${value}`) })),
            ]}
            {...form.register(`particulars.telecoms.${index}.use`)}
          />
          <TextInput
            label={t('particulars.note')}
            placeholder={t('particulars.noteHint')}
            autoComplete="off"
            error={errors?.[index]?.note?.message}
            {...form.register(`particulars.telecoms.${index}.note`)}
          />
        </AddedRow>
      ))}
    </ParticularGroup>
  );
}
