import { useTranslation } from 'react-i18next';
import classes from './PrintNotices.module.css';
import type { PrintSetup } from './usePrintSetup.ts';

interface PrintNoticesProps {
  readonly setup: PrintSetup;
  /** What else must be known before it is printed. */
  readonly notice?: string | null;
}

/** What is to be known of how something will be printed. */
export function PrintNotices({ setup, notice = null }: PrintNoticesProps) {
  const { t } = useTranslation();
  const lines = [
    notice,
    setup.printers === null ? t('printing.browser') : null,
    setup.missing === null ? null : t('printing.missing', { printer: setup.missing }),
  ].filter((line) => line !== null);
  return (
    <div role="status" className={classes.notices}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
