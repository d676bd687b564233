import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import form from '#renderer/ui/Form.module.css';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { endOf, parseDuration } from '#shared/domain/prescribing/duration.ts';
import { parseFrequency } from '#shared/domain/prescribing/frequency.ts';
import { frequencyWords } from '#shared/domain/prescribing/frequency-words.ts';
import { routes } from '#shared/domain/prescribing/routes.ts';
import { durationWords } from '#shared/domain/prescribing/sig.ts';
import { doseUnits } from '#shared/domain/prescribing/units.ts';
import { routeWord, unitWord } from '#shared/domain/prescribing/words.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { IndicationField } from './IndicationField.tsx';
import { computedQuantity, type LineDraft, quantityUnitOf } from './line-draft.ts';
import classes from './Prescribing.module.css';
import { useRxWords } from './useRxWords.ts';

interface LineFieldsProps {
  /** Null: of a line that is kept for the next time, which has no days and nobody's problems. */
  readonly patientId: PatientId | null;
  readonly line: LineDraft;
  readonly errorAt: (field: string) => string | undefined;
  readonly onChange: (line: LineDraft) => void;
}

/** What is taken, how, how often, for how long and how much of it. */
export function LineFields(props: LineFieldsProps) {
  const { t } = useTranslation();
  const { line, patientId, errorAt, onChange } = props;
  const [all, setAll] = useState(false);
  const more =
    all || line.note !== '' || line.indication !== '' || line.repeats !== '' || line.endDate !== '';
  return (
    <div className={classes.fields}>
      <DoseFields {...props} />
      <TimeFields {...props} />
      <Checkbox
        label={t('prescribing.field.asNeeded')}
        checked={line.asNeeded}
        onChange={(event) => onChange({ ...line, asNeeded: event.currentTarget.checked })}
      />
      {line.asNeeded && (
        <div className={form.pair}>
          <TextInput
            label={t('prescribing.field.asNeededFor')}
            value={line.asNeededFor}
            maxLength={200}
            onChange={(event) => onChange({ ...line, asNeededFor: event.currentTarget.value })}
          />
          <TextInput
            label={t('prescribing.field.maxPerDay')}
            value={line.maxPerDay}
            inputMode="decimal"
            maxLength={40}
            error={errorAt('maxPerDay')}
            onChange={(event) => onChange({ ...line, maxPerDay: event.currentTarget.value })}
          />
        </div>
      )}
      <QuantityFields {...props} />
      {more || errorAt('endDate') || errorAt('startDate') ? (
        <MoreFields {...props} />
      ) : (
        <div className={classes.tools}>
          <Button size="compact-sm" variant="default" onClick={() => setAll(true)}>
            {t(patientId === null ? 'prescribing.field.moreKept' : 'prescribing.field.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

const choices = <T extends string>(
  known: readonly T[],
  chosen: string | null,
  word: (value: string) => string,
) =>
  [...new Set<string>([...known, ...(chosen === null ? [] : [chosen])])].map((value) => ({
    value,
    label: word(value),
  }));

function DoseFields({ line, errorAt, onChange }: LineFieldsProps) {
  const { t } = useTranslation();
  const { language } = useRxWords();
  return (
    <div className={classes.three}>
      <TextInput
        label={t('prescribing.field.dose')}
        value={line.doseValue}
        inputMode="decimal"
        maxLength={40}
        error={errorAt('doseValue')}
        data-line-focus
        onChange={(event) => onChange({ ...line, doseValue: event.currentTarget.value })}
      />
      <Select
        label={t('prescribing.field.unit')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('prescribing.field.clear'), tabIndex: -1 }}
        data={choices(doseUnits, line.doseUnit, (unit) => unitWord(language, unit, null))}
        value={line.doseUnit}
        error={errorAt('doseUnit')}
        onChange={(doseUnit) => onChange({ ...line, doseUnit })}
      />
      <Select
        label={t('prescribing.field.route')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('prescribing.field.clear'), tabIndex: -1 }}
        data={choices(routes, line.route, (route) => routeWord(language, route))}
        value={line.route}
        error={errorAt('route')}
        onChange={(route) => onChange({ ...line, route })}
      />
    </div>
  );
}

/** What is read from a field, where it is not what stands there; its line stays free. */
const unlike = (read: string, typed: string): string => (read === typed.trim() ? '\u00a0' : read);

function TimeFields({ line, patientId, errorAt, onChange }: LineFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { language } = useRxWords();
  const code = parseFrequency(line.frequency);
  const duration = parseDuration(line.duration);
  const time = duration && durationWords(language, duration);
  const end =
    duration && patientId !== null && line.startDate !== '' ? endOf(line.startDate, duration) : null;
  return (
    <div className={form.pair}>
      <TextInput
        label={t('prescribing.field.frequency')}
        value={line.frequency}
        maxLength={100}
        placeholder="tds"
        error={errorAt('frequency')}
        description={
          code === null
            ? t('prescribing.field.frequencyHint')
            : unlike(frequencyWords(language, code), line.frequency)
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(event) => onChange({ ...line, frequency: event.currentTarget.value })}
      />
      <TextInput
        label={t('prescribing.field.duration')}
        value={line.duration}
        maxLength={40}
        placeholder="7d"
        error={errorAt('duration')}
        description={
          time && end
            ? t('prescribing.field.until', { time, day: format.day(end) })
            : time === null
              ? t('prescribing.field.durationHint')
              : unlike(time, line.duration)
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(event) => onChange({ ...line, duration: event.currentTarget.value })}
      />
    </div>
  );
}

function QuantityFields({ line, patientId, errorAt, onChange }: LineFieldsProps) {
  const { t } = useTranslation();
  const { amount, language } = useRxWords();
  const computed = computedQuantity(line);
  const unit = line.quantity === '' ? (computed?.unit ?? null) : quantityUnitOf(line);
  const said = computed && amount(computed.value, computed.unit);
  const isTyped = line.quantity.trim() !== '';
  return (
    <div className={form.pair}>
      <TextInput
        label={t('prescribing.field.quantity')}
        value={line.quantity}
        inputMode="decimal"
        maxLength={40}
        placeholder={computed?.value ?? ''}
        rightSection={unit && <span className={classes.quiet}>{unitWord(language, unit, null)}</span>}
        rightSectionWidth={84}
        error={errorAt('quantity')}
        description={
          said === null
            ? t('prescribing.field.notComputed')
            : t(isTyped ? 'prescribing.field.wouldBe' : 'prescribing.field.computed', { quantity: said })
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(event) => onChange({ ...line, quantity: event.currentTarget.value })}
      />
      {patientId !== null && (
        <DateField
          label={t('prescribing.field.start')}
          value={line.startDate}
          error={errorAt('startDate')}
          onChange={(startDate) => onChange({ ...line, startDate })}
        />
      )}
    </div>
  );
}

function MoreFields({ line, patientId, errorAt, onChange }: LineFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className={form.pair}>
        <TextInput
          label={t('prescribing.field.repeats')}
          value={line.repeats}
          inputMode="numeric"
          maxLength={2}
          error={errorAt('repeats')}
          onChange={(event) => onChange({ ...line, repeats: event.currentTarget.value })}
        />
        {patientId === null ? (
          <TextInput
            label={t('prescribing.field.indication')}
            value={line.indication}
            maxLength={200}
            onChange={(event) => onChange({ ...line, indication: event.currentTarget.value })}
          />
        ) : (
          <DateField
            label={t('prescribing.field.end')}
            value={line.endDate}
            error={errorAt('endDate')}
            onChange={(endDate) => onChange({ ...line, endDate })}
          />
        )}
      </div>
      {patientId !== null && <IndicationField line={line} patientId={patientId} onChange={onChange} />}
      <Textarea
        label={t('prescribing.field.note')}
        autosize
        minRows={2}
        maxLength={4000}
        value={line.note}
        error={errorAt('note')}
        onChange={(event) => onChange({ ...line, note: event.currentTarget.value })}
      />
    </>
  );
}
