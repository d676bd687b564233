import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { ReasonSheet } from '#renderer/ui/ReasonSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { OpenChargeView } from '#shared/contract/invoices.ts';

interface RemoveChargeSheetProps {
  readonly charge: OpenChargeView;
  readonly onClose: () => void;
}

/** Takes a charge away for good: what raised it does not raise it again. */
export function RemoveChargeSheet({ charge: { id, title }, onClose }: RemoveChargeSheetProps) {
  const { t } = useTranslation();
  const remove = useCommand('charges.remove');
  return (
    <ReasonSheet
      title={t('billing.removeFor', { title })}
      about={t('billing.removeAbout')}
      label={t('billing.reason')}
      usual={[t('billing.removeUsual.free'), t('billing.removeUsual.mistake')]}
      submit={t('billing.remove')}
      onSubmit={async (reason) => {
        await remove.mutateAsync({ id, reason });
        toast(t('billing.removed', { title }));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
