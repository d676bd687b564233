import { ActionIcon, Button, Checkbox, Select } from '@mantine/core';
import {
  IconArmchair,
  IconCalendarX,
  IconChevronLeft,
  IconChevronRight,
  IconCircleDotted,
  IconClockExclamation,
  IconPlus,
  IconQuestionMark,
  IconUserOff,
  IconX,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Board } from '#shared/contract/appointments.ts';
import type { FlowCounts } from '#shared/domain/visits/waiting.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import classes from './DayToolbar.module.css';
import type { DayView } from './day-address.ts';
import { KeyTip } from './KeyTip.tsx';

export interface DayToolbarProps {
  readonly view: DayView;
  readonly today: string;
  readonly counts: Board['counts'] | undefined;
  readonly flow: FlowCounts | undefined;
  readonly onChange: (change: Partial<DayView>) => void;
  readonly onBook: (() => void) | undefined;
}

/** Which day, whose, and what is in it. */
export function DayToolbar({ view, today, counts, flow, onChange, onBook }: DayToolbarProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.bar}>
      <DayPicker view={view} today={today} onChange={onChange} />
      <Filters view={view} onChange={onChange} />
      {counts && flow && <Counts counts={counts} flow={flow} />}
      {onBook && (
        <Button
          size="sm"
          onClick={onBook}
          leftSection={<IconPlus size={16} stroke={1.8} />}
          rightSection={<KeyHint keys="n" quiet />}
        >
          {t('appointments.day.newBooking')}
        </Button>
      )}
    </div>
  );
}

type PartProps = Pick<DayToolbarProps, 'view' | 'today' | 'onChange'>;

function DayPicker({ view, today, onChange }: PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const by = (days: number) => () => onChange({ date: addDays(view.date, days) });
  const toToday = () => onChange({ date: today });
  useKeys(t('appointments.day.title'), [
    { keys: 'shift+ArrowLeft', label: t('appointments.day.previous'), run: by(-1) },
    { keys: 'shift+ArrowRight', label: t('appointments.day.next'), run: by(1) },
    { keys: 't', label: t('appointments.day.today'), run: toToday },
    { keys: 'd', label: t('appointments.day.date'), run: () => input.current?.focus() },
  ]);
  return (
    <div className={classes.days}>
      <KeyTip label={t('appointments.day.previous')} keys="shift+ArrowLeft">
        <ActionIcon variant="default" size={32} onClick={by(-1)} aria-label={t('appointments.day.previous')}>
          <IconChevronLeft size={18} stroke={1.6} />
        </ActionIcon>
      </KeyTip>
      <KeyTip label={t('appointments.day.next')} keys="shift+ArrowRight">
        <ActionIcon variant="default" size={32} onClick={by(1)} aria-label={t('appointments.day.next')}>
          <IconChevronRight size={18} stroke={1.6} />
        </ActionIcon>
      </KeyTip>
      <KeyTip label={t('appointments.day.today')} keys="t">
        <Button variant="default" size="xs" h={32} onClick={toToday} aria-pressed={view.date === today}>
          {t('appointments.day.today')}
        </Button>
      </KeyTip>
      <h1 className={classes.title} title={format.day(view.date, 'full')}>
        {format.day(view.date, 'weekday')}
      </h1>
      <KeyTip label={t('appointments.day.date')} keys="d">
        <div>
          <DateField
            ref={input}
            size="xs"
            width={136}
            ariaLabel={t('appointments.day.date')}
            value={view.date}
            onChange={(date) => date && onChange({ date })}
          />
        </div>
      </KeyTip>
    </div>
  );
}

const every = '';

function Filters({ view, onChange }: Pick<PartProps, 'view' | 'onChange'>) {
  const { t } = useTranslation();
  const select = useRef<HTMLInputElement>(null);
  const practitioners = useCall('practitioners.list', {}).data ?? [];
  const specialities = [...new Set(practitioners.map((one) => one.speciality))].sort((a, b) =>
    a.localeCompare(b),
  );
  const toggleFree = () => onChange({ freeOnly: !view.freeOnly });
  useKeys(t('appointments.day.title'), [
    { keys: 's', label: t('appointments.day.speciality'), run: () => select.current?.focus() },
    { keys: 'o', label: t('appointments.day.freeOnly'), run: toggleFree },
  ]);
  return (
    <div className={classes.filters}>
      <KeyTip label={t('appointments.day.speciality')} keys="s">
        <Select
          ref={select}
          size="xs"
          className={classes.speciality ?? ''}
          aria-label={t('appointments.day.speciality')}
          allowDeselect={false}
          data={[
            { value: every, label: t('appointments.day.allSpecialities') },
            ...specialities.map((name) => ({ value: name, label: name })),
          ]}
          value={view.speciality ?? every}
          onChange={(value) => onChange({ speciality: value || null })}
        />
      </KeyTip>
      <KeyTip label={t('appointments.day.freeOnly')} keys="o">
        <Checkbox
          size="sm"
          label={t('appointments.day.freeOnly')}
          checked={view.freeOnly}
          onChange={toggleFree}
        />
      </KeyTip>
    </div>
  );
}

const signs = [
  { name: 'booked', icon: null },
  { name: 'requested', icon: IconQuestionMark },
  { name: 'provisional', icon: IconCircleDotted },
  { name: 'needsRebooking', icon: IconCalendarX },
  { name: 'cancelled', icon: IconX },
] as const;

const flowSigns = [
  { name: 'waiting', icon: IconArmchair },
  { name: 'late', icon: IconClockExclamation },
  { name: 'noShow', icon: IconUserOff },
] as const;

/** Only what there is: a day without requests says nothing of requests. */
function Counts({ counts, flow }: { counts: Board['counts']; flow: FlowCounts }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.counts} aria-label={t('appointments.day.counts')}>
      {flowSigns
        .filter(({ name }) => flow[name] > 0)
        .map(({ name, icon: Icon }) => (
          <li key={name} className={classes.count} data-count={name} title={t(`visits.flow.${name}`)}>
            <Icon size={14} stroke={1.8} aria-hidden />
            <span className={classes.number}>{flow[name]}</span>
            <span className={classes.word}>{t(`visits.flow.${name}`)}</span>
          </li>
        ))}
      {signs
        .filter(({ name }) => name === 'booked' || counts[name] > 0)
        .map(({ name, icon: Icon }) => (
          <li key={name} className={classes.count} data-count={name} title={t(`appointments.day.${name}`)}>
            {Icon && <Icon size={14} stroke={1.8} aria-hidden />}
            <span className={classes.number}>{counts[name]}</span>
            <span className={classes.word}>{t(`appointments.day.${name}`)}</span>
          </li>
        ))}
    </ul>
  );
}
