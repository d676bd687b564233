import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { PartialDateField } from '#renderer/ui/dates/PartialDateField.tsx';
import formClasses from '#renderer/ui/Form.module.css';
import { useKeptForm } from '#renderer/ui/kept-form/useKeptForm.ts';
import { ReasonSheet } from '#renderer/ui/ReasonSheet.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { ProblemView } from '#shared/contract/problems.ts';
import {
  clinicalStatuses,
  isGoingOn,
  nextClinical,
  nextVerification,
  problemProblems,
  problemSeverities,
  verificationStatuses,
} from '#shared/domain/problems/problem.ts';
import { draftOf, emptyProblem, type ProblemDraft, wordsOf } from './draft.ts';
import { ProblemField } from './ProblemField.tsx';

interface ProblemSheetProps {
  readonly patient: OpenChart['patient'];
  /** The one that is changed; none: a new one. */
  readonly problem?: ProblemView;
  readonly onClose: () => void;
}

/** Adds a problem, or changes one; from there it is resolved, comes back, or is withdrawn. */
export function ProblemSheet({ patient, problem, onClose }: ProblemSheetProps) {
  const { t } = useTranslation();
  const { today } = useFormat();
  const mayWithdraw = mayCall(useCurrentUser(), 'problems.withdraw');
  const [withdrawing, setWithdrawing] = useState(false);
  const kept = useKeptForm({
    form: 'problem',
    patientId: patient.id,
    subject: problem?.id ?? null,
    start: () => (problem ? draftOf(problem) : emptyProblem),
  });
  const add = useCommand('problems.add');
  const change = useCommand('problems.change');
  const { save, saving, errorAt, problem: failed } = useSave(onClose);
  if (kept === null) return null;
  const { draft, change: type, forget, keeping } = kept;
  const over = () => {
    void forget();
    onClose();
  };
  if (problem && withdrawing)
    return <WithdrawSheet problem={problem} onDone={over} onClose={() => setWithdrawing(false)} />;
  const send = (said: ProblemDraft, done: 'added' | 'changed' | 'resolved' | 'reactivated') => {
    const { words, wrong } = wordsOf(said, today());
    const times = Object.keys(wrong).length > 0 ? {} : problemProblems(words, patient.birthDate, today());
    void save({ ...wrong, ...times }, async () => {
      if (problem) await change.mutateAsync({ id: problem.id, problem: words });
      else await add.mutateAsync({ patientId: patient.id, problem: words });
      await forget();
      toast(t(`problems.done.${done}`));
    });
  };
  const more = problem && (
    <>
      {isGoingOn(problem.clinicalStatus) ? (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => send({ ...draft, clinicalStatus: 'resolved', abatement: today() }, 'resolved')}
        >
          {t('problems.resolve')}
        </Button>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() =>
            send(
              {
                ...draft,
                clinicalStatus: nextClinical(problem.clinicalStatus)[1] ?? 'active',
                abatement: '',
              },
              'reactivated',
            )
          }
        >
          {t('problems.reactivate')}
        </Button>
      )}
      {mayWithdraw && (
        <Button size="compact-sm" variant="default" onClick={() => setWithdrawing(true)}>
          {t('problems.withdraw')}
        </Button>
      )}
    </>
  );
  return (
    <SaveSheet
      title={t(problem ? 'problems.edit' : 'problems.add')}
      saving={saving}
      problem={failed}
      onSubmit={() => send(draft, problem ? 'changed' : 'added')}
      onClose={onClose}
      keeping={keeping}
      {...(more ? { above: <div className={formClasses.chips}>{more}</div> } : {})}
    >
      <Fields draft={draft} problem={problem} errorAt={errorAt} onChange={type} />
    </SaveSheet>
  );
}

interface FieldsProps {
  readonly draft: ProblemDraft;
  readonly problem: ProblemView | undefined;
  readonly errorAt: (field: string) => string | undefined;
  readonly onChange: (part: Partial<ProblemDraft>) => void;
}

/** Where a status may go; of a new problem, or one with a status of another program, anywhere. */
const mayBecome = (problem: ProblemView | undefined) => {
  const verified = verificationStatuses.find((status) => status === problem?.verificationStatus);
  return {
    clinical: problem ? nextClinical(problem.clinicalStatus) : clinicalStatuses,
    verification: verified ? nextVerification(verified) : verificationStatuses,
  };
};

function Fields({ draft, problem, errorAt, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { clinical, verification } = mayBecome(problem);
  const over = !isGoingOn(draft.clinicalStatus);
  return (
    <>
      <ProblemField draft={draft} error={errorAt('display')} onChange={onChange} />
      <div className={formClasses.pair}>
        <Select
          label={t('problems.field.clinical')}
          data={clinical.map((value) => ({ value, label: t(`problems.clinical.${value}`) }))}
          value={draft.clinicalStatus}
          error={errorAt('clinicalStatus')}
          allowDeselect={false}
          onChange={(value) => {
            if (!value) return;
            const status = value as ProblemDraft['clinicalStatus'];
            onChange({ clinicalStatus: status, ...(isGoingOn(status) ? { abatement: '' } : {}) });
          }}
        />
        <Select
          label={t('problems.field.verification')}
          data={verification.map((value) => ({ value, label: t(`problems.verification.${value}`) }))}
          value={draft.verificationStatus}
          error={errorAt('verificationStatus')}
          allowDeselect={false}
          onChange={(value) =>
            value && onChange({ verificationStatus: value as ProblemDraft['verificationStatus'] })
          }
        />
      </div>
      <div className={formClasses.pair}>
        <PartialDateField
          label={t('problems.field.onset')}
          value={draft.onset}
          error={errorAt('onset')}
          onChange={(onset) => onChange({ onset })}
        />
        {over && (
          <PartialDateField
            label={t('problems.field.abatement')}
            value={draft.abatement}
            error={errorAt('abatement')}
            onChange={(abatement) => onChange({ abatement })}
          />
        )}
      </div>
      <Select
        label={t('problems.field.severity')}
        placeholder={t('problems.notSaid')}
        clearable
        data={problemSeverities.map((value) => ({ value, label: t(`problems.severity.${value}`) }))}
        value={draft.severity}
        onChange={(value) => onChange({ severity: value as ProblemDraft['severity'] })}
      />
      <Textarea
        label={t('problems.field.note')}
        value={draft.note}
        maxLength={4000}
        rows={3}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </>
  );
}

interface WithdrawSheetProps {
  readonly problem: ProblemView;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function WithdrawSheet({ problem, onDone, onClose }: WithdrawSheetProps) {
  const { t } = useTranslation();
  const withdraw = useCommand('problems.withdraw');
  return (
    <ReasonSheet
      title={t('problems.withdraw')}
      about={problem.display}
      label={t('problems.withdrawReason')}
      usual={[t('problems.withdrawUsual.patient'), t('problems.withdrawUsual.twice')]}
      submit={t('problems.withdraw')}
      onClose={onClose}
      onSubmit={async (reason) => {
        await withdraw.mutateAsync({ id: problem.id, reason });
        toast(t('problems.done.withdrawn'));
        onDone();
      }}
    />
  );
}
