import { useTranslation } from 'react-i18next';
import { dayIn, patientName } from '#renderer/ui/format.ts';
import type { Format } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import type { PrescriptionView } from '#shared/contract/prescriptions.ts';
import { wordsOfNumber } from '#shared/domain/prescribing/number-words.ts';
import { sigOf } from '#shared/domain/prescribing/sig.ts';
import { numberWord, unitWord } from '#shared/domain/prescribing/words.ts';
import type { Paper } from '#shared/domain/printing/paper.ts';
import type { Language } from '#shared/i18n/languages.ts';
import { Barcode } from './Barcode.tsx';
import classes from './Paper.module.css';
import { type Imprint, LetterPage, Own } from './PaperPage.tsx';
import { nameStep, useIdentity } from './PatientLabels.tsx';

interface PrescriptionPageProps {
  readonly patient: PatientView;
  readonly sheet: Output<'prescriptions.sheet'>;
  /** Those on this page. */
  readonly lines: readonly PrescriptionView[];
  readonly paper: Paper;
  readonly imprint: Imprint;
  readonly format: Format;
  readonly language: Language;
  readonly page: number;
  readonly pages: number;
}

/** What a pharmacy has to know of a sheet, most important first: whether it holds, and whether there is another one. */
function useSheetMarks({
  sheet,
  format,
}: Pick<PrescriptionPageProps, 'sheet' | 'format'>): readonly string[] {
  const { t } = useTranslation();
  const has = (certainty: string) => sheet.lines.some((line) => line.certainty === certainty);
  const { firstPrintedAt } = sheet;
  return [
    has('parked') && t('prescribing.sheet.refused'),
    has('provisional') && !has('parked') && t('prescribing.sheet.provisional'),
    firstPrintedAt !== null && t('prescribing.sheet.copy', { time: format.dateTime(firstPrintedAt) }),
  ].filter((mark) => mark !== false);
}

/** A page of a prescription: whose, by whom, what, how much in figures and words, and room for the signature. */
export function PrescriptionPage(props: PrescriptionPageProps) {
  const { patient, sheet, lines, paper, imprint, format, language, page, pages } = props;
  const { t } = useTranslation();
  const identity = useIdentity({ patient, format });
  const marks = useSheetMarks(props);
  const name = patientName(patient);
  const signedAt = sheet.lines[0]?.signedAt;
  const doctor = [
    sheet.speciality,
    sheet.licenceNumber && t('prescribing.sheet.licence', { number: sheet.licenceNumber }),
  ];
  return (
    <LetterPage {...{ paper, imprint, page, pages }} title={t('printing.document.prescription')}>
      <div className={classes.prescriber}>
        <div>
          <strong>
            <Own>{sheet.requesterName ?? ''}</Own>
          </strong>
          <div className={classes.small}>{doctor.filter(Boolean).join(' · ')}</div>
        </div>
        <div className={classes.sheetNumber}>
          <Barcode text={sheet.number} width={45} height={8} module={0.25} />
          <span className={classes.mrn}>{sheet.number}</span>
        </div>
      </div>
      <div className={classes.name} data-step={nameStep(name)}>
        <Own>{name}</Own>
      </div>
      <div>
        {identity} · {patient.mrn}
      </div>
      {marks.map((mark) => (
        <div key={mark} className={classes.mark}>
          {mark}
        </div>
      ))}
      <ol className={classes.medicines} start={sheet.lines.indexOf(lines[0] as PrescriptionView) + 1}>
        {lines.map((line) => (
          <Medicine key={line.id} line={line} language={language} />
        ))}
      </ol>
      <div className={classes.fields} data-sign>
        <div className={classes.field}>
          <div className={classes.small}>{t('prescribing.sheet.date')}</div>
          <div className={classes.value}>
            {signedAt && format.day(dayIn(format.timeZone, Date.parse(signedAt)))}
          </div>
        </div>
        <div className={classes.field}>
          <div className={classes.small}>{t('prescribing.sheet.signature')}</div>
          <div className={classes.value} data-tall />
        </div>
      </div>
    </LetterPage>
  );
}

/** As much of a note as fits; that there is more is said. */
const mostNote = 160;
const shortNote = (note: string): string => (note.length > mostNote ? `${note.slice(0, mostNote)} …` : note);

function Medicine({ line, language }: { line: PrescriptionView; language: Language }) {
  const { t } = useTranslation();
  const structured = line.doseValue !== null || line.frequency !== null || line.asNeeded;
  return (
    <li>
      <strong>
        <Own>{line.medication}</Own>
      </strong>
      <div>
        <Own>{structured ? sigOf(language, line) : line.dosage}</Own>
      </div>
      <div>
        <QuantityText line={line} language={language} />
        {line.quantity !== null && ' · '}
        {line.repeats > 0
          ? t('prescribing.sheet.repeats', { count: line.repeats })
          : t('prescribing.sheet.noRepeats')}
      </div>
      {line.indication && (
        <div className={classes.small}>
          {t('prescribing.fact.indication')}: <Own>{line.indication}</Own>
        </div>
      )}
      {line.note && (
        <div className={classes.medicineNote}>
          <Own>{shortNote(line.note)}</Own>
          {line.note.length > mostNote && ` (${t('prescribing.sheet.noteCut')})`}
        </div>
      )}
    </li>
  );
}

/** In words as well, so that nobody writes a digit beside it. */
function QuantityText({ line, language }: { line: PrescriptionView; language: Language }) {
  const { t } = useTranslation();
  const { quantity, quantityUnit } = line;
  if (quantity === null) return null;
  const unit = quantityUnit === null ? '' : unitWord(language, quantityUnit, quantity);
  const said = `${numberWord(language, quantity)} ${unit}`.trim();
  const words = wordsOfNumber(language, quantity);
  return words === null
    ? t('prescribing.sheet.quantityOnly', { quantity: said })
    : t('prescribing.sheet.quantity', { quantity: said, words });
}
