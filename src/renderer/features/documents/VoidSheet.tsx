import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import formClasses from '#renderer/ui/Form.module.css';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { DocumentView } from '#shared/contract/documents.ts';

interface VoidSheetProps {
  readonly document: DocumentView;
  readonly onClose: () => void;
  readonly onVoided: () => void;
}

/** Crosses a document out: it stays in the list, with the reason. */
export function VoidSheet({ document, onClose, onVoided }: VoidSheetProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const crossOut = useCommand('documents.void');
  const form = 'document-void-form';
  return (
    <SideSheet
      title={t('documents.voidSheet.title')}
      onClose={onClose}
      footer={
        <Button
          type="submit"
          form={form}
          color="red.8"
          loading={busy}
          rightSection={<KeyHint keys="Enter" quiet />}
        >
          {t('documents.viewer.void')}
        </Button>
      }
    >
      <p className={`${formClasses.quiet} ${formClasses.above}`}>{document.title}</p>
      <ReasonForm
        id={form}
        label={t('documents.voidSheet.label')}
        usual={[
          t('documents.voidSheet.usual.patient'),
          t('documents.voidSheet.usual.twice'),
          t('documents.voidSheet.usual.wrong'),
        ]}
        most={1000}
        onBusy={setBusy}
        onSubmit={async (reason) => {
          await crossOut.mutateAsync({ id: document.id, reason });
          toast(t('documents.voidSheet.done'));
          onClose();
          onVoided();
        }}
      />
    </SideSheet>
  );
}
