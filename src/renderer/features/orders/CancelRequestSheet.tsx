import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import formClasses from '#renderer/ui/Form.module.css';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import type { ServiceRequestView } from '#shared/contract/orders.ts';

const form = 'cancel-request-form';

/** Takes a request back, with a reason. */
export function CancelRequestSheet({
  request,
  onClose,
}: {
  request: ServiceRequestView;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const words = useResultWords();
  const cancel = useCommand('orders.cancel');
  const [busy, setBusy] = useState(false);
  const what = words.test(request);
  return (
    <SideSheet
      title={t('orders.cancel.title')}
      onClose={onClose}
      footer={
        <Button type="submit" form={form} loading={busy} rightSection={<KeyHint keys="Enter" quiet />}>
          {t('orders.cancel.title')}
        </Button>
      }
    >
      <p className={`${formClasses.quiet} ${formClasses.above}`}>
        {request.patientName} · {what}
      </p>
      <ReasonForm
        id={form}
        label={t('orders.cancel.reason')}
        usual={[
          t('orders.cancel.usual.notNeeded'),
          t('orders.cancel.usual.notTaken'),
          t('orders.cancel.usual.wrong'),
        ]}
        most={1000}
        onBusy={setBusy}
        onSubmit={async (reason) => {
          await cancel.mutateAsync({ id: request.id, reason });
          toast(t('orders.done.cancelled', { test: what, patient: request.patientName }));
          onClose();
        }}
      />
    </SideSheet>
  );
}
