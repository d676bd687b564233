import { useTranslation } from 'react-i18next';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';

/** What became of it; `asked`: the browser's own dialog was shown, and nobody can tell what was chosen there. */
export type PrintOutcome = 'printed' | 'cancelled' | 'failed' | 'asked';

/** Prints and tells what became of it. `onPrinted` tells it in words of its own. */
export function usePrinting(print: () => Promise<PrintOutcome>, onPrinted?: () => Promise<void>) {
  const { t } = useTranslation();
  return async () => {
    try {
      const outcome = await print();
      if (outcome === 'failed') toast(t('printing.failed'), { tone: 'problem' });
      else if (outcome !== 'cancelled' && onPrinted) await onPrinted();
      else if (outcome === 'printed') toast(t('printing.done'));
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
}
