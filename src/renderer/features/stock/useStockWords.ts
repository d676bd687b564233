import { useTranslation } from 'react-i18next';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { BatchView, MovementView, StockLine } from '#shared/contract/stock.ts';
import { unitWord } from '#shared/domain/prescribing/words.ts';

type Said = Pick<MovementView, 'kind' | 'reverses'>;

/** What the stock room holds, in words of this window's language. */
export function useStockWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const language = usePreferences((state) => state.language);
  const amount = (quantity: number, unit: string): string =>
    `${format.number(quantity)} ${unitWord(language, unit, String(Math.abs(quantity)))}`;
  return {
    amount,
    unit: (unit: string): string => unitWord(language, unit, null),
    /** With its sign, as a change is read. */
    change: (delta: number): string => (delta > 0 ? `+${format.number(delta)}` : format.number(delta)),
    day: (expiry: string | null): string => (expiry === null ? t('stock.never') : format.day(expiry)),
    /** Why some of it may not be used; empty where all of it may. */
    excluded: ({ excluded }: Pick<StockLine, 'excluded'>): string =>
      excluded
        .map(({ why, quantity }) =>
          t('stock.excluded', { quantity: format.number(quantity), why: t(`stock.why.${why}`) }),
        )
        .join(', '),
    /** What a batch may be used for, or why it may not. */
    state: ({ excluded }: Pick<BatchView, 'excluded'>): string =>
      excluded === null ? t('stock.stateUsable') : t(`stock.why.${excluded}`),
    kind: ({ kind, reverses }: Said): string =>
      kind === 'reversal' && reverses !== null
        ? t('stock.reversalOf', { what: t(`stock.kind.${reverses}`) })
        : t(`stock.kind.${kind}`),
  };
}
