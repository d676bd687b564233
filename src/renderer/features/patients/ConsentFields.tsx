import { SegmentedControl, TextInput } from '@mantine/core';
import { useId } from 'react';
import { Controller, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { aboutConsent } from '#renderer/ui/particulars-text.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import {
  consentCategories,
  consentProvisions,
  holdingConsents,
} from '#shared/domain/patients/particulars.ts';
import classes from './MoreFields.module.css';
import type { PatientForm } from './usePatientForm.ts';

type Consent = PatientParticulars['consents'][number];

interface ConsentProps {
  readonly form: PatientForm;
  /** Everything that was said before, the latest first. */
  readonly known: readonly Consent[];
}

/** What the patient allows and refuses. What was said once is not unsaid, but may be said otherwise. */
export function ConsentFields({ form, known }: ConsentProps) {
  const { t } = useTranslation();
  const holding = holdingConsents(known);
  const answers = useWatch({ control: form.control, name: 'particulars.consents' });
  const isSaidAnew = consentCategories.some(
    (category) => answers[category] !== (holding.get(category)?.provision ?? ''),
  );
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('particulars.consents')}</legend>
      {consentCategories.map((category) => (
        <Answer key={category} form={form} category={category} said={holding.get(category)} />
      ))}
      {isSaidAnew && (
        <TextInput
          label={t('particulars.consentNote')}
          placeholder={t('particulars.consentNoteHint')}
          autoComplete="off"
          error={form.formState.errors.particulars?.consentNote?.message}
          {...form.register('particulars.consentNote')}
        />
      )}
    </fieldset>
  );
}

interface AnswerProps {
  readonly form: PatientForm;
  readonly category: (typeof consentCategories)[number];
  readonly said: Consent | undefined;
}

function Answer({ form, category, said }: AnswerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useId();
  const answers = consentProvisions.map((value) => ({ value, label: t(`particulars.provision.${value}`) }));
  return (
    <div className={classes.consent}>
      <span id={label} className={classes.consentText}>
        {t(`particulars.consentCategory.${category}`)}
        {said && <small> {aboutConsent(format, said)}</small>}
      </span>
      <Controller
        control={form.control}
        name={`particulars.consents.${category}`}
        render={({ field }) => (
          <SegmentedControl
            size="xs"
            aria-labelledby={label}
            value={field.value}
            onChange={field.onChange}
            data={said ? answers : [{ value: '', label: t('particulars.notAsked') }, ...answers]}
          />
        )}
      />
    </div>
  );
}
