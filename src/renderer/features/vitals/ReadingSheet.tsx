import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { fieldText } from '#renderer/ui/error-text.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import { measureIn, useVitalWords } from '#renderer/ui/vitals/useVitalWords.ts';
import type { ChartPatient } from '#shared/contract/chart.ts';
import type { VitalReading } from '#shared/contract/vitals.ts';
import { measures, type TypedMeasure, type Unit } from '#shared/domain/vitals/measures.ts';
import { concernsAbout } from '#shared/domain/vitals/plausible.ts';
import { numberProblem, readDecimal } from '#shared/kernel/decimal.ts';
import { InterpretationMark } from './InterpretationMark.tsx';
import { TakenFields } from './TakenFields.tsx';
import { readTaken, type TakenDraft, takenDraft } from './taken.ts';
import { useKnownBefore } from './useKnownBefore.ts';
import { useUnits } from './useUnits.ts';
import classes from './Vitals.module.css';

interface ReadingSheetProps {
  readonly patient: ChartPatient;
  readonly reading: VitalReading;
  readonly onClose: () => void;
}

const typedName = (name: string): TypedMeasure | null => {
  const measure = measureIn(name);
  return measure === 'bmi' ? null : measure;
};

/** One value: who wrote it, what stood there before, and the way to put it right. */
export function ReadingSheet({ patient, reading, onClose }: ReadingSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const user = useCurrentUser();
  const mayVoid = mayCall(user, 'vitals.markInError');
  const [step, setStep] = useState<'correct' | 'error' | null>(null);
  const name = typedName(reading.name);
  const title = t('vitals.detail.title', {
    measure: t(`vitals.measure.${reading.name}`),
    when: format.dateTime(reading.effectiveAt),
  });
  const back = () => setStep(null);
  if (step === 'correct' && name !== null)
    return <CorrectSheet patient={patient} reading={reading} name={name} onClose={back} onMoved={onClose} />;
  if (step === 'error') return <InErrorSheet title={title} reading={reading} onClose={back} />;
  return (
    <SideSheet
      title={title}
      onClose={onClose}
      footer={
        reading.inError || reading.name === 'bmi' ? undefined : (
          <div className={classes.actions}>
            {name !== null && mayCall(user, 'vitals.correct') && (
              <Button onClick={() => setStep('correct')}>{t('vitals.detail.correct')}</Button>
            )}
            {mayVoid && (
              <Button variant="default" onClick={() => setStep('error')}>
                {t('vitals.detail.inError')}
              </Button>
            )}
          </div>
        )
      }
    >
      <Facts reading={reading} />
    </SideSheet>
  );
}

function Facts({ reading }: { reading: VitalReading }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { units } = useUnits();
  const words = useVitalWords(units);
  const measure = measureIn(reading.name);
  const by = (at: string, name: string | null) =>
    t('vitals.detail.by', { when: format.dateTime(at), name: name ?? '–' });
  const range = measure === null ? null : words.range(measure, reading.low, reading.high);
  return (
    <dl className={classes.facts}>
      <dt>{reading.inError ? t('vitals.history.inError') : t('vitals.detail.now')}</dt>
      <dd>
        <strong>{words.reading(reading)}</strong>{' '}
        <InterpretationMark of={reading.inError ? null : reading.interpretation} />
        <div className={classes.hint}>{by(reading.recordedAt, reading.recordedBy)}</div>
      </dd>
      {range && (
        <>
          <dt>{t('vitals.form.range', { range })}</dt>
          <dd className={classes.hint}>{t('vitals.detail.source')}</dd>
        </>
      )}
      {reading.note && (
        <>
          <dt>{t('vitals.history.note')}</dt>
          <dd>{reading.note}</dd>
        </>
      )}
      {reading.before.length > 0 && <dt>{t('vitals.detail.before')}</dt>}
      {reading.before.map((before) => (
        <dd key={before.recordedAt}>
          <s>{words.said(reading.name, before.value, before.unit, before.text)}</s>
          <div className={classes.hint}>{by(before.recordedAt, before.recordedBy)}</div>
        </dd>
      ))}
    </dl>
  );
}

interface CorrectSheetProps extends ReadingSheetProps {
  readonly name: TypedMeasure;
  /** It stands at another moment now. */
  readonly onMoved: () => void;
}

