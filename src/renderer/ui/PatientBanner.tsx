import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientSummary } from '#shared/contract/patients.ts';
import { CertaintyMark } from './CertaintyMark.tsx';
import { patientName } from './format.ts';
import { formatPhone } from './format-phone.ts';
import classes from './PatientBanner.module.css';
import { useFormat } from './useFormat.ts';

/** Who this is about: stays in view whatever scrolls below. */
export function PatientBanner({
  patient,
  actions,
  below,
}: {
  patient: PatientSummary;
  actions?: ReactNode;
  /** A second line that stays in view too. */
  below?: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const gender = t(`common.gender.${patient.gender as 'female' | 'male' | 'other' | 'unknown'}`);
  return (
    <div className={classes.frame}>
      <div className={classes.banner} data-deceased={patient.deceasedDate !== null || undefined}>
        <h1 className={classes.name} title={patientName(patient)}>
          {patientName(patient)}
        </h1>
        <CertaintyMark certainty={patient.certainty} />
        <dl className={classes.facts}>
          <Fact label={t('patients.mrn')}>{patient.mrn}</Fact>
          <Fact label={t('patients.gender')}>{gender}</Fact>
          <Fact label={t('patients.birthDate')}>
            {patient.birthDate ? (
              <>
                {format.day(patient.birthDate)} · {format.age(patient.birthDate)}
                {patient.birthDateEstimated && ` (${t('patients.estimated')})`}
              </>
            ) : (
              t('patients.unknown')
            )}
          </Fact>
          {patient.phone && <Fact label={t('patients.phone')}>{formatPhone(patient.phone)}</Fact>}
          {patient.deceasedDate && (
            <Fact label={t('patients.deceased')}>{format.day(patient.deceasedDate)}</Fact>
          )}
        </dl>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {below}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
