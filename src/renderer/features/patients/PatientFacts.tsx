import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { languageWord, relationWord } from '#renderer/ui/code-words.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import type { genders } from '#shared/domain/patients/gender.ts';
import classes from './PatientFacts.module.css';

const joined = (parts: readonly (string | null)[], separator: string) =>
  parts.filter(Boolean).join(separator);

/** Everything known of a patient, one fact a line; what is not known shows as a dash, so a gap is seen. */
export function PatientFacts({ patient }: { patient: PatientView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const born = patient.birthDate
    ? `${format.day(patient.birthDate)} (${joined([format.age(patient.birthDate), patient.birthDateEstimated ? t('patients.estimated') : null], ', ')})`
    : null;
  const town = joined([patient.postalCode, patient.city], ' ');
  return (
    <dl className={classes.facts}>
      <Fact label={t('patients.gender')}>
        {t(`common.gender.${patient.gender as (typeof genders)[number]}`)}
      </Fact>
      <Fact label={t('patients.birthDate')}>{born}</Fact>
      {patient.deceasedDate && <Fact label={t('patients.deceased')}>{format.day(patient.deceasedDate)}</Fact>}
      <Fact label={t('patients.phone')}>{patient.phone && formatPhone(patient.phone)}</Fact>
      <Fact label={t('patients.email')}>{patient.email}</Fact>
      <Fact label={t('patients.address')}>{joined([patient.addressLine, town, patient.country], ', ')}</Fact>
      <Fact label={t('patients.nextOfKin')}>
        {(patient.contactName || patient.contactPhone || patient.contactRelation) && (
          <>
            {patient.contactName}
            {patient.contactRelation && ` (${relationWord(t, patient.contactRelation)})`}{' '}
            <span className={classes.whole}>{patient.contactPhone && formatPhone(patient.contactPhone)}</span>
          </>
        )}
      </Fact>
      <Fact label={t('particulars.language')}>
        {patient.language && languageWord(patient.language, format.locale)}
      </Fact>
      <Fact label={t('patients.registered')}>{format.dateTime(patient.createdAt)}</Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children || '–'}</dd>
    </div>
  );
}
