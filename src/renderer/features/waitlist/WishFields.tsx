import { Chip, SegmentedControl, Select, TextInput } from '@mantine/core';
import { type Ref, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import classes from '#renderer/ui/Form.module.css';
import { TimeSpanFields } from '#renderer/ui/TimeSpanFields.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { VisitTypeField } from '#renderer/ui/VisitTypeField.tsx';
import { weekdayName, weekdays } from '#renderer/ui/weekdays.ts';
import { visitPriorities } from '#shared/domain/appointments/stage.ts';
import type { VisitPriority } from '#shared/domain/visits/waiting.ts';
import type { WishDraft } from './wish-draft.ts';

const lengths = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480] as const;

interface WishFieldsProps {
  readonly draft: WishDraft;
  readonly onChange: (change: Partial<WishDraft>) => void;
  readonly errorAt: (field: string) => string | undefined;
  /** Where the cursor goes once it is known who waits: a field in which Ctrl+Enter saves, as a list of choices would open. */
  readonly first?: Ref<HTMLInputElement>;
}

/** What would do: whom to, where, what for, on which days and at which hours, and how urgent it is. */
export function WishFields({ draft, onChange, errorAt, first }: WishFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <WhoFields draft={draft} onChange={onChange} />
      <VisitTypeField
        value={draft.visitTypeId}
        onChange={(type) =>
          onChange({ visitTypeId: type?.id ?? null, ...(type ? { minutes: type.minutes } : {}) })
        }
      />
      <Select
        label={t('appointments.book.duration')}
        allowDeselect={false}
        data={[...new Set([...lengths, draft.minutes])]
          .toSorted((a, b) => a - b)
          .map((count) => ({ value: String(count), label: t('appointments.book.minutes', { count }) }))}
        value={String(draft.minutes)}
        onChange={(value) => onChange({ minutes: Number(value) })}
      />
      <div className={classes.pair}>
        <DateField
          {...(first ? { ref: first } : {})}
          label={t('waitlist.field.startDate')}
          value={draft.startDate}
          error={errorAt('startDate')}
          onChange={(startDate) => onChange({ startDate })}
        />
        <DateField
          label={t('waitlist.field.endDate')}
          value={draft.endDate}
          error={errorAt('endDate')}
          onChange={(endDate) => onChange({ endDate })}
        />
      </div>
      <TimeSpanFields {...draft} errorAt={errorAt} onChange={onChange} />
      <Weekdays draft={draft} onChange={onChange} />
      <Urgency draft={draft} onChange={onChange} />
      <TextInput
        label={t('appointments.book.note')}
        maxLength={500}
        value={draft.note}
        error={errorAt('note')}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </>
  );
}

type PartProps = Pick<WishFieldsProps, 'draft' | 'onChange'>;

function WhoFields({ draft, onChange }: PartProps) {
  const { t } = useTranslation();
  const people = useCall('practitioners.list', {}).data ?? [];
  const sites = useCall('practitioners.locations', {}).data ?? [];
  const specialities = [...new Set(people.flatMap((one) => one.specialities))].toSorted();
  const value = draft.practitionerId ?? (draft.speciality ? `any ${draft.speciality}` : 'anybody');
  const choose = (chosen: string | null) => {
    const person = people.find(({ id }) => id === chosen);
    const speciality = specialities.find((one) => `any ${one}` === chosen) ?? null;
    onChange({ practitionerId: person?.id ?? null, speciality });
  };
  return (
    <>
      <Select
        label={t('waitlist.field.who')}
        searchable
        allowDeselect={false}
        data={[
          { value: 'anybody', label: t('waitlist.anybody') },
          ...specialities.map((speciality) => ({
            value: `any ${speciality}`,
            label: t('waitlist.anyOf', { speciality }),
          })),
          ...people.map((one) => ({ value: one.id, label: `${one.name} · ${one.specialities.join(', ')}` })),
        ]}
        value={value}
        onChange={choose}
      />
      <Select
        label={t('waitlist.field.site')}
        clearable
        clearButtonProps={{ 'aria-label': t('waitlist.anywhere') }}
        placeholder={t('waitlist.anywhere')}
        data={sites.map((one) => ({ value: one.id, label: one.name }))}
        value={draft.locationId}
        onChange={(id) => onChange({ locationId: sites.find((one) => one.id === id)?.id ?? null })}
      />
    </>
  );
}

function Weekdays({ draft, onChange }: PartProps) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const label = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out as the other labels
    <div role="group" aria-labelledby={label}>
      <span id={label} className={classes.label}>
        {t('waitlist.field.weekdays')}
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
                  ? [...draft.weekdays, day].toSorted()
                  : draft.weekdays.filter((one) => one !== day),
              })
            }
          >
            {weekdayName(day, locale, 'short')}
          </Chip>
        ))}
      </div>
    </div>
  );
}

function Urgency({ draft, onChange }: PartProps) {
  const { t } = useTranslation();
  const label = useId();
  return (
    <div>
      <span id={label} className={classes.label}>
        {t('waitlist.field.urgency')}
      </span>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={label}
        data={visitPriorities.map((value) => ({ value, label: t(`visits.priority.${value}`) }))}
        value={draft.priority}
        onChange={(value) => onChange({ priority: value as VisitPriority })}
      />
    </div>
  );
}
