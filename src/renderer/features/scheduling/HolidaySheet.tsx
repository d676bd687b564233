import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import { WhereField } from '#renderer/ui/WhoAndWhere.tsx';
import type { HolidayDetails } from '#shared/contract/holidays.ts';
import type { ExceptionView } from '#shared/contract/scheduling.ts';
import classes from './ScheduleScreen.module.css';

interface HolidaySheetProps {
  /** Null: a new one. */
  readonly holiday: ExceptionView | null;
  /** The first day a new one begins with. */
  readonly day: string;
  readonly onRemove: (holiday: ExceptionView) => void;
  readonly onClose: () => void;
}

const problemsOf = ({ startDate, endDate, name }: HolidayDetails): Readonly<Record<string, string>> => ({
  ...(startDate === '' ? { startDate: 'required' } : {}),
  ...(endDate === '' ? { endDate: 'required' } : endDate < startDate ? { endDate: 'order' } : {}),
  ...(name.trim() === '' ? { name: 'required' } : {}),
});

/** A public holiday of the whole clinic or of one site, new or to be changed. */
export function HolidaySheet({ holiday, day, onRemove, onClose }: HolidaySheetProps) {
  const { t } = useTranslation();
  const add = useCommand('holidays.add');
  const edit = useCommand('holidays.change');
  const [draft, setDraft] = useState<HolidayDetails>({
    startDate: holiday?.startDate ?? day,
    endDate: holiday?.endDate ?? day,
    name: holiday?.name ?? '',
    locationId: holiday?.locationId ?? null,
  });
  const { save, saving, errorAt, problem } = useSave(onClose);
  const change = (part: Partial<HolidayDetails>) => setDraft((old) => ({ ...old, ...part }));
  const submit = () =>
    void save(problemsOf(draft), async () => {
      if (holiday === null) await add.mutateAsync({ holidays: [draft] });
      else await edit.mutateAsync({ ...draft, id: holiday.id });
      toast(t('holidays.saved', { name: draft.name.trim() }));
    });
  return (
    <SaveSheet
      title={t(holiday === null ? 'holidays.add' : 'holidays.change')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      more={
        holiday && (
          <Button variant="default" onClick={() => onRemove(holiday)}>
            {t('holidays.remove')}
          </Button>
        )
      }
    >
      <TextInput
        label={t('holidays.name')}
        maxLength={200}
        value={draft.name}
        error={errorAt('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <DateField
          label={t('holidays.day')}
          value={draft.startDate}
          error={errorAt('startDate')}
          onChange={(startDate) =>
            change({
              startDate,
              // One day stays one day.
              ...(draft.endDate === draft.startDate || draft.endDate < startDate
                ? { endDate: startDate }
                : {}),
            })
          }
        />
        <DateField
          label={t('holidays.lastDay')}
          value={draft.endDate}
          error={errorAt('endDate')}
          onChange={(endDate) => change({ endDate })}
        />
      </div>
      <WhereField
        label={t('holidays.where')}
        value={draft.locationId}
        error={errorAt('locationId')}
        onChange={(locationId) => change({ locationId })}
        none={t('holidays.everywhere')}
      />
      <p className={classes.quiet}>{t('holidays.keeps')}</p>
    </SaveSheet>
  );
}
