import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { CurrencyBalance } from '#shared/contract/payments.ts';
import { ageBuckets } from '#shared/domain/billing/aging.ts';
import classes from './Payments.module.css';

/** How a patient stands in each currency, with what is open by age. */
export function Balance({ balance }: { balance: Output<'payments.balance'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { day, balances, certainty } = balance;
  return (
    <>
      {balances.length === 0 && <p className={classes.quiet}>{t('payments.account.settled')}</p>}
      {balances.map((one) => (
        <Amounts key={one.currency} balance={one} />
      ))}
      <p className={classes.quiet}>
        {t('payments.account.asOf', { day: format.day(day) })}
        {certainty !== 'confirmed' && (
          <>
            {' '}
            <CertaintyMark certainty={certainty} /> {t('payments.account.unconfirmed')}
          </>
        )}
      </p>
    </>
  );
}

function Amounts({ balance }: { balance: CurrencyBalance }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, open, overpaid, payers, deposits, aging } = balance;
  const money = (amount: number) => format.money(amount, currency);
  const sums: readonly (readonly [string, number])[] = [
    [t('payments.account.open'), open],
    [t('payments.account.overpaid'), overpaid],
    [t('payments.account.payers'), payers],
    [t('payments.account.deposits'), deposits],
  ];
  return (
    <>
      <dl className={classes.totals}>
        {sums
          .filter(([, amount]) => amount !== 0)
          .map(([label, amount]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{money(amount)}</dd>
            </div>
          ))}
      </dl>
      {overpaid > 0 && <p className={classes.quiet}>{t('payments.account.refundOverpaid')}</p>}
      {open > 0 && (
        <table className={classes.aging}>
          <caption>{t('payments.account.aging')}</caption>
          <thead>
            <tr>
              {ageBuckets.map((bucket) => (
                <th key={bucket} scope="col">
                  {t(`payments.account.bucket.${bucket}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              {ageBuckets.map((bucket) => (
                <td key={bucket}>{money(aging[bucket])}</td>
              ))}
            </tr>
          </tbody>
        </table>
      )}
    </>
  );
}
