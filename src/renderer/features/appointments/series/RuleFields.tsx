import { Chip, Select, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import classes from '#renderer/ui/Form.module.css';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { weekdayName, weekdays } from '#renderer/ui/weekdays.ts';
import { monthlyChoices, type RuleDraft } from './rule-draft.ts';
import { nthWord } from './rule-words.ts';

interface RuleFieldsProps {
  readonly draft: RuleDraft;
  /** The day of the first appointment, which says what a month can be counted by. */
  readonly day: string;
  /** The field that says nothing yet. */
  readonly wrong: keyof RuleDraft | null;
  readonly onChange: (change: Partial<RuleDraft>) => void;
}

/** How often it repeats, on which days, and until when. */
export function RuleFields({ draft, day, wrong, onChange }: RuleFieldsProps) {
  const { t } = useTranslation();
  const errorAt = (field: keyof RuleDraft) => (wrong === field ? t('errors.field.invalid') : undefined);
  return (
    <>
      <div className={classes.pair}>
        <Select
          label={t('series.field.frequency')}
          allowDeselect={false}
          data={(['daily', 'weekly', 'monthly'] as const).map((value) => ({
            value,
            label: t(`series.frequency.${value}`),
          }))}
          value={draft.frequency}
          onChange={(value) => onChange({ frequency: value as RuleDraft['frequency'] })}
        />
        <TextInput
          label={t('series.field.interval')}
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
          value={draft.interval}
          error={errorAt('interval')}
          onChange={(event) => onChange({ interval: event.currentTarget.value })}
        />
      </div>
      {draft.frequency === 'weekly' && <Weekdays draft={draft} wrong={wrong} onChange={onChange} />}
      {draft.frequency === 'monthly' && <Monthly draft={draft} day={day} onChange={onChange} />}
      <div className={classes.pair}>
        <Select
          label={t('series.field.end')}
          allowDeselect={false}
          data={(['count', 'until'] as const).map((value) => ({ value, label: t(`series.endBy.${value}`) }))}
          value={draft.endBy}
          onChange={(value) => onChange({ endBy: value as RuleDraft['endBy'] })}
        />
        {draft.endBy === 'count' ? (
          <TextInput
            label={t('series.field.count')}
            inputMode="numeric"
            autoComplete="off"
            value={draft.count}
            error={errorAt('count')}
            onChange={(event) => onChange({ count: event.currentTarget.value })}
          />
        ) : (
          <DateField
            label={t('series.field.until')}
            value={draft.until}
            error={errorAt('until')}
            onChange={(until) => onChange({ until })}
          />
        )}
      </div>
    </>
  );
}

function Weekdays({ draft, wrong, onChange }: Omit<RuleFieldsProps, 'day'>) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const label = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out as the other labels
    <div role="group" aria-labelledby={label}>
      <span id={label} className={classes.label}>
        {t('series.field.weekdays')}
      </span>
      <div className={classes.chips}>
        {weekdays.map((day) => (
          <Chip
            key={day}
            size="xs"
            variant="outline"
            checked={draft.weekdays.includes(day)}
            onChange={(chosen) =>
              onChange({
                weekdays: chosen
                  ? [...draft.weekdays, day].toSorted((a, b) => a - b)
                  : draft.weekdays.filter((one) => one !== day),
              })
            }
          >
            {weekdayName(day, locale, 'short')}
          </Chip>
        ))}
      </div>
      {wrong === 'weekdays' && <p className={classes.quiet}>{t('errors.field.required')}</p>}
    </div>
  );
}

function Monthly({ draft, day, onChange }: Omit<RuleFieldsProps, 'wrong'>) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const choices = monthlyChoices(day);
  return (
    <Select
      label={t('series.field.monthly')}
      allowDeselect={false}
      data={choices.map((choice, index) => ({
        value: String(index),
        label:
          choice.by === 'day'
            ? t('series.monthDay', { day: choice.day })
            : t('series.monthWeekday', {
                nth: t(`series.nth.${nthWord(choice.nth)}`),
                weekday: weekdayName(choice.weekday, locale),
              }),
      }))}
      value={String(choices[draft.monthly] ? draft.monthly : 0)}
      onChange={(value) => onChange({ monthly: Number(value) })}
    />
  );
}
