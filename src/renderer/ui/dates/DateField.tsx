import { ActionIcon, Popover, TextInput, type TextInputProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { Calendar } from './Calendar.tsx';
import { readDayText } from './day-text.ts';

export interface DateFieldProps {
  /** `YYYY-MM-DD`, or empty while what is typed is no day. */
  readonly value: string;
  readonly onChange: (date: string) => void;
  readonly label?: string;
  readonly ariaLabel?: string;
  readonly error?: string | undefined;
  readonly size?: TextInputProps['size'];
  readonly width?: number;
  readonly ref?: Ref<HTMLInputElement>;
}

/**
 * A day, typed as people say it or chosen from a calendar. The browser's own field is not used: it writes the days of
 * the computer's language, and 3/4 must not be another day at another desk.
 */
export function DateField(props: DateFieldProps) {
  const { value, onChange, label, ariaLabel, error, size, width, ref } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const shown = typed ?? (value && format.day(value));
  const settle = () => {
    if (typed === null) return;
    const date = readDayText(typed, format.today(), format.locale);
    if (date !== null || typed.trim() === '') setTyped(null);
    if (date !== value) onChange(date ?? '');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') settle();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    settle();
    setOpen(true);
  };
  const unreadable = typed !== null && value === '' ? t('errors.field.date') : undefined;
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      trapFocus
      returnFocus
      withinPortal
      position="bottom-start"
      withRoles={false}
    >
      <Popover.Target>
        <TextInput
          ref={ref}
          {...(label ? { label } : {})}
          {...(size ? { size } : {})}
          {...(width ? { w: width } : {})}
          aria-label={ariaLabel}
          autoComplete="off"
          error={unreadable ?? error}
          value={shown}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={settle}
          onKeyDown={onKeyDown}
          rightSection={
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('appointments.calendar.open')}
              onClick={() => setOpen(!open)}
            >
              <IconCalendar size={16} stroke={1.6} />
            </ActionIcon>
          }
        />
      </Popover.Target>
      <Popover.Dropdown p={8} role="dialog" aria-label={t('appointments.calendar.open')}>
        <Calendar
          value={value || format.today()}
          today={format.today()}
          onPick={(date) => {
            setTyped(null);
            setOpen(false);
            onChange(date);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
