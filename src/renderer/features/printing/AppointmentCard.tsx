import { useTranslation } from 'react-i18next';
import { formatWallTime, patientName } from '#renderer/ui/format.ts';
import type { Format } from '#renderer/ui/useFormat.ts';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import type { Paper } from '#shared/domain/printing/paper.ts';
import { Barcode } from './Barcode.tsx';
import { appointmentMark, numberMark } from './marks.ts';
import classes from './Paper.module.css';
import { LetterPage, Own } from './PaperPage.tsx';
import { nameStep, type PatientPaperProps } from './PatientLabels.tsx';

interface CardProps extends PatientPaperProps {
  /** What is to come, the next first. */
  readonly appointments: readonly AppointmentView[];
}

/** As many as fit with long names; more are counted. */
const most: Readonly<Partial<Record<Paper, number>>> = { a6: 4, a5: 8, a4: 14 };

/** What a patient takes home: when, where and with whom. */
export function AppointmentCard({ patient, appointments, paper, imprint, format }: CardProps) {
  const { t } = useTranslation();
  const shown = appointments.slice(0, most[paper] ?? 4);
  const left = appointments.length - shown.length;
  const mark = numberMark(t, patient.certainty);
  const name = patientName(patient);
  return (
    <LetterPage paper={paper} imprint={imprint} title={t('printing.document.card')} page={1} pages={0}>
      <div className={classes.name} data-step={nameStep(name)}>
        <Own>{name}</Own>
      </div>
      <div>{patient.birthDate && t('printing.born', { date: format.day(patient.birthDate) })}</div>
      <div className={classes.cardCode}>
        <Barcode text={patient.mrn} width={60} height={9} module={0.25} />
        <span className={classes.mrn}>{patient.mrn}</span>
      </div>
      {mark && <div className={classes.mark}>{mark}</div>}
      {shown.length === 0 && <p>{t('printing.noAppointment')}</p>}
      <ul className={classes.visits}>
        {shown.map((appointment) => (
          <Visit key={appointment.id} appointment={appointment} format={format} />
        ))}
      </ul>
      {left > 0 && <p className={classes.small}>{t('printing.more', { count: left })}</p>}
    </LetterPage>
  );
}

function Visit({ appointment, format }: { appointment: AppointmentView; format: Format }) {
  const { t } = useTranslation();
  const { startLocal, practitionerName, locationName, visitTypeName } = appointment;
  const mark = appointmentMark(t, appointment);
  return (
    <li>
      <div className={classes.when}>
        {format.day(startLocal, 'full')}, {formatWallTime(startLocal)}
      </div>
      <div>
        <Own>{practitionerName}</Own> · <Own>{locationName}</Own>
        {visitTypeName && (
          <>
            {' '}
            · <Own>{visitTypeName}</Own>
          </>
        )}
      </div>
      {mark && <div className={classes.mark}>{mark}</div>}
    </li>
  );
}
