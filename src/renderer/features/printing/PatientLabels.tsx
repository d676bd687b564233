import { useTranslation } from 'react-i18next';
import { patientName } from '#renderer/ui/format.ts';
import type { Format } from '#renderer/ui/useFormat.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import type { genders } from '#shared/domain/patients/gender.ts';
import { type Paper, sizeOf } from '#shared/domain/printing/paper.ts';
import { Barcode } from './Barcode.tsx';
import { numberMark } from './marks.ts';
import classes from './Paper.module.css';
import { type Imprint, Own, PaperPage } from './PaperPage.tsx';

export interface PatientPaperProps {
  readonly patient: PatientView;
  readonly paper: Paper;
  readonly imprint: Imprint;
  readonly format: Format;
}

/** A long name is set smaller, never cut: it is what people are told apart by. */
export function nameStep(name: string): 'short' | 'long' | 'longest' {
  const { length } = [...name];
  return length <= 28 ? 'short' : length <= 100 ? 'long' : 'longest';
}

/** Date of birth with age, and sex: what a name is checked against. */
export function useIdentity({ patient, format }: Pick<PatientPaperProps, 'patient' | 'format'>): string {
  const { t } = useTranslation();
  const { birthDate, birthDateEstimated, gender } = patient;
  const age = [format.age(birthDate), birthDateEstimated ? t('patients.estimated') : ''].filter(Boolean);
  return [
    birthDate ? `${format.day(birthDate)} (${age.join(', ')})` : t('printing.bornUnknown'),
    t(`common.gender.${gender as (typeof genders)[number]}`),
  ].join(' · ');
}

function Name({ patient }: { patient: PatientView }) {
  const name = patientName(patient);
  return (
    <div className={classes.name} data-step={nameStep(name)}>
      <Own>{name}</Own>
    </div>
  );
}

/** What a folder is found by. */
export function FolderLabel({ patient, paper, imprint, format }: PatientPaperProps) {
  const { t } = useTranslation();
  const identity = useIdentity({ patient, format });
  const mark = numberMark(t, patient.certainty);
  const { width, height } = sizeOf[paper];
  return (
    <PaperPage paper={paper}>
      <div className={classes.label}>
        <Name patient={patient} />
        <div className={classes.small}>{identity}</div>
        <div className={classes.code}>
          <Barcode
            text={patient.mrn}
            width={width - 4}
            height={height * 0.26}
            module={width > 80 ? 0.375 : 0.25}
          />
        </div>
        <div className={classes.labelFoot}>
          <span className={classes.mrn}>{patient.mrn}</span>
          <span className={classes.place}>
            <Own>{imprint.clinic}</Own>
          </span>
        </div>
        {mark && <div className={classes.mark}>{mark}</div>}
      </div>
    </PaperPage>
  );
}

/** What somebody wears: the number twice, so that one of them can be scanned however the arm lies. */
export function Wristband({ patient, paper, imprint, format }: PatientPaperProps) {
  const { t } = useTranslation();
  const identity = useIdentity({ patient, format });
  const mark = numberMark(t, patient.certainty);
  const number = (
    <div className={classes.wristCode}>
      <Barcode text={patient.mrn} width={72} height={13} module={0.375} />
      <span className={classes.mrn}>{patient.mrn}</span>
    </div>
  );
  return (
    <PaperPage paper={paper}>
      {number}
      <div className={classes.wristText}>
        <Name patient={patient} />
        <div className={classes.small}>{identity}</div>
        <div className={classes.small}>
          <Own>{imprint.clinic}</Own> · {t('printing.printed', { at: imprint.printedAt, by: imprint.by })}
        </div>
        {mark && <div className={classes.mark}>{mark}</div>}
      </div>
      {number}
    </PaperPage>
  );
}
