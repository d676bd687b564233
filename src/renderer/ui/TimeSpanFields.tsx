import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Form.module.css';
import { tidyTime } from './times.ts';

interface TimeSpanProps {
  readonly startTime: string;
  readonly endTime: string;
  readonly onChange: (change: { startTime?: string; endTime?: string }) => void;
  readonly errorAt: (field: string) => string | undefined;
}

/** From when to when, as people type times. */
export function TimeSpanFields({ startTime, endTime, onChange, errorAt }: TimeSpanProps) {
  const { t } = useTranslation();
  const common = { inputMode: 'numeric', autoComplete: 'off' } as const;
  return (
    <div className={classes.pair}>
      <TextInput
        {...common}
        label={t('scheduling.hours.start')}
        placeholder="08:00"
        value={startTime}
        error={errorAt('startTime')}
        onChange={(event) => onChange({ startTime: event.currentTarget.value })}
        onBlur={() => onChange({ startTime: tidyTime(startTime) })}
      />
      <TextInput
        {...common}
        label={t('scheduling.hours.end')}
        placeholder="12:00"
        value={endTime}
        error={errorAt('endTime')}
        onChange={(event) => onChange({ endTime: event.currentTarget.value })}
        onBlur={() => onChange({ endTime: tidyTime(endTime) })}
      />
    </div>
  );
}
