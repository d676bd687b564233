import { Button } from '@mantine/core';
import { IconArrowMerge } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { patientName } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { MergedRecord, PatientView } from '#shared/contract/patients.ts';
import classes from './MergedRecords.module.css';
import { useMergeDecisions } from './useMergeDecisions.ts';

/** On top of a merged record: where it goes on. */
export function GoesOnElsewhere({ patient, into }: { patient: PatientView; into: MergedRecord }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const open = () => navigate(`/patients/${into.id}`);
  useKeys(t('patients.title'), [{ keys: 'Enter', label: t('duplicates.keys.goingOn'), run: open }]);
  return (
    <div className={classes.elsewhere} role="status">
      <IconArrowMerge size={18} stroke={1.6} aria-hidden />
      <span className={classes.text}>
        {t('duplicates.mergedInto', { name: patientName(into), mrn: into.mrn })}
      </span>
      <Button size="compact-sm" onClick={open} rightSection={<KeyHint keys="Enter" quiet />}>
        {t('duplicates.openGoingOn')}
      </Button>
      <TakeApart record={patient} />
    </div>
  );
}

/** Under the details of the record that goes on: what was merged into it. */
export function MergedHere({ records }: { records: readonly MergedRecord[] }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <section className={classes.here} aria-labelledby="merged-here">
      <h3 id="merged-here" className={classes.title}>
        {t('duplicates.mergedFrom')}
      </h3>
      <ul className={classes.list}>
        {records.map((record) => (
          <li key={record.id} className={classes.record}>
            <button type="button" className={classes.open} onClick={() => navigate(`/patients/${record.id}`)}>
              <span>{patientName(record)}</span>
              <span className={classes.mrn}>{record.mrn}</span>
            </button>
            <TakeApart record={record} />
          </li>
        ))}
      </ul>
      <p className={classes.hint}>{t('duplicates.takeApartHint')}</p>
    </section>
  );
}

function TakeApart({ record }: { record: MergedRecord }) {
  const { t } = useTranslation();
  const { takeApart, busy } = useMergeDecisions();
  if (!mayCall(useCurrentUser(), 'patients.unmerge')) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      onClick={() => void takeApart(record.id, patientName(record))}
    >
      {t('duplicates.takeApart')}
      <span className="visually-hidden"> {record.mrn}</span>
    </Button>
  );
}
