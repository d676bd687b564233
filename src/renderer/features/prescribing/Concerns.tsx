import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { useFindingText } from '#renderer/ui/useFindingText.ts';
import { isGrave, issueName } from '#shared/domain/prescribing/override.ts';
import { type Finding, issueOf } from '#shared/domain/safety/finding.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import classes from './Prescribing.module.css';

/** An allergy that was recorded later is said whatever its weight; of the rest what is grave. */
const speaksAgainst = (finding: Finding): boolean =>
  isGrave(finding) ||
  (finding.status === 'warning' &&
    (finding.check.startsWith('allergy') || finding.check === 'cross-reactivity'));

/** Prescriptions that go on although something known by now speaks against them; nothing where there is none. */
export function Concerns({ patientId }: { patientId: PatientId }) {
  const { t } = useTranslation();
  const text = useFindingText();
  const { data } = useCall('safety.recheck', { patientId });
  const current = useCall('prescriptions.current', { patientId }).data?.prescriptions;
  // What a doctor has answered for is in the history; this is about what came to be known since.
  const isAnswered = (prescriptionId: string, finding: Finding): boolean =>
    current
      ?.find(({ versions }) => versions.some(({ id }) => id === prescriptionId))
      ?.overridden.includes(issueName(issueOf(finding))) ?? false;
  const concerned = (data?.prescriptions ?? []).flatMap((one) => {
    const against = [
      ...new Set(
        one.findings
          .filter((finding) => speaksAgainst(finding) && !isAnswered(one.prescriptionId, finding))
          .map(text),
      ),
    ];
    return against.length > 0 ? [{ ...one, against }] : [];
  });
  if (!current || concerned.length === 0) return null;
  return (
    <div className={classes.alarm} role="alert">
      <strong>
        <IconAlertTriangle size={14} stroke={2} aria-hidden />{' '}
        {t('prescribing.concerns', { count: concerned.length })}
      </strong>
      <ul>
        {concerned.map(({ prescriptionId, medication, against }) => (
          <li key={prescriptionId}>
            {medication}: {against.join(' ')}
          </li>
        ))}
      </ul>
    </div>
  );
}
