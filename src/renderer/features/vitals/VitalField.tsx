import { Button, TextInput, Tooltip } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldText } from '#renderer/ui/error-text.ts';
import type { useVitalWords } from '#renderer/ui/vitals/useVitalWords.ts';
import { measures, type TypedMeasure, type Unit } from '#shared/domain/vitals/measures.ts';
import type { Interpretation } from '#shared/domain/vitals/normal.ts';
import type { Concern, TypedValue } from '#shared/domain/vitals/plausible.ts';
import { meantInstead } from '#shared/domain/vitals/plausible.ts';
import { InterpretationMark } from './InterpretationMark.tsx';
import classes from './Vitals.module.css';

export interface VitalFieldProps {
  readonly name: TypedMeasure;
  readonly typed: string;
  readonly value: TypedValue | null;
  readonly unit: Unit;
  readonly concern: Concern | null;
  readonly confirmed: boolean;
  readonly interpretation: Interpretation | null;
  /** What stood last, and what is usual. */
  readonly hint: string | null;
  readonly error: string | undefined;
  readonly words: ReturnType<typeof useVitalWords>;
  readonly autoFocus: boolean;
  readonly onType: (text: string) => void;
  readonly onUnit: (unit: Unit) => void;
  readonly onConfirm: (unit: Unit) => void;
  readonly onNext: (from: HTMLInputElement) => void;
}

/** One number with its unit: what is wrong or unusual is said while it is typed. */
export function VitalField(props: VitalFieldProps) {
  const { t } = useTranslation();
  const { name, typed, unit, words, error, hint } = props;
  const others = measures[name].units.filter((one) => one !== unit);
  const [other] = others;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      props.onNext(event.currentTarget);
    }
    if (event.key.toLowerCase() === 'u' && other !== undefined) {
      event.preventDefault();
      props.onUnit(other);
    }
  };
  const label = t(`vitals.measure.${name}`);
  return (
    <div className={classes.field}>
      <TextInput
        label={label}
        value={typed}
        inputMode="decimal"
        autoComplete="off"
        maxLength={12}
        error={error}
        data-vital={name}
        {...(props.autoFocus ? { 'data-autofocus': true } : {})}
        rightSectionWidth={72}
        rightSection={
          other === undefined ? (
            <span className={classes.unit}>{words.unitText(unit)}</span>
          ) : (
            <Tooltip
              label={t('vitals.switchUnit', { unit: words.unitText(other), now: words.unitText(unit) })}
            >
              {/* The field itself changes it by U: a stop for Tab in between would slow every set down. */}
              <button
                type="button"
                tabIndex={-1}
                className={classes.unitButton}
                aria-label={`${label}: ${t('vitals.switchUnit', { unit: words.unitText(other), now: words.unitText(unit) })}`}
                onClick={() => props.onUnit(other)}
              >
                {words.unitText(unit)}
              </button>
            </Tooltip>
          )
        }
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        description={hint}
        onChange={(event) => props.onType(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Said {...props} />
    </div>
  );
}

/** Under a field: what it means, or what is doubted and how to answer. */
function Said({ concern, confirmed, interpretation, value, unit, words, error, onConfirm }: VitalFieldProps) {
  const { t } = useTranslation();
  if (value === null) return null;
  const typedText = words.withUnit(value.value, unit);
  const meant = concern === null ? null : meantInstead(concern.reason, value);
  const instead = meant !== null && (
    <Button size="compact-xs" variant="default" onClick={() => onConfirm(meant.unit)}>
      {t('vitals.form.instead', { value: words.withUnit(meant.value, meant.unit) })}
    </Button>
  );
  if (concern?.kind === 'refuse')
    return (
      <div className={classes.said} data-kind="refuse" role="alert">
        {error ? null : <span>{fieldText(t, concern.reason)}</span>}
        {instead}
      </div>
    );
  if (concern !== null && !confirmed)
    return (
      <div className={classes.said} data-kind="confirm" role="alert">
        {error ? null : <span>{fieldText(t, concern.reason)}</span>}
        <span className={classes.answers}>
          {instead}
          <Button size="compact-xs" variant="default" onClick={() => onConfirm(unit)}>
            {t('vitals.form.confirm', { value: typedText })}
          </Button>
        </span>
      </div>
    );
  return (
    <div className={classes.said} aria-live="polite">
      <InterpretationMark of={interpretation} />
    </div>
  );
}
