import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { ChartCard } from '#renderer/ui/ChartCard.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { Prescription } from '#shared/contract/prescriptions.ts';
import { Concerns } from './Concerns.tsx';
import { PrescribeSheet } from './PrescribeSheet.tsx';
import classes from './Prescribing.module.css';
import { StateMark } from './StateMark.tsx';
import { useRxWords } from './useRxWords.ts';

/** As many as a glance takes in; the rest are in the tab. */
const shown = 10;

/** What the patient takes at present, and the way to prescribe. */
export function MedicationCard({ chart }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const { id } = chart.patient;
  const [writing, setWriting] = useState(false);
  const { data, error, refetch } = useCall('prescriptions.current', { patientId: id });
  const may = mayCall(user, 'prescriptions.write');
  const prescribe = () => setWriting(true);
  useKeys(t('prescribing.title'), [
    { keys: 'p|alt+p', label: t('prescribing.prescribe'), run: prescribe, enabled: may, inFields: true },
  ]);
  const all = data?.prescriptions ?? [];
  const href = `/patients/${id}/chart/medication`;
  return (
    <ChartCard
      title={t('prescribing.title')}
      {...(data ? { count: all.length } : {})}
      to={{ href, label: t('prescribing.all') }}
      actions={
        may && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} stroke={1.8} />}
            rightSection={<KeyHint keys="p" quiet />}
            onClick={prescribe}
          >
            {t('prescribing.prescribe')}
          </Button>
        )
      }
    >
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      <Concerns patientId={id} />
      {data && all.length === 0 && (
        <p className={classes.quiet}>{t(data.past > 0 ? 'prescribing.noneNow' : 'prescribing.none')}</p>
      )}
      <ul className={classes.list}>
        {all.slice(0, shown).map((one) => (
          <Line key={one.id} prescription={one} />
        ))}
      </ul>
      {all.length > shown && (
        <p className={classes.quiet}>{t('prescribing.more', { count: all.length - shown })}</p>
      )}
      {writing && <PrescribeSheet patientId={id} onClose={() => setWriting(false)} />}
    </ChartCard>
  );
}

function Line({ prescription }: { prescription: Prescription }) {
  const words = useRxWords();
  const forked = prescription.versions.length > 1;
  const [view] = prescription.versions;
  if (!view) return null;
  return (
    <li className={classes.medication}>
      <span>
        <strong>{view.medication}</strong>{' '}
        {(forked || view.state !== 'active') && <StateMark state={forked ? 'forked' : view.state} />}{' '}
        <CertaintyMark certainty={view.certainty} quiet />
      </span>
      {prescription.versions.map((version) => (
        <span key={version.id} className={classes.quiet}>
          {words.sig(version)}
        </span>
      ))}
    </li>
  );
}
