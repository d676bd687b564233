import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import classes from './Calendar.module.css';
import { addMonths, weeksOf } from './day-text.ts';

export interface CalendarProps {
  readonly value: string;
  readonly today: string;
  readonly onPick: (date: string) => void;
}

const stepsOf = (day: string): Readonly<Record<string, () => string>> => ({
  ArrowLeft: () => addDays(day, -1),
  ArrowRight: () => addDays(day, 1),
  ArrowUp: () => addDays(day, -7),
  ArrowDown: () => addDays(day, 7),
  PageUp: () => addMonths(day, -1),
  PageDown: () => addMonths(day, 1),
  Home: () => `${day.slice(0, 7)}-01`,
  End: () => addDays(`${addMonths(day, 1).slice(0, 7)}-01`, -1),
});

const partOf = (day: string, locale: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));

/** A month of days. Arrow keys go from day to day, Page Up and Page Down from month to month. */
export function Calendar({ value, today, onPick }: CalendarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [day, setDay] = useState(value);
  const grid = useRef<HTMLTableElement>(null);
  const weeks = weeksOf(day);
  const moved = useRef(true);
  useLayoutEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
    moved.current = false;
  }, [day]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepsOf(day)[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    moved.current = true;
    setDay(step());
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys work from any of its buttons
    <div className={classes.calendar} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('appointments.calendar.previous')}
          onClick={() => setDay(addMonths(day, -1))}
        >
          <IconChevronLeft size={16} stroke={1.6} />
        </ActionIcon>
        <span className={classes.month} aria-live="polite">
          {partOf(day, format.locale, { month: 'long', year: 'numeric' })}
        </span>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('appointments.calendar.next')}
          onClick={() => setDay(addMonths(day, 1))}
        >
          <IconChevronRight size={16} stroke={1.6} />
        </ActionIcon>
      </div>
      <table ref={grid} className={classes.days}>
        <thead>
          <tr>
            {weeks[0]?.map((one) => (
              <th key={one} scope="col" abbr={partOf(one, format.locale, { weekday: 'long' })}>
                {partOf(one, format.locale, { weekday: 'narrow' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((one) => (
                <td key={one}>
                  <button
                    type="button"
                    className={classes.day}
                    data-day={one}
                    data-outside={one.slice(0, 7) !== day.slice(0, 7) || undefined}
                    data-chosen={one === value || undefined}
                    aria-pressed={one === value}
                    aria-current={one === today ? 'date' : undefined}
                    aria-label={format.day(one, 'full')}
                    tabIndex={one === day ? 0 : -1}
                    data-autofocus={one === day || undefined}
                    onClick={() => onPick(one)}
                  >
                    {Number(one.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
