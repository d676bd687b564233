import { Radio, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { Controller, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import { parseBirthDate } from '#shared/domain/patients/birth-date.ts';
import { genders } from '#shared/domain/patients/gender.ts';
import { MoreFields } from './MoreFields.tsx';
import classes from './PatientFields.module.css';
import type { PatientField } from './patient-form.ts';
import type { PatientForm } from './usePatientForm.ts';

type TextField = Exclude<PatientField, 'gender' | 'birthText'>;

/** The fields in the order people say them. */
export function PatientFields({ form, known }: { form: PatientForm; known?: PatientParticulars }) {
  const { t } = useTranslation();
  return (
    <div className={classes.fields}>
      <Text form={form} name="family" label={t('patients.family')} required first />
      <Text form={form} name="given" label={t('patients.given')} required />
      <Gender form={form} />
      <BirthDate form={form} />
      <Text form={form} name="phone" label={t('patients.phone')} type="tel" />
      <Text form={form} name="addressLine" label={t('patients.addressLine')} />
      <div className={classes.town}>
        <Text form={form} name="postalCode" label={t('patients.postalCode')} />
        <Text form={form} name="city" label={t('patients.city')} />
        <Text
          form={form}
          name="country"
          label={t('patients.country')}
          placeholder={t('patients.countryHint')}
        />
      </div>
      <div className={classes.pair}>
        <Text form={form} name="contactName" label={t('patients.contactName')} />
        <Text form={form} name="contactPhone" label={t('patients.contactPhone')} type="tel" />
      </div>
      <Text form={form} name="email" label={t('patients.email')} type="email" />
      <MoreFields form={form} {...(known ? { known } : {})} />
    </div>
  );
}

interface TextProps {
  readonly form: PatientForm;
  readonly name: TextField;
  readonly label: string;
  readonly required?: boolean;
  readonly first?: boolean;
  readonly type?: 'tel' | 'email';
  readonly placeholder?: string;
}

function Text({ form, name, label, required = false, first = false, type, placeholder }: TextProps) {
  return (
    <TextInput
      label={label}
      required={required}
      type={type ?? 'text'}
      placeholder={placeholder ?? ''}
      autoComplete="off"
      spellCheck={false}
      {...(first ? { 'data-autofocus': true } : {})}
      error={form.formState.errors[name]?.message}
      {...form.register(name)}
    />
  );
}

function Gender({ form }: { form: PatientForm }) {
  const { t } = useTranslation();
  return (
    <Controller
      control={form.control}
      name="gender"
      render={({ field, fieldState }) => (
        <Radio.Group
          label={t('patients.gender')}
          required
          value={field.value}
          onChange={(value) => field.onChange(value)}
          onBlur={field.onBlur}
          error={fieldState.error?.message}
        >
          <div className={classes.radios}>
            {genders.map((gender, index) => (
              <Radio
                key={gender}
                value={gender}
                label={t(`common.gender.${gender}`)}
                size="xs"
                {...(index === 0 ? { ref: field.ref } : {})}
              />
            ))}
          </div>
        </Radio.Group>
      )}
    />
  );
}

/** Any spelling; what was understood stands beside it, so a slip shows before it is saved. */
function BirthDate({ form }: { form: PatientForm }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useWatch({ control: form.control, name: 'birthText' });
  const parsed = parseBirthDate(text, { today: format.today() });
  const estimates = {
    nothing: null,
    day: t('patients.estimatedDay'),
    'day-and-month': t('patients.estimatedDayAndMonth'),
  } as const;
  let understood: ReactNode = t('patients.birthDateHint');
  if (parsed.ok) {
    const said = t('patients.bornOn', {
      date: format.day(parsed.value.date),
      age: format.age(parsed.value.date),
    });
    const estimate = estimates[parsed.value.estimated];
    understood = (
      <strong className={classes.understood}>
        {said}
        {estimate && ` (${estimate})`}
      </strong>
    );
  }
  return (
    <TextInput
      label={t('patients.birthDate')}
      autoComplete="off"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={<span aria-live="polite">{understood}</span>}
      error={form.formState.errors.birthText?.message}
      {...form.register('birthText')}
    />
  );
}
