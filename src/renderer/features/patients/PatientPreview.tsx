import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { patientName } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import type { PatientSummary } from '#shared/contract/patients.ts';
import { PatientFacts } from './PatientFacts.tsx';
import classes from './PatientPreview.module.css';

/** The chosen patient beside the list. */
export function PatientPreview({ patient, onOpen }: { patient: PatientSummary; onOpen: () => void }) {
  const { t } = useTranslation();
  const full = useCall('patients.get', { id: patient.id });
  return (
    <div className={classes.preview}>
      <div className={classes.head}>
        <h2 className={classes.name}>
          {patientName(patient)} <CertaintyMark certainty={patient.certainty} />
        </h2>
        <div className={classes.mrn}>{patient.mrn}</div>
      </div>
      {full.data && <PatientFacts patient={full.data} />}
      <Button variant="default" onClick={onOpen} rightSection={<KeyHint keys="Enter" quiet />}>
        {t('patients.open')}
      </Button>
    </div>
  );
}
