import { Button, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { printPath } from '#renderer/ui/print-paths.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Prescription, PrescriptionView } from '#shared/contract/prescriptions.ts';
import { mayChange, mayDo, type PrescriptionAction } from '#shared/domain/prescribing/prescription.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { DispenseSheet } from './DispenseSheet.tsx';
import { emptyLine, fromPrescription, type LineDraft } from './line-draft.ts';
import { PrescribeSheet } from './PrescribeSheet.tsx';
import classes from './Prescribing.module.css';
import { type AskedAction, StepSheet } from './StepSheet.tsx';
import { useMedicineOf } from './useMedicineOf.ts';
import { useRxWords } from './useRxWords.ts';
import { nextKey } from './useWriting.ts';

interface ActionsProps {
  readonly prescription: Prescription;
  readonly view: PrescriptionView;
  readonly patientId: PatientId;
}

type Sheet = AskedAction | 'dispense' | readonly LineDraft[] | null;

interface Choice {
  readonly name: 'renew' | 'change' | 'signDraft' | 'dispense' | 'print' | PrescriptionAction;
  readonly keys: string;
  readonly run: () => void;
  readonly may: boolean;
}

/** What can be done with a prescription that holds, each by its key. */
export function Actions({ prescription, view, patientId }: ActionsProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { today } = useFormat();
  const { language } = useRxWords();
  const user = useCurrentUser();
  const step = useCommand('prescriptions.step');
  const [sheet, setSheet] = useState<Sheet>(null);
  const { medicine, askMedicine } = useMedicineOf(view);
  const { state, number } = view;
  const writes = mayCall(user, 'prescriptions.write');
  const answer = async (kind: 'renew' | 'change') => {
    const found = medicine === undefined ? await askMedicine() : medicine;
    setSheet([fromPrescription(emptyLine(today(), nextKey()), view, kind, found, language)]);
  };
  const now = async (action: 'resume' | 'complete') => {
    try {
      await step.mutateAsync({ id: view.id, action, reason: '' });
      toast(t(`prescribing.done.${action}`));
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  const choices: readonly Choice[] = [
    { name: 'signDraft', keys: 'c', run: () => void answer('change'), may: writes && state === 'draft' },
    {
      name: 'renew',
      keys: 'n',
      run: () => void answer('renew'),
      may: writes && state !== 'draft' && state !== 'entered-in-error',
    },
    {
      name: 'change',
      keys: 'c',
      run: () => void answer('change'),
      may: writes && state !== 'draft' && mayChange(state),
    },
    {
      name: 'dispense',
      keys: 'd',
      run: () => setSheet('dispense'),
      may: mayCall(user, 'prescriptions.dispense') && state === 'active',
    },
    { name: 'hold', keys: 'h', run: () => setSheet('hold'), may: writes && mayDo(state, 'hold') },
    { name: 'resume', keys: 'h', run: () => void now('resume'), may: writes && mayDo(state, 'resume') },
    { name: 'stop', keys: 's', run: () => setSheet('stop'), may: writes && mayDo(state, 'stop') },
    { name: 'complete', keys: 'f', run: () => void now('complete'), may: writes && mayDo(state, 'complete') },
    {
      name: 'print',
      keys: 'mod+p',
      run: () => number && navigate(printPath.prescription(patientId, number)),
      may: number !== null && state === 'active' && mayCall(user, 'prescriptions.printed'),
    },
    {
      name: 'void',
      keys: 'Delete',
      run: () => setSheet('void'),
      may: writes && mayDo(state, 'void'),
    },
  ];
  const able = choices.filter(({ may }) => may);
  useKeys(
    t('prescribing.title'),
    able.map(({ name, keys, run }) => ({ keys, label: t(`prescribing.action.${name}`), run })),
  );
  const close = () => setSheet(null);
  return (
    <>
      <div className={classes.tools}>
        {able.map(({ name, keys, run }) => (
          <Tooltip key={name} label={<KeyHint keys={keys} />}>
            <Button
              size="compact-sm"
              variant="default"
              {...(name === 'void' ? { color: 'red' } : {})}
              loading={step.isPending && (name === 'resume' || name === 'complete')}
              onClick={run}
            >
              {t(`prescribing.action.${name}`)}
            </Button>
          </Tooltip>
        ))}
      </div>
      {sheet === 'dispense' && <DispenseSheet prescription={prescription} view={view} onClose={close} />}
      {(sheet === 'hold' || sheet === 'stop' || sheet === 'void') && (
        <StepSheet action={sheet} view={view} onClose={close} />
      )}
      {typeof sheet === 'object' && sheet !== null && (
        <PrescribeSheet patientId={patientId} start={sheet} onClose={close} />
      )}
    </>
  );
}
