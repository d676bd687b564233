import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { StandsNotice } from '#renderer/ui/StandsNotice.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useEdited } from '#renderer/ui/useEdited.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
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
  /** Asks the list anew. */
  readonly refresh: () => Promise<readonly ExceptionView[]>;
  readonly onRemove: (holiday: ExceptionView) => void;
  readonly onClose: () => void;
}

const problemsOf = ({ startDate, endDate, name }: HolidayDetails): Readonly<Record<string, string>> => ({
  ...(startDate === '' ? { startDate: 'required' } : {}),
  ...(endDate === '' ? { endDate: 'required' } : endDate < startDate ? { endDate: 'order' } : {}),
  ...(name.trim() === '' ? { name: 'required' } : {}),
});

const detailsOf = ({ startDate, endDate, name, locationId }: HolidayDetails): HolidayDetails => ({
  startDate,
  endDate,
  name,
  locationId,
});

function useStandsWords({ startDate, endDate, name, locationId }: Partial<HolidayDetails>) {
  const { t } = useTranslation();
  const format = useFormat();
  const places = useCall('scheduling.places', {}).data ?? [];
  const field = (label: string, value: string | undefined) => (value === undefined ? [] : [{ label, value }]);
  return [
    ...field(t('holidays.name'), name),
    ...field(t('holidays.day'), startDate && format.day(startDate)),
    ...field(t('holidays.lastDay'), endDate && format.day(endDate)),
    ...field(
      t('holidays.where'),
      locationId === undefined
        ? undefined
        : (places.find(({ id }) => id === locationId)?.name ?? t('holidays.everywhere')),
    ),
  ];
}

/** A public holiday of the whole clinic or of one site, new or to be changed. */
export function HolidaySheet({ holiday, day, refresh, onRemove, onClose }: HolidaySheetProps) {
  const { t } = useTranslation();
  const add = useCommand('holidays.add');
  const edit = useCommand('holidays.change');
  const { was, draft, change, stands, meet } = useEdited<HolidayDetails>(
    `holiday ${holiday?.id ?? ''}`,
    () =>
      holiday === null ? { startDate: day, endDate: day, name: '', locationId: null } : detailsOf(holiday),
  );
  const { save, saving, errorAt, problem } = useSave(onClose, async () => {
    const now = (await refresh()).find(({ id }) => id === holiday?.id);
    if (now) meet(detailsOf(now));
  });
  const standsWords = useStandsWords(stands);
  const submit = () =>
    void save(problemsOf(draft), async () => {
      if (holiday === null) await add.mutateAsync({ holidays: [draft] });
      else await edit.mutateAsync({ ...draft, id: holiday.id, was });
      toast(t('holidays.saved', { name: draft.name.trim() }));
    });
  return (
    <SaveSheet
      call={holiday === null ? 'holidays.add' : 'holidays.change'}
      title={t(holiday === null ? 'holidays.add' : 'holidays.change')}
      above={<StandsNotice fields={standsWords} />}
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
