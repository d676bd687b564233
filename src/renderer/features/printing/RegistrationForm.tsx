import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { languageWord, relationWord } from '#renderer/ui/code-words.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import {
  aboutCoverage,
  aboutIdentifier,
  aboutTelecom,
  coverageText,
  telecomText,
} from '#renderer/ui/particulars-text.ts';
import type { Format } from '#renderer/ui/useFormat.ts';
import type { PatientParticulars, PatientView } from '#shared/contract/patients.ts';
import { genders } from '#shared/domain/patients/gender.ts';
import { consentCategories, consentProvisions } from '#shared/domain/patients/particulars.ts';
import type { Paper } from '#shared/domain/printing/paper.ts';
import { Barcode } from './Barcode.tsx';
import { numberMark } from './marks.ts';
import classes from './Paper.module.css';
import { type Imprint, LetterPage, Own } from './PaperPage.tsx';

interface FormProps {
  /** Whose it is; null for one to fill in by hand. */
  readonly record: { readonly patient: PatientView; readonly particulars: PatientParticulars } | null;
  readonly paper: Paper;
  readonly imprint: Imprint;
  readonly format: Format;
}

const joined = (parts: readonly (string | null | undefined)[], separator = ' · ') =>
  parts.filter(Boolean).join(separator);

/** What is known stands in it, the rest is a line to write on. */
function Field({ label, wide = false, children }: { label: string; wide?: boolean; children?: ReactNode }) {
  return (
    <div className={classes.field} data-wide={wide || undefined}>
      <div className={classes.small}>{label}</div>
      <div className={classes.value}>{typeof children === 'string' ? <Own>{children}</Own> : children}</div>
    </div>
  );
}

function Box({ label, ticked }: { label: string; ticked: boolean }) {
  return (
    <span className={classes.box} data-ticked={ticked || undefined}>
      <svg viewBox="0 0 10 10" aria-hidden>
        <rect x={0.5} y={0.5} width={9} height={9} />
        {ticked && <path d="M2 2 L8 8 M8 2 L2 8" />}
      </svg>
      {label}
    </span>
  );
}

/** What is asked of a patient: filled from the record, or empty to be filled in by hand. */
export function RegistrationForm({ record, paper, imprint, format }: FormProps) {
  const { t } = useTranslation();
  const patient = record?.patient;
  const mark = patient ? numberMark(t, patient.certainty) : null;
  return (
    <LetterPage {...{ paper, imprint }} title={t('printing.document.registration')} page={1} pages={1}>
      {patient && (
        <div className={classes.cardCode}>
          <Barcode text={patient.mrn} width={60} height={9} module={0.25} />
          <span className={classes.mrn}>{patient.mrn}</span>
          {mark && <span className={classes.mark}>{mark}</span>}
        </div>
      )}
      <Person patient={patient} format={format} />
      <Contact record={record} />
      <Papers record={record} format={format} />
      <Consents record={record} />
      <div className={classes.fields} data-sign>
        <Field label={t('printing.form.place')} />
        <Field label={t('printing.form.signature')} />
      </div>
    </LetterPage>
  );
}

function Person({ patient, format }: { patient: PatientView | undefined; format: Format }) {
  const { t } = useTranslation();
  const birth =
    patient?.birthDate &&
    joined([format.day(patient.birthDate), patient.birthDateEstimated ? t('patients.estimated') : null]);
  return (
    <div className={classes.fields}>
      <Field label={t('patients.family')} wide>
        {patient?.family}
      </Field>
      <Field label={t('patients.given')} wide>
        {patient?.given}
      </Field>
      <Field label={t('patients.birthDate')}>{birth}</Field>
      <Field label={t('patients.gender')}>
        <span className={classes.boxes}>
          {genders.map((gender) => (
            <Box key={gender} label={t(`common.gender.${gender}`)} ticked={patient?.gender === gender} />
          ))}
        </span>
      </Field>
      <Field label={t('particulars.language')}>
        {patient?.language && languageWord(patient.language, format.locale)}
      </Field>
    </div>
  );
}

/** More than these are in the record only; the form says how many. */
const most = { telecoms: 2, identifiers: 3, coverages: 2 } as const;

/** As many lines as there are, and empty ones up to `count`. */
const rows = <T,>(all: readonly T[] | undefined, count: number): readonly (T | null)[] =>
  Array.from({ length: count }, (_, index) => all?.[index] ?? null);

function Contact({ record }: Pick<FormProps, 'record'>) {
  const { t } = useTranslation();
  const patient = record?.patient;
  const town = joined([patient?.postalCode, patient?.city], ' ');
  const relation = patient?.contactRelation && `(${relationWord(t, patient.contactRelation)})`;
  return (
    <div className={classes.fields}>
      <Field label={t('patients.phone')}>{patient?.phone && formatPhone(patient.phone)}</Field>
      <Field label={t('patients.email')}>{patient?.email}</Field>
      {rows(record?.particulars.telecoms, most.telecoms).map((one, index) => (
        <Field key={index} label={t('printing.form.telecom')}>
          {one && joined([telecomText(one), aboutTelecom(t, one)])}
        </Field>
      ))}
      <Field label={t('patients.address')} wide>
        {joined([patient?.addressLine, town, patient?.country], ', ')}
      </Field>
      <Field label={t('patients.nextOfKin')}>{joined([patient?.contactName, relation], ' ')}</Field>
      <Field label={t('patients.contactPhone')}>
        {patient?.contactPhone && formatPhone(patient.contactPhone)}
      </Field>
    </div>
  );
}

function Papers({ record, format }: Pick<FormProps, 'record' | 'format'>) {
  const { t } = useTranslation();
  const particulars = record?.particulars;
  const left = (['telecoms', 'identifiers', 'coverages'] as const).reduce(
    (sum, name) => sum + Math.max(0, (particulars?.[name].length ?? 0) - most[name]),
    0,
  );
  return (
    <div className={classes.fields}>
      {rows(particulars?.identifiers, most.identifiers).map((one, index) => (
        <Field key={index} label={t('printing.form.identifier')} wide>
          {one && joined([one.value, aboutIdentifier(t, one)])}
        </Field>
      ))}
      {rows(particulars?.coverages, most.coverages).map((one, index) => (
        <Field key={index} label={t('printing.form.coverage')} wide>
          {one && joined([coverageText(one), aboutCoverage(t, format, one)])}
        </Field>
      ))}
      {left > 0 && <p>{t('printing.form.more', { count: left })}</p>}
    </div>
  );
}

/** The latest answer of each kind holds; what was not asked is left open. */
function Consents({ record }: Pick<FormProps, 'record'>) {
  const { t } = useTranslation();
  const answerTo = (category: string) =>
    record?.particulars.consents.find((one) => one.category === category)?.provision;
  return (
    <table className={classes.consents}>
      <tbody>
        {consentCategories.map((category) => (
          <tr key={category}>
            <th scope="row">{t(`particulars.consentCategory.${category}`)}</th>
            {consentProvisions.map((provision) => (
              <td key={provision}>
                <Box
                  label={t(`particulars.provision.${provision}`)}
                  ticked={answerTo(category) === provision}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
