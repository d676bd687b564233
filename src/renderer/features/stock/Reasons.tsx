import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { ReasonSheet } from '#renderer/ui/ReasonSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { BatchView, MovementView } from '#shared/contract/stock.ts';
import { useStockWords } from './useStockWords.ts';

/** Recalls a batch, or ends its recall. */
export function RecallSheet({ batch, onClose }: { batch: BatchView; onClose: () => void }) {
  const { t } = useTranslation();
  const command = useCommand('stock.recall');
  const { lot, recalled } = batch;
  return (
    <ReasonSheet
      title={t(recalled ? 'stock.releaseOf' : 'stock.recallOf', { lot })}
      about={t(recalled ? 'stock.releaseAbout' : 'stock.recallAbout')}
      label={t('stock.reason')}
      usual={recalled ? [t('stock.usual.mistake')] : [t('stock.usual.recall'), t('stock.usual.authority')]}
      submit={t(recalled ? 'stock.release' : 'stock.recall')}
      onSubmit={async (reason) => {
        await command.mutateAsync({ batchId: batch.id, recalled: !recalled, reason });
        toast(t(recalled ? 'stock.releaseDone' : 'stock.recallDone', { lot }));
        onClose();
      }}
      onClose={onClose}
    />
  );
}

/** Takes a movement back. */
export function TakeBackSheet({ movement, onClose }: { movement: MovementView; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useStockWords();
  const command = useCommand('stock.takeBack');
  return (
    <ReasonSheet
      title={t('stock.takeBackOf', { what: words.kind(movement) })}
      about={t('stock.takeBackAbout')}
      label={t('stock.reason')}
      usual={[t('stock.usual.typing'), t('stock.usual.again')]}
      submit={t('stock.takeBack')}
      onSubmit={async (reason) => {
        await command.mutateAsync({ id: movement.id, reason });
        toast(t('stock.takeBackDone'));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
