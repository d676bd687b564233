import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { ReasonSheet } from '#renderer/ui/ReasonSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { AllergyView } from '#shared/contract/allergies.ts';

interface Props {
  readonly allergy: AllergyView;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** It turned out to be none; it stays on record. */
export function RefuteSheet({ allergy, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const refute = useCommand('allergies.refute');
  return (
    <ReasonSheet
      title={t('allergies.refuteTitle')}
      about={allergy.substance}
      label={t('allergies.refuteReason')}
      usual={[t('allergies.refuteUsual.tolerated'), t('allergies.refuteUsual.tested')]}
      submit={t('allergies.refute')}
      onClose={onClose}
      onSubmit={async (reason) => {
        await refute.mutateAsync({ id: allergy.id, reason });
        toast(t('allergies.done.refuted'));
        onDone();
      }}
    />
  );
}

/** It should not have been written. */
export function WithdrawSheet({ allergy, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const withdraw = useCommand('allergies.withdraw');
  return (
    <ReasonSheet
      title={t('allergies.withdrawTitle')}
      about={allergy.substance}
      label={t('allergies.withdrawReason')}
      usual={[t('allergies.withdrawUsual.patient'), t('allergies.withdrawUsual.twice')]}
      submit={t('allergies.withdraw')}
      onClose={onClose}
      onSubmit={async (reason) => {
        await withdraw.mutateAsync({ id: allergy.id, reason });
        toast(t('allergies.done.withdrawn'));
        onDone();
      }}
    />
  );
}
