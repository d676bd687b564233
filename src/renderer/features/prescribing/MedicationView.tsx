import { Button, Loader } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { PickList, type PickListHandle } from '#renderer/ui/PickList.tsx';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { Prescription } from '#shared/contract/prescriptions.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { Concerns } from './Concerns.tsx';
import { PrescribeSheet } from './PrescribeSheet.tsx';
import classes from './Prescribing.module.css';
import { PrescriptionDetail } from './PrescriptionDetail.tsx';
import { StateMark } from './StateMark.tsx';
import { usePastPrescriptions } from './usePastPrescriptions.ts';
import { useRxWords } from './useRxWords.ts';

/** All a patient takes and took: what goes on, what is over, and of the chosen one everything. */
export function MedicationView({ chart }: { chart: OpenChart }) {
  return <Medication key={chart.patient.id} patientId={chart.patient.id} />;
}

function Medication({ patientId }: { patientId: PatientId }) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const [writing, setWriting] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<PickListHandle>(null);
  const current = useCall('prescriptions.current', { patientId });
  const past = usePastPrescriptions(patientId);
  const may = mayCall(user, 'prescriptions.write');
  const prescribe = () => setWriting(true);
  useKeys(t('prescribing.title'), [
    { keys: 'p|alt+p', label: t('prescribing.prescribe'), run: prescribe, enabled: may, inFields: true },
  ]);
  const going = current.data?.prescriptions ?? [];
  const all = [...going, ...past.prescriptions];
  const selected = all.find(({ id }) => id === chosen) ?? all[0];
  const isThere = all.length > 0;
  useEffect(() => {
    const { activeElement } = document;
    if (isThere && (activeElement === document.body || activeElement?.id === 'work')) list.current?.focus();
  }, [isThere]);
  const error = current.error ?? past.error;
  if (error)
    return (
      <Failure
        failure={error}
        onRetry={() => {
          void current.refetch();
          past.retry();
        }}
      />
    );
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h2>{t('prescribing.title')}</h2>
        {may && (
          <Button
            size="sm"
            leftSection={<IconPlus size={16} stroke={1.8} />}
            rightSection={<KeyHint keys="p" quiet />}
            onClick={prescribe}
          >
            {t('prescribing.prescribe')}
          </Button>
        )}
        <div className={classes.wide}>
          <Concerns patientId={patientId} />
        </div>
      </div>
      <div className={classes.side}>
        {current.isPending && <Loader size="sm" m={16} aria-label={t('common.loading')} />}
        {current.data && all.length === 0 && <EmptyState text={t('prescribing.none')} />}
        {isThere && (
          <PickList
            ref={list}
            label={t('prescribing.view.list')}
            keysTitle={t('prescribing.title')}
            keysLabel={t('prescribing.view.walk')}
            items={all}
            itemKey={({ id }) => id}
            selectedKey={selected?.id ?? null}
            onSelect={({ id }) => setChosen(id)}
            groupOf={(one) => t(going.includes(one) ? 'prescribing.view.current' : 'prescribing.view.past')}
            render={(one) => <ListLine prescription={one} />}
          />
        )}
        {past.more && (
          <div className={classes.more}>
            <Button size="compact-sm" variant="default" loading={past.loading} onClick={past.loadMore}>
              {t('prescribing.view.loadMore')}
            </Button>
          </div>
        )}
      </div>
      {selected && <PrescriptionDetail key={selected.id} prescription={selected} patientId={patientId} />}
      {writing && <PrescribeSheet patientId={patientId} onClose={() => setWriting(false)} />}
    </div>
  );
}

function ListLine({ prescription }: { prescription: Prescription }) {
  const words = useRxWords();
  const forked = prescription.versions.length > 1;
  const [view] = prescription.versions;
  if (!view) return null;
  return (
    <div className={classes.medication}>
      <span>
        <strong>{view.medication}</strong> <StateMark state={forked ? 'forked' : view.state} />{' '}
        <CertaintyMark certainty={view.certainty} quiet />
      </span>
      <span className={classes.quiet}>{words.sig(view)}</span>
      <span className={classes.quiet}>{words.span(view)}</span>
    </div>
  );
}
