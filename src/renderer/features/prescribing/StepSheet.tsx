import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import form from '#renderer/ui/Form.module.css';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { PrescriptionView } from '#shared/contract/prescriptions.ts';
import { useRxWords } from './useRxWords.ts';

/** Actions that need a reason. */
export type AskedAction = 'hold' | 'stop' | 'void';

const usual = {
  hold: ['procedure', 'results', 'sideEffect'],
  stop: ['over', 'effect', 'sideEffect', 'allergy', 'wish'],
  void: ['wrongPatient', 'wrongMedicine'],
} as const;

interface StepSheetProps {
  readonly action: AskedAction;
  readonly view: PrescriptionView;
  readonly onClose: () => void;
}

/** Asks why a prescription is held, stopped or taken back. */
export function StepSheet({ action, view, onClose }: StepSheetProps) {
  const { t } = useTranslation();
  const { sig } = useRxWords();
  const step = useCommand('prescriptions.step');
  const [busy, setBusy] = useState(false);
  const submit = async (reason: string) => {
    await step.mutateAsync({ id: view.id, action, reason });
    toast(t(`prescribing.done.${action}`));
    onClose();
  };
  return (
    <SideSheet
      title={t(`prescribing.step.${action}`)}
      onClose={onClose}
      footer={
        <Button
          type="submit"
          form="prescription-step"
          loading={busy}
          rightSection={<KeyHint keys="Enter" quiet />}
        >
          {t(`prescribing.action.${action}`)}
        </Button>
      }
    >
      <p className={`${form.quiet} ${form.above}`}>
        {view.medication}: {sig(view)}
      </p>
      <ReasonForm
        id="prescription-step"
        label={t('prescribing.step.reason')}
        usual={usual[action].map((name) => t(`prescribing.step.usual.${name}`))}
        onSubmit={submit}
        onBusy={setBusy}
      />
    </SideSheet>
  );
}
