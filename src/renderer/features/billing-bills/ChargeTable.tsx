import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OpenChargeView } from '#shared/contract/invoices.ts';
import { sumOfLines } from '#shared/domain/billing/line.ts';
import classes from './Bills.module.css';
import { DiscountSheet } from './DiscountSheet.tsx';
import { RemoveChargeSheet } from './RemoveChargeSheet.tsx';

/** A charge, and what is being done about it. */
interface Chosen {
  readonly act: 'discount' | 'remove';
  readonly id: string;
}

/** Charges of one payer and currency, with what they come to. */
export function ChargeTable({ charges }: { readonly charges: readonly OpenChargeView[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const user = useCurrentUser();
  const may = mayCall(user, 'invoices.discount');
  const mayRemove = mayCall(user, 'charges.remove');
  const [chosen, choose] = useState<Chosen | null>(null);
  const charge = charges.find(({ id }) => id === chosen?.id);
  const close = () => choose(null);
  const [first] = charges;
  if (first === undefined) return null;
  const money = (amount: number) => format.money(amount, first.currency);
  const sum = sumOfLines(charges);
  return (
    <>
      <table className={classes.lines}>
        <caption>{first.payerName ?? t('billing.patientPays')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('billing.what')}</th>
            <th scope="col">{t('billing.quantity')}</th>
            <th scope="col">{t('billing.price')}</th>
            <th scope="col">{t('billing.withTax')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('billing.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {charges.map((charge) => (
            <tr key={charge.id}>
              <th scope="row">
                {charge.title} <CertaintyMark certainty={charge.certainty} quiet />
                <span className={classes.under}>
                  {format.dateTime(charge.occurredAt)}
                  {charge.discount > 0 &&
                    ` · ${t('billing.discountOf', { amount: money(charge.discount), reason: charge.discountReason ?? '' })}`}
                  {charge.problem !== null && ` · ${t('billing.cannotBill')}`}
                </span>
              </th>
              <td>{charge.quantity}</td>
              <td>{money(charge.unitPrice)}</td>
              <td>{money(charge.gross)}</td>
              <td>
                {may && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={t('billing.discountFor', { title: charge.title })}
                    onClick={() => choose({ act: 'discount', id: charge.id })}
                  >
                    {t('billing.discount')}
                  </Button>
                )}
                {mayRemove && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={t('billing.removeFor', { title: charge.title })}
                    onClick={() => choose({ act: 'remove', id: charge.id })}
                  >
                    {t('billing.remove')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {t('billing.total')}
              {first.payerName !== null && (
                <span className={classes.under}>
                  {t('billing.shares', {
                    payer: first.payerName,
                    theirs: money(sum.payerShare),
                    patients: money(sum.patientShare),
                  })}
                </span>
              )}
            </th>
            <td>{money(sum.gross)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
      {charge && chosen?.act === 'discount' && (
        <DiscountSheet
          charge={{ ...charge, chargeId: charge.id }}
          currency={first.currency}
          onClose={close}
        />
      )}
      {charge && chosen?.act === 'remove' && <RemoveChargeSheet charge={charge} onClose={close} />}
    </>
  );
}