function CorrectSheet({ patient, reading, name, onClose, onMoved }: CorrectSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { units } = useUnits();
  const words = useVitalWords(units);
  const correct = useCommand('vitals.correct');
  const was = takenDraft(reading.effectiveAt, format);
  const [taken, setTaken] = useHeldState<TakenDraft>(`correct taken ${reading.id}`, was);
  const isMoved = taken.day !== was.day || taken.time !== was.time;
  const read = readTaken(taken, patient.birthDate, format);
  const moment = isMoved ? read : { wall: null, until: reading.effectiveAt, wrong: {} };
  const { before } = useKnownBefore(patient, {
    until: moment.until ?? reading.effectiveAt,
    itself: reading.id,
  });
  const [typed, setTyped] = useHeldState(`correct value ${reading.id} ${name}`, '');
  const [unit, setUnit] = useHeldState<Unit>(`correct unit ${reading.id} ${name}`, words.unitOf(name));
  const [reason, setReason] = useHeldState(`correct reason ${reading.id}`, '');
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const { save, saving, errorAt, problem } = useSave(isMoved ? onMoved : onClose);
  const value = readDecimal(typed);
  const concern = value === null ? null : (concernsAbout({ [name]: { value, unit } }, before)[name] ?? null);
  const isConfirmed = confirmed === `${value} ${unit}`;
  const submit = () => {
    const doubt = concern !== null && (concern.kind === 'refuse' || !isConfirmed);
    const wrong = {
      ...(value === null
        ? { value: typed.trim() ? (numberProblem(typed) ?? 'number') : 'required' }
        : doubt
          ? { value: concern.reason }
          : {}),
      ...(isMoved && taken.time.trim() === '' ? { takenTime: 'required' } : moment.wrong),
      ...(reason.trim() ? {} : { reason: 'required' }),
    };
    void save(wrong, async () => {
      if (value === null) return;
      await correct.mutateAsync({
        id: reading.id,
        value,
        unit,
        reason,
        effectiveLocal: moment.wall,
        confirmed: isConfirmed,
      });
      toast(t('vitals.detail.corrected'));
    });
  };
  return (
    <SaveSheet
      call="vitals.correct"
      title={t('vitals.detail.correctTitle')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.hint}>
        {t(`vitals.measure.${name}`)}: <s>{words.reading(reading)}</s>
      </p>
      <TextInput
        label={t('vitals.detail.value')}
        value={typed}
        inputMode="decimal"
        maxLength={12}
        error={errorAt('value') ?? (numberProblem(typed) === 'two-numbers' && fieldText(t, 'two-numbers'))}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {measures[name].units.length > 1 && (
        <Select
          aria-label={words.unitText(unit)}
          data={measures[name].units.map((one) => ({ value: one, label: words.unitText(one) }))}
          value={unit}
          allowDeselect={false}
          onChange={(one) => one && setUnit(one as Unit)}
        />
      )}
      {concern?.kind === 'confirm' && !isConfirmed && value !== null && (
        <div className={classes.said} data-kind="confirm" role="alert">
          <span>{fieldText(t, concern.reason)}</span>
          <span className={classes.answers}>
            <Button size="compact-xs" variant="default" onClick={() => setConfirmed(`${value} ${unit}`)}>
              {t('vitals.form.confirm', { value: words.withUnit(value, unit) })}
            </Button>
          </span>
        </div>
      )}
      <TakenFields
        taken={taken}
        errorAt={errorAt}
        onChange={(part) => setTaken((old) => ({ ...old, ...part }))}
      />
      {isMoved && <p className={classes.hint}>{t('vitals.detail.moves')}</p>}
      <TextInput
        label={t('vitals.detail.reason')}
        value={reason}
        maxLength={1000}
        error={errorAt('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={classes.answers}>
        {(['typing', 'unit', 'again'] as const).map((usual) => (
          <Button
            key={usual}
            type="button"
            variant="default"
            size="compact-sm"
            onClick={() => setReason(t(`vitals.detail.usual.${usual}`))}
          >
            {t(`vitals.detail.usual.${usual}`)}
          </Button>
        ))}
      </div>
    </SaveSheet>
  );
}

function InErrorSheet({
  title,
  reading,
  onClose,
}: {
  title: string;
  reading: VitalReading;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const mark = useCommand('vitals.markInError');
  const [busy, setBusy] = useState(false);
  const form = 'vital-error-form';
  return (
    <SideSheet
      title={title}
      onClose={onClose}
      footer={
        <Button
          type="submit"
          form={form}
          color="red.9"
          loading={busy}
          rightSection={<KeyHint keys="Enter" quiet />}
        >
          {t('vitals.detail.inError')}
        </Button>
      }
    >
      <ReasonForm
        id={form}
        label={t('vitals.detail.inErrorReason')}
        usual={[t('vitals.detail.inErrorUsual.patient'), t('vitals.detail.inErrorUsual.never')]}
        onBusy={setBusy}
        onSubmit={async (reason) => {
          await mark.mutateAsync({ id: reading.id, reason });
          toast(t('vitals.detail.marked'));
          onClose();
        }}
      />
    </SideSheet>
  );
}
