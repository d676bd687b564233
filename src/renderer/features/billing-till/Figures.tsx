import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { TillFiguresView, TillSessionView } from '#shared/contract/till.ts';
import classes from './Till.module.css';

const methods = ['cash', 'card', 'mobile-money', 'bank-transfer', 'cheque'] as const;

interface FiguresProps {
  readonly label: string;
  readonly figures: TillFiguresView;
  readonly currency: string;
}

/** What came in and went out by each method. */
export function Takings({ label, figures: { takings }, currency }: FiguresProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (takings.length === 0) return <p className={classes.quiet}>{t('till.noTakings')}</p>;
  const name = (method: string) => {
    const known = methods.find((one) => one === method);
    return t(`till.method.${known ?? 'other'}`);
  };
  return (
    <table className={classes.figures} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('till.methodName')}</th>
          <th scope="col">{t('till.taken')}</th>
          <th scope="col">{t('till.refunded')}</th>
        </tr>
      </thead>
      <tbody>
        {takings.map(({ method, taken, refunded }) => (
          <tr key={method}>
            <th scope="row">{name(method)}</th>
            <td>{format.money(taken, currency)}</td>
            <td>{format.money(refunded, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How the cash of a drawer comes about, and what was found in it. */
export function Drawer({ label, figures, currency }: FiguresProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const cash = figures.takings.find(({ method }) => method === 'cash');
  const lines = [
    ['float', figures.float],
    ['cashTaken', cash?.taken ?? 0],
    ['cashRefunded', 0 - (cash?.refunded ?? 0)],
    ['cashIn', figures.cashIn],
    ['cashOut', 0 - figures.cashOut],
    ['expected', figures.expected],
    ['counted', figures.counted],
    ['variance', figures.variance],
  ] as const;
  const strong = ['expected', 'counted', 'variance'];
  return (
    <table className={classes.figures} aria-label={label}>
      <tbody>
        {lines.map(([name, amount]) => (
          <tr key={name} data-strong={strong.includes(name) || undefined}>
            <th scope="row">{t(`till.figure.${name}`)}</th>
            <td>{format.money(amount, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** In one line whether the drawer holds what it should. */
export function Variance({ session }: { readonly session: TillSessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { figures, currency } = session;
  if (figures === null) return null;
  const amount = format.money(Math.abs(figures.variance), currency);
  const key = figures.variance < 0 ? 'till.short' : 'till.over';
  return (
    <p className={classes.variance} data-off={(figures.variance !== 0 && !session.isSettled) || undefined}>
      {figures.variance === 0 ? t('till.exact') : t(key, { amount })}{' '}
      {figures.variance !== 0 && session.isSettled && t('till.accepted')}
    </p>
  );
}
