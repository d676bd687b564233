import { Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { clockTime, minutesOf } from '#renderer/ui/DayBoard/time.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import type { BoardColumn } from '#shared/contract/appointments.ts';
import type { PractitionerId } from '#shared/kernel/ids.ts';
import {
  durations,
  type Field,
  type Override,
  readTime,
  type TimeDraft,
  type VisitDraft,
} from './booking-form.ts';
import { FoundSlots } from './FreeSlots.tsx';
import { dayRangeStart } from './instants.ts';
import { OverbookField } from './OverbookField.tsx';
import classes from './Sheets.module.css';

export interface ShownProblem {
  readonly field: Field;
  readonly text: string;
  /** How that time can be had nevertheless. */
  readonly override: Override | null;
}

export interface TimeFieldsProps {
  readonly draft: VisitDraft;
  readonly onChange: (change: Partial<VisitDraft>) => void;
  /** What is wrong, in words, with the field it belongs to. */
  readonly problem: ShownProblem | null;
  readonly timeZone: string;
  readonly autoFocus?: boolean;
}

/** The practitioner's day the draft is about, as this workstation knows it; not `known` while it is looked up. */
export function useDraftColumn(draft: TimeDraft): { column: BoardColumn | undefined; known: boolean } {
  const wanted = draft.date !== '' && draft.practitionerId !== null;
  const board = useCall(
    'appointments.board',
    { date: draft.date, practitionerId: draft.practitionerId as PractitionerId | null },
    { enabled: wanted },
  );
  const column = board.data?.columns.find((one) => one.practitionerId === draft.practitionerId);
  return { column, known: !wanted || !board.isPending };
}

/** What `then` does, put off until the day is known: keys are faster than that is looked up. */
export function useOnceKnown(known: boolean, then: () => void): () => void {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!asked || !known) return;
    setAsked(false);
    then();
  });
  return () => (known ? then() : setAsked(true));
}

/** Doctor, day, time and length, with the doctor's next free times to choose from. */
export function TimeFields({ draft, problem, timeZone, autoFocus = false, ...props }: TimeFieldsProps) {
  const { t } = useTranslation();
  const siteId = usePreferences((state) => state.siteId);
  // The reason was for another time.
  const onChange = (change: Partial<VisitDraft>) => props.onChange({ overbook: null, ...change });
  const practitioners = useCall('practitioners.list', {}).data ?? [];
  const errorAt = (field: Field) => (problem?.field === field ? problem.text : undefined);
  // A time typed in any spelling is written out when one leaves the field.
  const tidyTime = () => {
    const minute = readTime(draft.time);
    if (minute !== null && clockTime(minute) !== draft.time) props.onChange({ time: clockTime(minute) });
  };
  return (
    <>
      <Select
        label={t('appointments.book.practitioner')}
        searchable
        allowDeselect={false}
        data={practitioners.map((one) => ({
          value: one.id,
          label: `${one.name} · ${one.specialities.join(', ')}`,
        }))}
        value={draft.practitionerId}
        error={errorAt('practitioner')}
        onChange={(practitionerId) => onChange({ practitionerId, locationId: null })}
      />
      <div className={classes.when}>
        <DateField
          label={t('appointments.book.date')}
          value={draft.date}
          error={errorAt('date')}
          onChange={(date) => onChange({ date, locationId: null })}
        />
        <TextInput
          label={t('appointments.book.time')}
          placeholder="09:15"
          inputMode="numeric"
          autoComplete="off"
          value={draft.time}
          error={errorAt('time')}
          // Seen below, where there is room for it.
          errorProps={{ className: 'visually-hidden' }}
          {...(autoFocus ? { 'data-autofocus': true } : {})}
          onChange={(event) => onChange({ time: event.currentTarget.value, locationId: null })}
          onBlur={tidyTime}
        />
        <Select
          label={t('appointments.book.duration')}
          allowDeselect={false}
          data={lengths(draft.minutes).map((count) => ({
            value: String(count),
            label: t('appointments.book.minutes', { count }),
          }))}
          value={String(draft.minutes)}
          onChange={(value) => onChange({ minutes: Number(value) })}
        />
      </div>
      {problem?.field === 'time' && (
        <p className={classes.problem} role="alert">
          {problem.text}
        </p>
      )}
      <OverbookField
        reason={draft.overbook}
        offer={problem?.override ?? null}
        error={errorAt('overbook')}
        onChange={(overbook) => props.onChange({ overbook })}
      />
      {draft.date && (
        <FoundSlots
          label={t(draft.practitionerId ? 'appointments.book.freeTimes' : 'appointments.book.firstFree')}
          practitionerId={draft.practitionerId}
          locationId={draft.practitionerId ? null : siteId}
          visitTypeId={draft.visitTypeId}
          from={dayRangeStart(draft.date, timeZone)}
          minutes={draft.minutes}
          onPick={(slot) =>
            onChange({
              practitionerId: slot.practitionerId,
              locationId: slot.locationId,
              date: slot.startLocal.slice(0, 10),
              time: clockTime(minutesOf(slot.startLocal)),
            })
          }
        />
      )}
    </>
  );
}

/** The lengths on offer, with the one an appointment has already. */
const lengths = (minutes: number): readonly number[] =>
  [...new Set<number>([...durations, minutes])].sort((a, b) => a - b);
