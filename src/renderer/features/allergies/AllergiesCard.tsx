import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { ChartCard } from '#renderer/ui/ChartCard.tsx';
import { usePartialDate } from '#renderer/ui/dates/PartialDateField.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { Opening } from '#renderer/ui/Opening.tsx';
import classes from '#renderer/ui/RecordLines.module.css';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AllergyView } from '#shared/contract/allergies.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { Output } from '#shared/contract/contract.ts';
import { allergyVerifications, isStanding } from '#shared/domain/allergies/allergy.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { AllergySheet } from './AllergySheet.tsx';

/** The allergies of a patient, what is refuted or over below them, or that there are none, or that nobody asked. */
export function AllergiesCard({ chart }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const patientId = chart.patient.id;
  const user = useCurrentUser();
  const mayAdd = mayCall(user, 'allergies.add');
  const mayChange = mayCall(user, 'allergies.change');
  const [open, setOpen] = useState<'new' | string | null>(null);
  const { data, error, refetch } = useCall('allergies.list', { patientId });
  useKeys(t('allergies.title'), [
    {
      keys: 'a|alt+y',
      label: t('allergies.add'),
      run: () => setOpen('new'),
      inFields: true,
      enabled: mayAdd,
    },
  ]);
  const shown = data?.allergies.find(({ id }) => id === open);
  const close = () => setOpen(null);
  const add = (
    <Tooltip
      label={
        <>
          {t('allergies.add')} <KeyHint keys="a" />
        </>
      }
    >
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('allergies.add')}
        onClick={() => setOpen('new')}
      >
        <IconPlus size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <ChartCard title={t('allergies.title')} actions={mayAdd && add}>
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {data && <State said={data} patientId={patientId} />}
      <ul className={classes.list}>
        {data?.allergies.map((allergy) => (
          <li key={allergy.id}>
            <Line allergy={allergy} onOpen={mayChange ? () => setOpen(allergy.id) : undefined} />
          </li>
        ))}
      </ul>
      {open === 'new' && <AllergySheet patientId={patientId} onClose={close} />}
      {shown && <AllergySheet key={shown.id} patientId={patientId} allergy={shown} onClose={close} />}
    </ChartCard>
  );
}

/** Does a thing that needs no form, and says how it went. */
function useSaid() {
  const { t } = useTranslation();
  return async (work: Promise<unknown>, done: string) => {
    try {
      await work;
      toast(done);
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
}

function State({ said, patientId }: { said: Output<'allergies.list'>; patientId: AllergyView['patientId'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useSaid();
  const noneKnown = useCommand('allergies.noneKnown');
  const withdraw = useCommand('allergies.withdraw');
  const { state, noneKnown: statements } = said;
  const user = useCurrentUser();
  const [first] = statements;
  if (state === 'some') return null;
  if (state === 'contradiction')
    return (
      <div className={classes.alert} role="alert">
        <IconAlertTriangle size={16} stroke={1.8} aria-hidden /> {t('allergies.state.contradiction')}
        <div>
          {(mayCall(user, 'allergies.withdraw') ? statements : []).map(({ id }) => (
            <Button
              key={id}
              size="compact-sm"
              variant="default"
              onClick={() =>
                void say(
                  withdraw.mutateAsync({ id, reason: t('allergies.withdrawNoneReason') }),
                  t('allergies.done.withdrawn'),
                )
              }
            >
              {t('allergies.withdrawNone')}
            </Button>
          ))}
        </div>
      </div>
    );
  if (state === 'none-known' && first) {
    const day = format.day(dayAt(Date.parse(first.recordedAt), format.timeZone));
    return (
      <p className={classes.none}>
        {first.recordedBy === null
          ? t('allergies.state.none-known-imported', { day })
          : t('allergies.state.none-known', { day, name: first.recordedBy })}{' '}
        <CertaintyMark certainty={first.certainty} quiet />
      </p>
    );
  }
  return (
    <>
      <p className={classes.none}>{t('allergies.state.not-asked')}</p>
      {mayCall(user, 'allergies.noneKnown') && (
        <Button
          size="compact-sm"
          variant="default"
          loading={noneKnown.isPending}
          onClick={() => void say(noneKnown.mutateAsync({ patientId }), t('allergies.done.noneKnown'))}
        >
          {t('allergies.noneKnown')}
        </Button>
      )}
    </>
  );
}

function Line({ allergy, onOpen }: { allergy: AllergyView; onOpen: (() => void) | undefined }) {
  const { t } = useTranslation();
  const partial = usePartialDate();
  const past = !isStanding(allergy);
  const verification = allergyVerifications.find((status) => status === allergy.verificationStatus);
  const facts = [
    allergy.reaction,
    allergy.severity && t(`allergies.severity.${allergy.severity}`),
    verification && verification !== 'confirmed' && t(`allergies.verification.${verification}`),
    allergy.clinicalStatus !== 'active' &&
      (allergy.clinicalStatus === 'resolved' || allergy.clinicalStatus === 'inactive') &&
      t(`allergies.clinical.${allergy.clinicalStatus}`),
    allergy.onset && partial(allergy.onset),
  ].filter(Boolean);
  return (
    <Opening className={classes.line ?? ''} past={past} onOpen={onOpen}>
      <span className={classes.head}>
        {allergy.substance}
        {!past && allergy.criticality === 'high' && (
          <span className={classes.badge} data-tone="red">
            <IconAlertTriangle size={12} stroke={2} aria-hidden />
            {t('allergies.criticality.high')}
          </span>
        )}
        {!allergy.coded && !past && (
          <span className={classes.badge} data-tone="amber">
            {t('allergies.uncoded')}
          </span>
        )}
        <CertaintyMark certainty={allergy.certainty} quiet />
      </span>
      {facts.length > 0 && <span className={classes.facts}>{facts.join(' · ')}</span>}
    </Opening>
  );
}
