import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { InvoiceSummary, OpenChargeView } from '#shared/contract/invoices.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { AddChargeSheet } from './AddChargeSheet.tsx';
import classes from './Bills.module.css';
import { ChargeTable } from './ChargeTable.tsx';
import { billPath } from './paths.ts';
import { StateMark } from './StateMark.tsx';

const groupKey = ({ payerId, currency }: Pick<OpenChargeView, 'payerId' | 'currency'>) =>
  `${payerId ?? ''} ${currency}`;

/** What a patient is charged and no bill holds, by payer and currency, and every bill there is. */
export function PatientBill({ patientId }: { readonly patientId: PatientId }) {
  const { t } = useTranslation();
  const charged = useCall('invoices.openCharges', { patientId });
  const bills = useCall('invoices.list', { patientId, limit: 100 });
  const groups = [...Map.groupBy(charged.data?.charges ?? [], groupKey).values()];
  const make = useDraft(patientId);
  const first = groups[0];
  const user = useCurrentUser();
  const may = mayCall(user, 'invoices.draft');
  const mayAdd = mayCall(user, 'charges.add');
  const [adding, setAdding] = useState(false);
  useKeys(t('billing.tab.bills'), [
    {
      keys: 'd',
      label: t('billing.draft'),
      run: () => first && void make(first),
      enabled: may && first !== undefined && !adding,
    },
    { keys: 'n', label: t('billing.add'), run: () => setAdding(true), enabled: mayAdd && !adding },
  ]);
  const failure = charged.error ?? bills.error;
  if (failure) return <Failure failure={failure} onRetry={() => void charged.refetch()} />;
  if (!charged.data || !bills.data) return <div aria-busy="true" />;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('billing.of', { patient: charged.data.patientName })}</h1>
        <Link href={`/patients/${patientId}`}>{t('billing.toPatient')}</Link>
      </header>
      {bills.data.items.some(({ twice }) => twice) && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} aria-hidden />} role="status">
          {t('billing.twiceHint')}
        </Alert>
      )}
      <section aria-labelledby="open-charges">
        <h2 id="open-charges" className={classes.part}>
          {t('billing.openCharges')}
        </h2>
        {mayAdd && (
          <Button
            variant="default"
            className={classes.add}
            onClick={() => setAdding(true)}
            rightSection={<KeyHint keys="n" quiet />}
          >
            {t('billing.add')}
          </Button>
        )}
        {groups.length === 0 && <EmptyState text={t('billing.nothingOpen')} />}
        {groups.map((charges, index) => (
          <div key={charges[0] && groupKey(charges[0])} className={classes.group}>
            <ChargeTable charges={charges} />
            {may && (
              <Button
                onClick={() => void make(charges)}
                rightSection={index === 0 && <KeyHint keys="d" quiet />}
              >
                {t('billing.draft')}
              </Button>
            )}
          </div>
        ))}
      </section>
      <Bills bills={bills.data.items} />
      {adding && <AddChargeSheet patientId={patientId} onClose={() => setAdding(false)} />}
    </div>
  );
}

/** Gathers charges in a draft, and goes to it. */
function useDraft(patientId: PatientId) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const draft = useCommand('invoices.draft');
  const [busy, setBusy] = useState(false);
  return async (charges: readonly OpenChargeView[]) => {
    const [first] = charges;
    if (first === undefined || busy) return;
    setBusy(true);
    try {
      const { payerId, currency } = first;
      const { id } = await draft.mutateAsync({
        patientId,
        payerId,
        currency,
        chargeIds: charges.map((charge) => charge.id),
      });
      navigate(billPath(id));
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    } finally {
      setBusy(false);
    }
  };
}

function Bills({ bills }: { readonly bills: readonly InvoiceSummary[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section aria-labelledby="patient-bills">
      <h2 id="patient-bills" className={classes.part}>
        {t('billing.tab.bills')}
      </h2>
      {bills.length === 0 ? (
        <p className={classes.quiet}>{t('billing.noneOfPatient')}</p>
      ) : (
        <ul className={classes.bills}>
          {bills.map((bill) => (
            <li key={bill.id}>
              <Link href={billPath(bill.id)} className={classes.bill}>
                <span className={classes.number}>{bill.number}</span>
                <span>{format.dateTime(bill.at)}</span>
                <StateMark bill={bill} twice={bill.twice} />
                <span className={classes.amount}>{format.money(bill.total, bill.currency)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
