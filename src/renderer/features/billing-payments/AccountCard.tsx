import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { accountPath } from '#renderer/ui/account-path.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import { Balance } from './Balance.tsx';
import classes from './Payments.module.css';
import { PaySheet } from './PaySheet.tsx';

/** What a patient owes, on their page; and the way to pay it. Nothing for who has nothing to do with it. */
export function AccountCard({ patient }: { patient: PatientSummary }) {
  const user = useCurrentUser();
  return mayCall(user, 'payments.balance') ? <Card patient={patient} /> : null;
}

function Card({ patient }: { patient: PatientSummary }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const mayTake = mayCall(useCurrentUser(), 'payments.record');
  const [paying, setPaying] = useState(false);
  const { data, error, refetch } = useCall('payments.balance', { patientId: patient.id });
  const see = () => navigate(accountPath(patient.id));
  const pay = () => setPaying(true);
  useKeys(t('payments.account.title'), [
    { keys: 'b', label: t('payments.account.page'), run: see },
    { keys: 'n', label: t('payments.pay.title'), run: pay, enabled: mayTake },
  ]);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <section className={classes.card} aria-labelledby="patient-account">
      <h3 id="patient-account" className={classes.subtitle}>
        {t('payments.account.title')}
      </h3>
      {data && <Balance balance={data} />}
      <div className={classes.acts}>
        {mayTake && (
          <Button size="compact-sm" variant="default" rightSection={<KeyHint keys="n" quiet />} onClick={pay}>
            {t('payments.pay.title')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" rightSection={<KeyHint keys="b" quiet />} onClick={see}>
          {t('payments.account.page')}
        </Button>
      </div>
      {paying && <PaySheet patientId={patient.id} onClose={() => setPaying(false)} />}
    </section>
  );
}
