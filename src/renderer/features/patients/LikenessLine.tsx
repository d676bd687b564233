import { useTranslation } from 'react-i18next';
import { type Likeness, likelySame } from '#shared/domain/patients/likeness.ts';
import classes from './LikenessLine.module.css';

/** How much two records look like one person, and why, in words. */
export function LikenessLine({ likeness: { score, reasons } }: { likeness: Likeness }) {
  const { t, i18n } = useTranslation();
  const words = reasons.map((reason) => t(`patients.likeness.reason.${reason}`));
  return (
    <span className={classes.line} data-likely={score >= likelySame || undefined}>
      <span className={classes.score}>
        <span className="visually-hidden">{t('patients.likeness.score', { score })}</span>
        <span aria-hidden>{score}</span>
      </span>
      <span className={classes.reasons}>
        {new Intl.ListFormat(i18n.language, { type: 'unit' }).format(words)}
      </span>
    </span>
  );
}
