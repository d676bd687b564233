import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { SearchedTable } from '#renderer/ui/SearchedTable.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { PaymentView } from '#shared/contract/payments.ts';
import { LocationId } from '#shared/kernel/ids.ts';
import { PaymentSheet } from './PaymentSheet.tsx';
import classes from './Payments.module.css';
import { usePaymentColumns } from './usePaymentColumns.tsx';
import { usePaymentPages } from './usePaymentPages.ts';

/** What moved on a day, by method; and a receipt or a reference of any day. */
export function PaymentsTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = usePaymentColumns('day');
  const site = LocationId.safeParse(usePreferences((state) => state.siteId));
  const [day, setDay] = useState(format.today());
  const [typed, setTyped] = useState('');
  const [shown, show] = useState<PaymentView | null>(null);
  const search = useDeferredValue(typed.trim());
  const { first, rows, error, retry, more } = usePaymentPages('payments.day', {
    day: day === '' ? format.today() : day,
    locationId: site.data ?? null,
    search,
  });
  if (error) return <Failure failure={error} onRetry={retry} />;
  return (
    <>
      <SearchedTable
        title={t('payments.title')}
        search={t('payments.tab.search')}
        text={typed}
        onText={setTyped}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={show}
        onNearEnd={more}
        empty={
          first && <EmptyState text={t(search === '' ? 'payments.tab.none' : 'payments.tab.notFound')} />
        }
        actions={<DateField ariaLabel={t('payments.tab.day')} width={150} value={day} onChange={setDay} />}
        notes={
          first &&
          (first.totals.length > 0 || first.cashHidden) && (
            <div className={classes.notes}>
              <Totals totals={first.totals} />
              {first.cashHidden && <p className={classes.quiet}>{t('payments.tab.cashHidden')}</p>}
            </div>
          )
        }
      />
      {shown && <PaymentSheet key={shown.id} payment={shown} onClose={() => show(null)} />}
    </>
  );
}

function Totals({ totals }: { totals: Output<'payments.day'>['totals'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={classes.totals} aria-label={t('payments.tab.totals')}>
      {totals.map(({ method, currency, taken, refunded }) => (
        <div key={`${method} ${currency}`}>
          <dt>{t(`payments.method.${method}`)}</dt>
          <dd>{format.money(taken - refunded, currency)}</dd>
          {refunded > 0 && (
            <dd className={classes.quiet}>
              {t('payments.tab.given', { amount: format.money(refunded, currency) })}
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
