import { IconArrowDown, IconArrowUp, IconChevronsDown, IconChevronsUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Interpretation } from '#shared/domain/vitals/normal.ts';
import classes from './Vitals.module.css';

const icons = { L: IconArrowDown, H: IconArrowUp, LL: IconChevronsDown, HH: IconChevronsUp } as const;

/** Says that a value is not usual: an icon and a word, or in dense tables the icon with the word for screen readers. */
export function InterpretationMark({ of, dense = false }: { of: Interpretation | null; dense?: boolean }) {
  const { t } = useTranslation();
  if (of === null || of === 'N') return null;
  const Icon = icons[of];
  return (
    <span
      className={classes.mark}
      data-severe={of.length > 1 || undefined}
      title={dense ? t(`vitals.mark.${of}`) : undefined}
    >
      <Icon size={14} stroke={2} aria-hidden />
      <span className={dense ? 'visually-hidden' : undefined}>{t(`vitals.mark.${of}`)}</span>
    </span>
  );
}
