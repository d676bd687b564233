import { ActionIcon, Button, Select } from '@mantine/core';
import {
  IconArmchair,
  IconCalendarX,
  IconChevronLeft,
  IconChevronRight,
  IconCircleDotted,
  IconClockExclamation,
  IconFilter,
  IconPlus,
  IconQuestionMark,
  IconUserOff,
  IconX,
} from '@tabler/icons-react';
import { type Ref, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { KeyTip } from '#renderer/ui/keys/KeyTip.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { SecondWindow } from '#renderer/ui/windows/SecondWindow.tsx';
import type { Board } from '#shared/contract/appointments.ts';
import type { FlowCounts } from '#shared/domain/visits/waiting.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import classes from './DayToolbar.module.css';
import { type DayView, mondayOf, writeDay } from './day-address.ts';
import { PrintDay } from './PrintDay.tsx';

export interface DayToolbarProps {
  readonly view: DayView;
  readonly today: string;
  readonly counts: Board['counts'] | undefined;
  readonly flow: FlowCounts | undefined;
  readonly onChange: (change: Partial<DayView>) => void;
  readonly onWeek: () => void;
  readonly onBook: (() => void) | undefined;
}

/** Which day, whose, and what is in it. */
export function DayToolbar({ view, today, counts, flow, onChange, onWeek, onBook }: DayToolbarProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.frame}>
      <div className={classes.bar}>
        <DayPicker view={view} today={today} onChange={onChange} onWeek={onWeek} />
        <Filters view={view} onChange={onChange} />
        {counts && flow ? <Counts counts={counts} flow={flow} /> : <span className={classes.counts} />}
        <PrintDay
          date={view.date}
          practitionerId={view.doctor}
          title={t('appointments.day.title')}
          keys="p|mod+p"
        />
        <SecondWindow address={writeDay('/day', view, today)} title={t('appointments.day.title')} />
        {onBook && (
          <Button size="sm" className={classes.book ?? ''} onClick={onBook}>
            <IconPlus size={16} stroke={1.8} aria-hidden />
            <span className={classes.bookWord}>
              {t('appointments.day.newBooking')}
              <KeyHint keys="n" quiet />
            </span>
          </Button>
        )}
      </div>
    </div>
  );
}

type PartProps = Pick<DayToolbarProps, 'view' | 'today' | 'onChange'>;

function DayPicker({ view, today, onChange, onWeek }: PartProps & Pick<DayToolbarProps, 'onWeek'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const by = (count: number) => () => onChange({ date: addDays(view.date, view.week ? count * 7 : count) });
  const [previous, next] = view.week
    ? ([t('appointments.day.previousWeek'), t('appointments.day.nextWeek')] as const)
    : ([t('appointments.day.previous'), t('appointments.day.next')] as const);
  const monday = mondayOf(view.date);
  const title = view.week
    ? `${format.day(monday, 'weekday')} – ${format.day(addDays(monday, 6), 'weekday')}`
    : format.day(view.date, 'weekday');
  const toToday = () => onChange({ date: today });
  useKeys(t('appointments.day.title'), [
    { keys: 'shift+ArrowLeft', label: previous, run: by(-1) },
    { keys: 'shift+ArrowRight', label: next, run: by(1) },
    { keys: 't', label: t('appointments.day.today'), run: toToday },
    { keys: 'd', label: t('appointments.day.date'), run: () => input.current?.focus() },
    { keys: 'w', label: t('appointments.day.week'), run: onWeek },
  ]);
  return (
    <div className={classes.days}>
      <KeyTip label={previous} keys="shift+ArrowLeft">
        <ActionIcon variant="default" size={32} onClick={by(-1)} aria-label={previous}>
          <IconChevronLeft size={18} stroke={1.6} />
        </ActionIcon>
      </KeyTip>
      <KeyTip label={next} keys="shift+ArrowRight">
        <ActionIcon variant="default" size={32} onClick={by(1)} aria-label={next}>
          <IconChevronRight size={18} stroke={1.6} />
        </ActionIcon>
      </KeyTip>
      <KeyTip label={t('appointments.day.today')} keys="t">
        <Button variant="default" size="xs" h={32} onClick={toToday} aria-pressed={view.date === today}>
          {t('appointments.day.today')}
        </Button>
      </KeyTip>
      <h1 className={classes.title} title={view.week ? title : format.day(view.date, 'full')}>
        {title}
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
      <KeyTip label={t('appointments.day.week')} keys="w">
        <Button
          variant={view.week ? 'light' : 'default'}
          size="xs"
          h={32}
          onClick={onWeek}
          aria-pressed={view.week}
        >
          {t('appointments.day.week')}
        </Button>
      </KeyTip>
    </div>
  );
}

const every = '';

function Filters({ view, onChange }: Pick<PartProps, 'view' | 'onChange'>) {
  const { t } = useTranslation();
  const select = useRef<HTMLInputElement>(null);
  const practitioners = useCall('practitioners.list', {}).data ?? [];
  const doctor = useRef<HTMLInputElement>(null);
  const toggleFree = () => onChange({ freeOnly: !view.freeOnly });
  const doctors = practitioners
    .filter((one) => view.week || view.speciality === null || one.specialities.includes(view.speciality))
    .map((one) => ({ value: one.id as string, label: one.name }));
  useKeys(t('appointments.day.title'), [
    { keys: 'e', label: t('appointments.day.doctor'), run: () => doctor.current?.focus() },
    {
      keys: 's',
      label: t('appointments.day.speciality'),
      run: () => select.current?.focus(),
      enabled: !view.week,
    },
    { keys: 'o', label: t('appointments.day.freeOnly'), run: toggleFree, enabled: !view.week },
  ]);
  return (
    <div className={classes.filters}>
      <KeyTip label={t('appointments.day.doctor')} keys="e">
        <Select
          ref={doctor}
          size="xs"
          searchable
          className={classes.speciality ?? ''}
          aria-label={t('appointments.day.doctor')}
          allowDeselect={false}
          data={[
            ...(view.week ? [] : [{ value: every, label: t('appointments.day.allDoctors') }]),
            ...doctors,
          ]}
          value={view.doctor ?? every}
          onChange={(value) => onChange({ doctor: value || null })}
        />
      </KeyTip>
      {!view.week && <MoreFilters view={view} onChange={onChange} select={select} onFree={toggleFree} />}
    </div>
  );
}

interface MoreFiltersProps extends Pick<PartProps, 'view' | 'onChange'> {
  readonly select: Ref<HTMLInputElement>;
  readonly onFree: () => void;
}

/** What chooses among doctors: in the week of one there is nothing to choose. */
function MoreFilters({ view, onChange, select, onFree }: MoreFiltersProps) {
  const { t } = useTranslation();
  const practitioners = useCall('practitioners.list', {}).data ?? [];
  const specialities = [...new Set(practitioners.flatMap((one) => one.specialities))].sort((a, b) =>
    a.localeCompare(b),
  );
  return (
    <>
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
          onChange={(value) => onChange({ speciality: value || null, doctor: null })}
        />
      </KeyTip>
      <KeyTip label={t('appointments.day.freeOnly')} keys="o">
        <Button
          variant={view.freeOnly ? 'light' : 'default'}
          size="xs"
          h={32}
          className={classes.free ?? ''}
          onClick={onFree}
          aria-pressed={view.freeOnly}
        >
          <IconFilter size={16} stroke={1.6} aria-hidden />
          <span className={classes.freeWord}>{t('appointments.day.freeOnly')}</span>
        </Button>
      </KeyTip>
    </>
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
