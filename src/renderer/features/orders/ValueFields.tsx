import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fieldText } from '#renderer/ui/error-text.ts';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import type { Analyte } from '#shared/domain/orders/analyte.ts';
import { analyteOf } from '#shared/domain/orders/catalogue.ts';
import { readValue, type ValueRead } from '#shared/domain/orders/entry.ts';
import type { Whose } from '#shared/domain/orders/interpretation.ts';
import { unitWords } from '#shared/domain/orders/unit-words.ts';
import { type EntryDraft, valuesIn } from './entry-draft.ts';
import { InterpretationMark } from './FlagMark.tsx';
import classes from './Results.module.css';

interface ValueFieldsProps {
  readonly draft: EntryDraft;
  readonly whose: Whose;
  readonly onChange: (part: Partial<EntryDraft>) => void;
  readonly errorAt: (field: string) => string | undefined;
}

/** A line for each value of a test: what was measured, in which unit, and how it stands to its range. */
export function ValueFields({ draft, whose, onChange, errorAt }: ValueFieldsProps) {
  const values = valuesIn(draft);
  return (
    <>
      {values.map((typed, index) => {
        const analyte = analyteOf(typed.analyte);
        return (
          analyte && (
            <ValueLine
              key={typed.analyte}
              analyte={analyte}
              typed={typed}
              whose={whose}
              first={index === 0}
              refused={errorAt(typed.analyte) !== undefined}
              onText={(text) => onChange({ texts: { ...draft.texts, [typed.analyte]: text } })}
              onUnit={(unit) => onChange({ units: { ...draft.units, [typed.analyte]: unit } })}
            />
          )
        );
      })}
    </>
  );
}

interface ValueLineProps {
  readonly analyte: Analyte;
  readonly typed: { readonly text: string; readonly unit: string | null };
  readonly whose: Whose;
  readonly first: boolean;
  /** Saving was refused for this value. */
  readonly refused: boolean;
  readonly onText: (text: string) => void;
  readonly onUnit: (unit: string) => void;
}

/** While somebody is typing, half a number is none; what cannot be or is unusual is said at once. */
const problemOf = (read: ValueRead | null, refused: boolean): string | null => {
  if (read === null) return null;
  if (read.ok) return read.value.unlikely ? 'unlikely' : null;
  return read.problem === 'not-a-number' && !refused ? null : read.problem;
};

function ValueLine({ analyte, typed, whose, first, refused, onText, onUnit }: ValueLineProps) {
  const { t } = useTranslation();
  const words = useResultWords();
  const name = words.analyte({ analyte: analyte.key, name: analyte.name });
  const read = typed.text.trim() === '' ? null : readValue(analyte, typed, whose);
  const problem = problemOf(read, refused);
  const error = problem && fieldText(t, problem);
  const focus = first ? { 'data-autofocus': true } : {};
  return (
    <div className={classes.entry} data-wrong={error !== null || undefined}>
      <span>{name}</span>
      {analyte.kind === 'choice' ? (
        <Select
          aria-label={name}
          style={{ gridColumn: '2 / -1' }}
          data={analyte.options.map((value) => ({ value, label: words.answer(value) }))}
          value={typed.text || null}
          clearable
          onChange={(value) => onText(value ?? '')}
          {...focus}
        />
      ) : (
        <>
          <TextInput
            aria-label={name}
            inputMode="decimal"
            autoComplete="off"
            value={typed.text}
            maxLength={24}
            error={error !== null}
            onChange={(event) => onText(event.currentTarget.value)}
            {...focus}
          />
          {analyte.units.length > 1 ? (
            <Select
              aria-label={t('orders.enter.unitOf', { name })}
              data={analyte.units.map(({ unit }) => ({ value: unit, label: unitWords(unit) }))}
              value={typed.unit}
              allowDeselect={false}
              onChange={(value) => value && onUnit(value)}
            />
          ) : (
            <span className={classes.quiet}>{unitWords(typed.unit)}</span>
          )}
        </>
      )}
      <span className={classes.entryMark}>
        {error !== null ? (
          <span className={classes.entryError} role="alert">
            {error}
          </span>
        ) : (
          read?.ok && (
            <span aria-live="polite">
              <InterpretationMark interpretation={read.value.interpretation} />{' '}
              <span className={classes.range}>
                {words.range({
                  low: read.value.bounds?.low ?? null,
                  high: read.value.bounds?.high ?? null,
                  unit: read.value.unit,
                })}
              </span>
            </span>
          )
        )}
      </span>
    </div>
  );
}
