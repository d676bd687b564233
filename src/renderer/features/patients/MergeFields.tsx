import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { columnWord } from '#renderer/ui/record-words.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useValueText } from '#renderer/ui/useValueText.ts';
import type { ChartCounts, MergePreview, MergeSide } from '#shared/contract/patient-merge.ts';
import { differingParts, type Part } from '#shared/domain/conflicts/differing.ts';
import classes from './MergePanel.module.css';
import type { Side } from './merge-choices.ts';

type Field = MergePreview['fields'][number];

interface ChoiceProps {
  readonly preview: MergePreview;
  readonly side: Side;
  readonly onChoose: (side: Side) => void;
}

const sides = ['left', 'right'] as const;

/** Which of the two records goes on, with what hangs on each. */
export function GoesOnChoice({ preview, side, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <fieldset className={classes.choice}>
      <legend className={classes.legend}>{t('duplicates.goesOn')}</legend>
      {sides.map((each) => (
        <label key={each} className={classes.option} data-chosen={side === each || undefined}>
          <input type="radio" name={name} checked={side === each} onChange={() => onChoose(each)} />
          <RecordLine record={preview[each]} />
        </label>
      ))}
    </fieldset>
  );
}

function RecordLine({ record: { patient, counts } }: { record: MergeSide }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const some = (Object.keys(counts) as (keyof ChartCounts)[])
    .filter((kind) => counts[kind] > 0)
    .map((kind) => t(`duplicates.counts.${kind}`, { count: counts[kind] }));
  const list = new Intl.ListFormat(i18n.language, { type: 'unit' });
  return (
    <span className={classes.value}>
      <strong>{patient.mrn}</strong>
      <span className={classes.about}>
        {t('duplicates.registeredOn', { time: format.dateTime(patient.createdAt) })}
      </span>
      <span className={classes.about}>
        {some.length > 0 ? list.format(some) : t('duplicates.counts.none')}
      </span>
    </span>
  );
}

/** One field both know differently; the parts that differ are marked. */
export function FieldChoice({ preview, field, side, onChoose }: ChoiceProps & { field: Field }) {
  const { t } = useTranslation();
  const name = useId();
  const textOf = useFieldText();
  const parts = differingParts(textOf(field, preview.left), textOf(field, preview.right));
  const isKnown = (each: Side) => ![null, ''].includes(preview[each].values[field.column] as string | null);
  return (
    <fieldset className={classes.choice}>
      <legend className={classes.legend}>{columnWord(t, field.column)}</legend>
      {sides.map((each) => (
        <label key={each} className={classes.option} data-chosen={side === each || undefined}>
          <input type="radio" name={name} checked={side === each} onChange={() => onChoose(each)} />
          <span className={classes.value}>
            {isKnown(each) ? (
              <Marked parts={parts[each]} />
            ) : (
              <span className={classes.nothing}>{t('records.nothing')}</span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Underlined and bold as well as coloured: the difference must not hang on a colour. */
function Marked({ parts }: { parts: readonly Part[] }) {
  return (
    <span>
      {parts.map(({ text, differs }, index) =>
        differs ? (
          <mark key={index} className={classes.differs}>
            {text}
          </mark>
        ) : (
          <span key={index}>{text}</span>
        ),
      )}
    </span>
  );
}

/** What needs no choice, in one quiet block. */
export function SameFields({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const textOf = useFieldText();
  const same = preview.fields.filter(({ differs }) => !differs);
  if (same.length === 0) return null;
  return (
    <div className={classes.same}>
      <h3 className={classes.legend}>{t('duplicates.same')}</h3>
      <dl className={classes.facts}>
        {same.map((field) => (
          <div key={field.column} className={classes.fact}>
            <dt>{columnWord(t, field.column)}</dt>
            <dd>{textOf(field, preview.left)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The value of a field in words; a birth date says when it is a guess. */
function useFieldText(): (field: Field, side: MergeSide) => string {
  const { t } = useTranslation();
  const textOf = useValueText();
  return ({ column, format }, { values }) => {
    const text = textOf(format, values[column] ?? null);
    const guessed = column === 'birth_date' && values.birth_date_estimated === 1;
    return guessed ? `${text}, ${t('patients.estimated')}` : text;
  };
}
