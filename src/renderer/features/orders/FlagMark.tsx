import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconArrowDown,
  IconArrowUp,
  IconCircleCheck,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Interpretation, ReportFlag } from '#shared/domain/orders/interpretation.ts';
import classes from './Results.module.css';

const icons = { critical: IconAlertOctagon, abnormal: IconAlertTriangle, normal: IconCircleCheck } as const;

/** What a report comes to, in a word with a sign. Nothing where nobody has judged it. */
export function FlagMark({ flag }: { flag: ReportFlag }) {
  const { t } = useTranslation();
  if (flag === null) return <span className={classes.flag}>{t('orders.flag.none')}</span>;
  const Icon = icons[flag];
  return (
    <span className={classes.flag} data-flag={flag}>
      <Icon size={14} stroke={2} aria-hidden />
      {t(`orders.flag.${flag}`)}
    </span>
  );
}

const arrows = {
  L: IconArrowDown,
  LL: IconArrowDown,
  H: IconArrowUp,
  HH: IconArrowUp,
  A: IconAlertTriangle,
} as const;

/** How a value stands to its range, in a word with a sign. */
export function InterpretationMark({ interpretation }: { interpretation: Interpretation | null }) {
  const { t } = useTranslation();
  if (interpretation === null || interpretation === 'N')
    return <span className="visually-hidden">{t(`orders.interpretation.${interpretation ?? 'none'}`)}</span>;
  const Icon = arrows[interpretation];
  const grave = interpretation === 'LL' || interpretation === 'HH';
  return (
    <span className={classes.flag} data-flag={grave ? 'critical' : 'abnormal'}>
      <Icon size={14} stroke={2} aria-hidden />
      {t(`orders.interpretation.${interpretation}`)}
    </span>
  );
}
