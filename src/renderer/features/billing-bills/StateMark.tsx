import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { InvoiceState } from '#shared/domain/billing/balance.ts';
import classes from './Bills.module.css';
import { stateOf, toneOf } from './bill-words.ts';

interface StateMarkProps {
  readonly bill: { readonly status: InvoiceState; readonly kind: 'invoice' | 'credit-note' };
  /** It bills something another invoice bills too. */
  readonly twice: boolean;
}

/** How a bill stands, in a word. */
export function StateMark({ bill, twice }: StateMarkProps) {
  const { t } = useTranslation();
  return (
    <span className={classes.state} data-tone={toneOf(bill)}>
      {t(`billing.state.${stateOf(bill)}`)}
      {twice && (
        <span className={classes.twice}>
          <IconAlertTriangle size={14} stroke={1.8} aria-hidden /> {t('billing.twice')}
        </span>
      )}
    </span>
  );
}
