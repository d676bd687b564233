import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { useFindingText } from '#renderer/ui/safety/useFindingText.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import classes from './Prescribing.module.css';

/** Active prescriptions that something recorded since speaks against; nothing where there is none. */
export function Concerns({ patientId }: { patientId: PatientId }) {
  const { t } = useTranslation();
  const text = useFindingText();
  const { data = [] } = useCall('prescriptions.concerns', { patientId });
  if (data.length === 0) return null;
  return (
    <div className={classes.alarm} role="alert">
      <strong>
        <IconAlertTriangle size={14} stroke={2} aria-hidden /> {t('prescribing.concerns', { count: data.length })}
      </strong>
      <ul>
        {data.map(({ id, medication, findings }) => (
          <li key={id}>
            {medication}: {findings.map(text).join(' ')}
          </li>
        ))}
      </ul>
    </div>
  );
}
