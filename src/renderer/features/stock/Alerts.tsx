import { useTranslation } from 'react-i18next';
import lines from '#renderer/ui/RecordLines.module.css';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { StockLine } from '#shared/contract/stock.ts';
import { toOrder } from '#shared/domain/stock/level.ts';
import classes from './Stock.module.css';

/** What of an item somebody has to look at. */
export function Alerts({ line }: { line: StockLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={classes.badges}>
      {line.negative > 0 && (
        <span className={lines.badge} data-tone="red">
          {t('stock.alert.negative')}
        </span>
      )}
      {line.active && toOrder(line.usable, line) > 0 && (
        <span className={lines.badge} data-tone="amber">
          {t('stock.alert.low')}
        </span>
      )}
      {line.expiring > 0 && (
        <span className={lines.badge} data-tone="amber">
          {t('stock.alert.expiring', { quantity: format.number(line.expiring) })}
        </span>
      )}
    </span>
  );
}
