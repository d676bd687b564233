import { Select, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { fieldText } from '#renderer/ui/error-text.ts';
import { useKeptForm } from '#renderer/ui/kept-form/useKeptForm.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import { useVitalWords } from '#renderer/ui/vitals/useVitalWords.ts';
import type { ChartPatient } from '#shared/contract/chart.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { mayBePregnant } from '#shared/domain/chart/pregnancy.ts';
import {
  type PregnancyStatus,
  pregnancyStatuses,
  type TypedMeasure,
  typedMeasures,
  type Unit,
} from '#shared/domain/vitals/measures.ts';
import { interpret, monthsOld, normalRange } from '#shared/domain/vitals/normal.ts';
import { concernsAbout, type KnownBefore } from '#shared/domain/vitals/plausible.ts';
import { bodyMassIndex, inKeptUnit } from '#shared/domain/vitals/units.ts';
import { bothPressures, confirmation, emptyDraft, readDraft, type VitalsDraft } from './draft.ts';
import { TakenFields } from './TakenFields.tsx';
import { readTaken, takenDraft } from './taken.ts';
import { useKnownBefore } from './useKnownBefore.ts';
import { useUnits } from './useUnits.ts';
import { VitalField } from './VitalField.tsx';
import classes from './Vitals.module.css';

interface TakeVitalsSheetProps {
  readonly patient: ChartPatient;
  readonly onClose: () => void;
}

/** A child's head is measured until two years and a while. */
const headUntilMonths = 36;

const fieldsFor = (before: KnownBefore): readonly TypedMeasure[] => {
  const { birthDate } = before.person;
  const months = birthDate === null ? null : monthsOld(birthDate, before.day);
  return typedMeasures.filter(
    (name) => name !== 'headCircumference' || (months !== null && months <= headUntilMonths),
  );
};

/** Typing a set of vitals, one field after the other. */
export function TakeVitalsSheet({ patient, onClose }: TakeVitalsSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const begin = () => ({ ...emptyDraft, day: format.today() });
  const kept = useKeptForm({
    form: 'vitals',
    patientId: patient.id,
    subject: null,
    start: begin,
    // What was typed an hour ago was not taken now.
    resume: (fields, at) => ({ ...begin(), ...(at === null ? {} : takenDraft(at, format)), ...fields }),
  });
  const draft = kept?.draft ?? emptyDraft;
  const taken = readTaken(draft, patient.birthDate, format);
  const { units, choose } = useUnits();
  const words = useVitalWords(units);
  const { before, last } = useKnownBefore(patient, taken);
  const record = useCommand('vitals.record');
  const form = useRef<HTMLDivElement>(null);
  const { save, saving, errorAt, problem } = useSave(onClose);
  if (kept === null) return null;
  const { change, forget, keeping } = kept;
  const { vitals, unreadable } = readDraft(draft, words.unitOf);
  const concerns = concernsAbout(vitals, before);
  const shown = fieldsFor(before);
  const isConfirmed = (name: TypedMeasure) =>
    draft.confirmed[name] === confirmation(draft.typed[name] ?? '', words.unitOf(name));
  const type = (name: TypedMeasure, text: string) => {
    const both = name === 'systolic' ? bothPressures(text) : null;
    const typed = both
      ? { ...draft.typed, systolic: both[0], diastolic: both[1] }
      : { ...draft.typed, [name]: text };
    change({ typed });
    if (both) focusField('diastolic');
  };
  const focusField = (name: string) =>
    form.current?.querySelector<HTMLInputElement>(`[data-vital="${name}"]`)?.focus();
  const next = (from: HTMLInputElement) => {
    const fields = [
      ...(form.current?.querySelectorAll<HTMLInputElement>('input:not([type="hidden"])') ?? []),
    ];
    fields[fields.indexOf(from) + 1]?.focus();
  };
  const confirmIn = (name: TypedMeasure, unit: Unit) => {
    if (unit !== words.unitOf(name)) choose(name, unit);
    const confirmed = { ...draft.confirmed, [name]: confirmation(draft.typed[name] ?? '', unit) };
    change({ confirmed });
    focusField(name);
  };
  // Said at once: half a number is none yet, but what may be two does not become one by going on.
  const twoNumbers = (name: TypedMeasure) =>
    unreadable[name] === 'two-numbers' ? fieldText(t, 'two-numbers') : undefined;
  const isEmpty = Object.keys(vitals).length === 0 && draft.pregnancy === null && draft.deliveryDate === '';
  const known = (): Readonly<Record<string, string>> => {
    const wrong = Object.fromEntries([
      ...Object.entries(taken.wrong),
      ...Object.entries(unreadable),
      ...Object.entries(concerns).flatMap(([name, { kind, reason }]) =>
        kind === 'refuse' || !isConfirmed(name as TypedMeasure) ? [[name, reason] as const] : [],
      ),
    ]);
    if (Object.keys(wrong).length === 0 && isEmpty) return { [shown[0] ?? 'systolic']: 'required' };
    return wrong;
  };
  const submit = () => {
    const wrong = known();
    const [first] = Object.keys(wrong);
    if (first !== undefined) focusField(first);
    void save(wrong, async () => {
      await record.mutateAsync({
        patientId: patient.id,
        values: vitals,
        pregnancy: draft.pregnancy,
        deliveryDate: draft.pregnancy === 'pregnant' ? draft.deliveryDate || null : null,
        note: draft.note,
        effectiveLocal: taken.wall,
        confirmed: shown.filter(isConfirmed),
      });
      await forget();
      toast(t('vitals.taken'));
    });
  };
  const height = vitals.height
    ? inKeptUnit(vitals.height.value, vitals.height.unit)
    : (before.height?.value ?? null);
  const index =
    vitals.weight && height !== null && !concerns.weight && !concerns.height
      ? bodyMassIndex(inKeptUnit(vitals.weight.value, vitals.weight.unit), height)
      : null;
  return (
    <SaveSheet
      call="vitals.record"
      title={t('vitals.take')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      keeping={keeping}
    >
      <div ref={form} className={classes.form}>
        <div className={classes.whole}>
          <TakenFields taken={draft} errorAt={errorAt} onChange={change} />
        </div>
        <p className={`${classes.hint} ${classes.whole}`}>{t('vitals.form.hint')}</p>
        {shown.map((name, place) => {
          const value = vitals[name] ?? null;
          const range = normalRange(name, before.person, before.day);
          const usual = words.range(name, range?.low ?? null, range?.high ?? null);
          const previous = last(name);
          return (
            <VitalField
              key={name}
              name={name}
              typed={draft.typed[name] ?? ''}
              value={value}
              unit={words.unitOf(name)}
              concern={concerns[name] ?? null}
              confirmed={isConfirmed(name)}
              interpretation={value === null ? null : interpret(inKeptUnit(value.value, value.unit), range)}
              hint={
                [
                  previous &&
                    t('vitals.form.last', {
                      value: words.reading(previous),
                      day: format.day(dayAt(Date.parse(previous.effectiveAt), format.timeZone)),
                    }),
                  usual && t('vitals.form.range', { range: usual }),
                ]
                  .filter(Boolean)
                  .join(' · ') || null
              }
              error={errorAt(name) ?? twoNumbers(name)}
              words={words}
              autoFocus={place === 0}
              onType={(text) => type(name, text)}
              onUnit={(unit) => choose(name, unit)}
              onConfirm={(unit) => confirmIn(name, unit)}
              onNext={next}
            />
          );
        })}
        {index !== null && (
          <p className={`${classes.hint} ${classes.whole}`} aria-live="polite">
            {t('vitals.form.computed', { value: words.withUnit(words.bare('bmi', index, 'kg/m2'), 'kg/m2') })}
          </p>
        )}
        <Pregnancy patient={patient} draft={draft} onChange={change} error={errorAt('deliveryDate')} />
        <TextInput
          className={classes.whole ?? ''}
          label={t('vitals.form.note')}
          value={draft.note}
          maxLength={1000}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
      </div>
    </SaveSheet>
  );
}

interface PregnancyProps {
  readonly patient: ChartPatient;
  readonly draft: VitalsDraft;
  readonly onChange: (part: Partial<VitalsDraft>) => void;
  readonly error: string | undefined;
}

/** Asked of whom it may concern. */
function Pregnancy({ patient, draft, onChange, error }: PregnancyProps) {
  const { t } = useTranslation();
  const { today } = useFormat();
  const months = patient.birthDate === null ? null : monthsOld(patient.birthDate, today());
  if (!mayBePregnant(patient.gender, months === null ? null : Math.floor(months / 12))) return null;
  return (
    <>
      <Select
        label={t('vitals.measure.pregnancy')}
        placeholder={t('vitals.form.notAsked')}
        clearable
        data={pregnancyStatuses.map((value) => ({ value, label: t(`vitals.pregnancy.${value}`) }))}
        value={draft.pregnancy}
        onChange={(value) => onChange({ pregnancy: value as PregnancyStatus | null })}
      />
      {draft.pregnancy === 'pregnant' && (
        <DateField
          label={t('vitals.measure.deliveryDate')}
          value={draft.deliveryDate}
          error={error}
          onChange={(deliveryDate) => onChange({ deliveryDate })}
        />
      )}
    </>
  );
}
