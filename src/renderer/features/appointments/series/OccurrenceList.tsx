import { Button, Checkbox, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatWallTime } from '#renderer/ui/format.ts';
import { tidyTime } from '#renderer/ui/times.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PlannedOccurrence } from '#shared/contract/series.ts';
import classes from './Series.module.css';
import type { Choices } from './useChoices.ts';

interface OccurrenceListProps {
  readonly occurrences: readonly (PlannedOccurrence & { readonly wasLocal?: string })[];
  readonly choices: Choices;
}

/** Each occurrence with what stands in its way; another time is one press away, and any of them can be left out. */
export function OccurrenceList({ occurrences, choices }: OccurrenceListProps) {
  const { t } = useTranslation();
  if (occurrences.length === 0) return <p className={classes.note}>{t('series.none')}</p>;
  return (
    <ol className={classes.list} aria-label={t('series.occurrences')}>
      {occurrences.map((one) => (
        <Line key={one.of} occurrence={one} choices={choices} />
      ))}
    </ol>
  );
}

interface LineProps {
  readonly occurrence: OccurrenceListProps['occurrences'][number];
  readonly choices: Choices;
}

function Line({ occurrence, choices }: LineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { of, startLocal, state, reason, alternative, wasLocal } = occurrence;
  const isIn = !choices.left.has(of);
  const day = format.day(startLocal, 'weekday');
  const timeText = (local: string) =>
    local.slice(0, 10) === startLocal.slice(0, 10)
      ? formatWallTime(local)
      : `${format.day(local, 'weekday')} ${formatWallTime(local)}`;
  return (
    <li className={classes.line} data-state={isIn ? state : 'left'}>
      <Checkbox
        size="xs"
        label={day}
        checked={isIn}
        onChange={(event) => choices.keep(of, event.currentTarget.checked)}
      />
      <TimeField
        label={t('series.time', { day })}
        value={formatWallTime(startLocal)}
        disabled={!isIn}
        onChange={(time) => choices.take(of, `${startLocal.slice(0, 10)}T${time}`)}
      />
      <span className={classes.why}>
        {isIn && state !== 'free' && <strong>{t(`series.${state}`)}. </strong>}
        {isIn && reason && reason.code !== 'slot-taken' && t(`errors.${reason.code}`, reason.params)}
        {isIn && state === 'free' && t('series.free')}
        {wasLocal && <span className={classes.was}> {t('series.was', { time: timeText(wasLocal) })}</span>}
      </span>
      {isIn && alternative && (
        <Button
          type="button"
          size="compact-xs"
          variant="default"
          className={classes.take ?? ''}
          onClick={() => choices.take(of, alternative)}
        >
          {t('series.take', { time: timeText(alternative) })}
        </Button>
      )}
    </li>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly disabled: boolean;
  readonly onChange: (time: string) => void;
}

/** A time as people type it; it is looked at when one leaves the field or presses Enter. */
function TimeField({ label, value, disabled, onChange }: TimeFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const settle = () => {
    const tidy = tidyTime(typed);
    if (/^([01]\d|2[0-3]):[0-5]\d$/.test(tidy)) {
      if (tidy !== value) onChange(tidy);
      setTyped(tidy);
    } else setTyped(value);
  };
  return (
    <TextInput
      size="xs"
      w={64}
      aria-label={label}
      autoComplete="off"
      disabled={disabled}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) settle();
      }}
    />
  );
}
