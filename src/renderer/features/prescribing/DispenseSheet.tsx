import { Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import form from '#renderer/ui/Form.module.css';
import { PinField } from '#renderer/ui/PinField.tsx';
import { printPath } from '#renderer/ui/print-paths.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { Prescription, PrescriptionView } from '#shared/contract/prescriptions.ts';
import { findingKey, isGrave } from '#shared/domain/prescribing/override.ts';
import { isMore } from '#shared/domain/prescribing/quantity.ts';
import { fieldNumber, unitWord } from '#shared/domain/prescribing/words.ts';
import type { StaffAccountId } from '#shared/kernel/ids.ts';
import { FindingList } from './FindingList.tsx';
import { FromStock } from './FromStock.tsx';
import { useRxWords } from './useRxWords.ts';
import { useStockPick } from './useStockPick.ts';
import { answerKey, type Writing } from './writing.ts';

interface DispenseSheetProps {
  readonly prescription: Prescription;
  readonly view: PrescriptionView;
  readonly onClose: () => void;
}

/** One issue of what is prescribed, or what is left of it. */
const usualQuantity = ({ remaining }: Prescription, { quantity }: PrescriptionView): string => {
  if (quantity === null) return '';
  return remaining !== null && isMore(quantity, remaining) ? remaining : quantity;
};

/** Records what is handed out; the checks run again, and for something grave a doctor answers with the PIN. */
export function DispenseSheet({ prescription, view, onClose }: DispenseSheetProps) {
  const { t } = useTranslation();
  const words = useRxWords();
  const user = useCurrentUser();
  const { language } = words;
  const again = useCall('safety.recheck', { patientId: view.patientId });
  const doctors = useCall('prescriptions.doctors', {}).data ?? [];
  const dispense = useCommand('prescriptions.dispense');
  const [quantity, setQuantity] = useHeldState(
    `dispense quantity ${view.id}`,
    fieldNumber(language, usualQuantity(prescription, view)),
  );
  const [note, setNote] = useHeldState(`dispense note ${view.id}`, '');
  const [answers, setAnswers] = useHeldState<Writing['answers']>(`dispense answers ${view.id}`, {});
  const [chosenDoctor, setDoctor] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [asked, setAsked] = useState(false);
  const findings = again.data?.prescriptions.find(
    ({ prescriptionId }) => prescriptionId === view.id,
  )?.findings;
  const grave = (findings ?? []).filter(isGrave);
  const own = doctors.find(({ id }) => id === user?.id)?.id ?? null;
  const doctorId = (chosenDoctor ?? own) as StaffAccountId | null;
  const missing = grave
    .map((finding) => answerKey(view.id, findingKey(finding)))
    .filter(
      (key) =>
        !answers[key]?.reasonCode || (answers[key].reasonCode === 'other' && !answers[key].reason.trim()),
    );
  const picking = useStockPick(view.id, quantity);
  const [, navigate] = useLocation();
  const [label, setLabel] = useState(false);
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () => {
    setAsked(true);
    if (missing.length > 0) return;
    void save(quantity.trim() === '' ? { quantity: 'required' } : {}, async () => {
      const stock = await picking.decide();
      if (Object.keys(stock.wrong).length > 0)
        throw new AppErrorException({ code: 'invalid-input', fields: stock.wrong });
      const done = await dispense.mutateAsync({
        id: view.id,
        quantity,
        note,
        stock: stock.pick,
        doctorId: grave.length > 0 ? doctorId : null,
        pin: grave.length > 0 ? pin : null,
        overrides: grave.flatMap((finding) => {
          const answer = answers[answerKey(view.id, findingKey(finding))];
          return answer?.reasonCode
            ? [
                {
                  line: 0,
                  finding: findingKey(finding),
                  reasonCode: answer.reasonCode,
                  reason: answer.reason,
                },
              ]
            : [];
        }),
      });
      toast(t('prescribing.done.dispensed', { quantity: words.amount(done.quantity, done.quantityUnit) }));
      if (label) navigate(printPath.medicineLabel(view.patientId, done.id));
    });
  };
  const left = words.left(prescription);
  return (
    <SaveSheet
      call="prescriptions.dispense"
      title={t('prescribing.dispense.title')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={form.quiet}>
        {view.medication}: {words.sig(view)}
      </p>
      <TextInput
        label={t('prescribing.dispense.quantity')}
        value={quantity}
        inputMode="decimal"
        maxLength={40}
        data-autofocus
        error={errorAt('quantity')}
        description={left && t('prescribing.dispense.left', { quantity: left })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        rightSection={
          view.quantityUnit && (
            <span className={form.quiet}>{unitWord(language, view.quantityUnit, null)}</span>
          )
        }
        rightSectionWidth={84}
        onChange={(event) => {
          setQuantity(event.currentTarget.value);
          picking.anew();
        }}
      />
      <FromStock picking={picking} errorAt={errorAt} />
      <TextInput
        label={t('prescribing.dispense.note')}
        value={note}
        maxLength={1000}
        error={errorAt('note')}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Checkbox
        label={t('prescribing.dispense.label')}
        checked={label}
        onChange={(event) => setLabel(event.currentTarget.checked)}
      />
      <FindingList
        lineKey={view.id}
        findings={findings}
        behind={again.isPending}
        answers={answers}
        onAnswer={(key, answer) => setAnswers({ ...answers, [key]: answer })}
        missing={asked ? missing : []}
      />
      {grave.length > 0 && (
        <>
          <Select
            label={t('prescribing.dispense.doctor')}
            searchable
            data={doctors.map(({ id, name }) => ({ value: id, label: name }))}
            value={doctorId}
            error={errorAt('doctorId')}
            onChange={setDoctor}
          />
          <PinField
            label={t('prescribing.dispense.pin')}
            value={pin}
            error={errorAt('pin')}
            onChange={setPin}
          />
        </>
      )}
    </SaveSheet>
  );
}
