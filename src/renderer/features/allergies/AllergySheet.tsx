import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { PartialDateField } from '#renderer/ui/dates/PartialDateField.tsx';
import formClasses from '#renderer/ui/Form.module.css';
import { useKeptForm } from '#renderer/ui/kept-form/useKeptForm.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { SuggestField } from '#renderer/ui/SuggestField.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { AllergyView, AllergyWords } from '#shared/contract/allergies.ts';
import {
  allergyCategories,
  allergyClinicalStatuses,
  allergySeverities,
  allergyTypes,
  allergyVerifications,
  criticalities,
} from '#shared/domain/allergies/allergy.ts';
import { parsePartialDate } from '#shared/domain/problems/partial-date.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { type AllergyDraft, draftOf, emptyAllergy } from './draft.ts';
import { RefuteSheet, WithdrawSheet } from './ReasonSheets.tsx';

interface AllergySheetProps {
  readonly patientId: PatientId;
  /** The one that is changed; none: a new one. */
  readonly allergy?: AllergyView;
  readonly onClose: () => void;
}

/** Adds an allergy, or changes one; from there it is refuted or withdrawn. */
export function AllergySheet({ patientId, allergy, onClose }: AllergySheetProps) {
  const { t } = useTranslation();
  const mayWithdraw = mayCall(useCurrentUser(), 'allergies.withdraw');
  const [step, setStep] = useState<'refute' | 'withdraw' | null>(null);
  const kept = useKeptForm({
    form: 'allergy',
    patientId,
    subject: allergy?.id ?? null,
    start: () => (allergy ? draftOf(allergy) : emptyAllergy),
  });
  const { today } = useFormat();
  const add = useCommand('allergies.add');
  const change = useCommand('allergies.change');
  const { save, saving, errorAt, problem } = useSave(onClose);
  if (kept === null) return null;
  const { draft, change: type, forget, keeping } = kept;
  const over = () => {
    void forget();
    onClose();
  };
  if (allergy && step === 'refute')
    return <RefuteSheet allergy={allergy} onDone={over} onClose={() => setStep(null)} />;
  if (allergy && step === 'withdraw')
    return <WithdrawSheet allergy={allergy} onDone={over} onClose={() => setStep(null)} />;
  const submit = () => {
    const onset = parsePartialDate(draft.onset, today());
    const wrong = {
      ...(draft.substance.trim() ? {} : { substance: 'required' }),
      ...(onset.ok ? {} : { onset: onset.error === 'future' ? 'future' : 'date' }),
    };
    void save(wrong, async () => {
      const words: AllergyWords = { ...draft, onset: onset.ok ? onset.value : null };
      if (allergy) await change.mutateAsync({ id: allergy.id, allergy: words });
      else await add.mutateAsync({ patientId, allergy: words });
      await forget();
      toast(t(allergy ? 'allergies.done.changed' : 'allergies.done.added'));
    });
  };
  const more = allergy && (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setStep('refute')}>
        {t('allergies.refute')}
      </Button>
      {mayWithdraw && (
        <Button size="compact-sm" variant="default" onClick={() => setStep('withdraw')}>
          {t('allergies.withdraw')}
        </Button>
      )}
    </>
  );
  return (
    <SaveSheet
      title={t(allergy ? 'allergies.edit' : 'allergies.add')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      keeping={keeping}
      {...(more ? { above: <div className={formClasses.chips}>{more}</div> } : {})}
    >
      <Fields draft={draft} errorAt={errorAt} onChange={type} />
    </SaveSheet>
  );
}

interface FieldsProps {
  readonly draft: AllergyDraft;
  readonly errorAt: (field: string) => string | undefined;
  readonly onChange: (part: Partial<AllergyDraft>) => void;
}

function Substance({ draft, errorAt, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { substance, code, codeKind } = draft;
  const text = substance.trim();
  const found = useCall(
    'safety.substances',
    { text: text.slice(0, 100) },
    { enabled: text !== '' && code === null },
  );
  const isCoded = code !== null && codeKind !== 'other';
  const note = isCoded
    ? { text: t('allergies.codedHint', { kind: t(`allergies.kind.${codeKind}`) }), warn: false }
    : text !== '' && { text: t('allergies.uncodedHint'), warn: true };
  return (
    <SuggestField
      label={t('allergies.field.substance')}
      listLabel={t('allergies.suggestions')}
      text={substance}
      maxLength={200}
      autoFocus
      error={errorAt('substance')}
      chosen={code !== null}
      ready={!found.isFetching}
      suggestions={(found.data ?? []).map(({ kind, key, name, alias }) => ({
        key: `${kind} ${key}`,
        label: alias === null ? name : `${name} (${alias})`,
        detail: t(`allergies.kind.${kind}`),
      }))}
      onText={(typed) => onChange({ substance: typed, code: null, codeKind: 'other' })}
      onChoose={({ key }) => {
        const chosen = found.data?.find((one) => `${one.kind} ${one.key}` === key);
        if (chosen)
          onChange({
            substance: chosen.name,
            code: chosen.key,
            codeKind: chosen.kind,
            category: 'medication',
          });
      }}
      note={note || null}
    />
  );
}

function Fields(props: FieldsProps) {
  const { t } = useTranslation();
  const { draft, errorAt, onChange } = props;
  /** A choice that may be left open. */
  const choice = (
    field: 'type' | 'category' | 'severity' | 'criticality',
    data: readonly { readonly value: string; readonly label: string }[],
  ) => (
    <Select
      label={t(`allergies.field.${field}`)}
      placeholder={t('allergies.notSaid')}
      clearable
      data={data}
      value={draft[field]}
      onChange={(value) => onChange({ [field]: value })}
    />
  );
  return (
    <>
      <Substance {...props} />
      <div className={formClasses.pair}>
        {choice(
          'type',
          allergyTypes.map((value) => ({ value, label: t(`allergies.type.${value}`) })),
        )}
        {choice(
          'category',
          allergyCategories.map((value) => ({ value, label: t(`allergies.category.${value}`) })),
        )}
      </div>
      <TextInput
        label={t('allergies.field.reaction')}
        value={draft.reaction}
        maxLength={1000}
        onChange={(event) => onChange({ reaction: event.currentTarget.value })}
      />
      <div className={formClasses.pair}>
        {choice(
          'severity',
          allergySeverities.map((value) => ({ value, label: t(`allergies.severity.${value}`) })),
        )}
        {choice(
          'criticality',
          criticalities.map((value) => ({ value, label: t(`allergies.criticality.${value}`) })),
        )}
      </div>
      <div className={formClasses.pair}>
        <Select
          label={t('allergies.field.verification')}
          data={allergyVerifications.map((value) => ({ value, label: t(`allergies.verification.${value}`) }))}
          value={draft.verificationStatus}
          allowDeselect={false}
          onChange={(value) =>
            value && onChange({ verificationStatus: value as AllergyDraft['verificationStatus'] })
          }
        />
        <Select
          label={t('allergies.field.clinical')}
          data={allergyClinicalStatuses.map((value) => ({ value, label: t(`allergies.clinical.${value}`) }))}
          value={draft.clinicalStatus}
          allowDeselect={false}
          onChange={(value) => value && onChange({ clinicalStatus: value as AllergyDraft['clinicalStatus'] })}
        />
      </div>
      <PartialDateField
        label={t('allergies.field.onset')}
        value={draft.onset}
        error={errorAt('onset')}
        onChange={(onset) => onChange({ onset })}
      />
      <Textarea
        label={t('allergies.field.note')}
        value={draft.note}
        maxLength={4000}
        rows={2}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </>
  );
}
