import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { patientName } from '#renderer/ui/format.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { usePrintSetup } from '#renderer/ui/printing/usePrintSetup.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import { sigOf } from '#shared/domain/prescribing/sig.ts';
import { numberWord, unitWord } from '#shared/domain/prescribing/words.ts';
import type { Paper } from '#shared/domain/printing/paper.ts';
import type { DispenseId, PatientId } from '#shared/kernel/ids.ts';
import classes from './Paper.module.css';
import { type Imprint, Own, PaperPage } from './PaperPage.tsx';
import { Preview } from './Preview.tsx';
import { useImprint } from './useImprint.ts';

interface PageProps {
  readonly paper: Paper;
  readonly imprint: Imprint;
  readonly patient: PatientView;
  readonly label: Output<'prescriptions.label'>;
}

/** What the patient takes home: for whom, what, how to take it, how much, of which lot and until when, from whom and when. */
export function MedicineLabelPage({ paper, imprint, patient, label }: PageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = usePreferences((state) => state.language);
  const { dispense, prescription } = label;
  const isWords =
    prescription.doseValue === null && prescription.frequency === null && !prescription.asNeeded;
  const unit =
    dispense.quantityUnit === null ? '' : unitWord(language, dispense.quantityUnit, dispense.quantity);
  const other = dispense.batches.find(({ substitution }) => substitution !== null);
  return (
    <PaperPage paper={paper}>
      <div className={classes.label}>
        <div className={classes.medicine}>
          <Own>{other?.title ?? prescription.medication}</Own>
        </div>
        {other && (
          <div className={classes.small}>
            {t('prescribing.label.instead', { medicine: prescription.medication })}
          </div>
        )}
        <div className={classes.directions}>
          <Own>{isWords ? prescription.dosage : sigOf(language, prescription)}</Own>
        </div>
        <div className={classes.small}>
          {t('prescribing.label.quantity', {
            quantity: `${numberWord(language, dispense.quantity)} ${unit}`.trim(),
          })}
          {dispense.batches.map(({ lot, expiry, store }) => (
            <span key={`${store} ${lot}`}>
              {' · '}
              {expiry === null
                ? t('prescribing.label.lot', { lot })
                : t('prescribing.label.lotUntil', { lot, day: format.day(expiry) })}
            </span>
          ))}
        </div>
        <div className={classes.labelFoot}>
          <span>
            <Own>{patientName(patient)}</Own>
          </span>
          <span className={classes.mrn}>{patient.mrn}</span>
        </div>
        <div className={classes.place}>
          {t('prescribing.label.given', { day: format.dateTime(dispense.handedAt) })}
          {' · '}
          <Own>{[imprint.clinic, imprint.address].filter(Boolean).join(' · ')}</Own>
        </div>
      </div>
    </PaperPage>
  );
}

interface MedicineLabelProps {
  readonly patientId: PatientId;
  readonly dispenseId: DispenseId;
}

/** The label of what was handed out. */
export function MedicineLabel({ patientId, dispenseId }: MedicineLabelProps) {
  const { t } = useTranslation();
  const setup = usePrintSetup('medicine-label', patientId);
  const imprint = useImprint();
  const patient = useCall('patients.get', { id: patientId });
  const label = useCall('prescriptions.label', { dispenseId });
  const error = patient.error ?? label.error;
  if (error?.error.code === 'not-found') return <EmptyState text={t('prescribing.label.gone')} />;
  if (error) return <Failure failure={error} onRetry={() => void label.refetch()} />;
  return (
    <Preview
      setup={setup}
      pages={
        patient.data && label.data
          ? [
              <MedicineLabelPage
                key="label"
                paper={setup.settings.paper}
                imprint={imprint}
                patient={patient.data}
                label={label.data}
              />,
            ]
          : null
      }
    />
  );
}
