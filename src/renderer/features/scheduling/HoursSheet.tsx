import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { TimeSpanFields } from '#renderer/ui/TimeSpanFields.tsx';
import { tidyTime, timeProblem } from '#renderer/ui/times.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import { WhereField, WhoField } from '#renderer/ui/WhoAndWhere.tsx';
import { weekdayName, weekdays } from '#renderer/ui/weekdays.ts';
import type { HoursDetails, HoursView } from '#shared/contract/scheduling.ts';
import { hoursProblems } from '#shared/domain/scheduling/problems.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import classes from './ScheduleScreen.module.css';

interface Draft extends Omit<HoursDetails, 'practitionerId' | 'locationId'> {
  readonly practitionerId: PractitionerId | null;
  readonly locationId: LocationId | null;
}

const empty: Draft = {
  practitionerId: null,
  locationId: null,
  roomId: null,
  weekday: 1,
  startTime: '',
  endTime: '',
  validFrom: null,
  validTo: null,
  intervalWeeks: null,
};

const problemsOf = (draft: Draft): Readonly<Record<string, string>> => ({
  ...hoursProblems(draft),
  ...timeProblem('startTime', draft.startTime),
  ...timeProblem('endTime', draft.endTime),
  ...(draft.practitionerId === null ? { practitionerId: 'required' } : {}),
  ...(draft.locationId === null ? { locationId: 'required' } : {}),
});

/** A line of weekly hours, new or to be changed. */
export function HoursSheet({ id, onClose }: { id: string | null; onClose: () => void }) {
  const format = useFormat();
  const { data } = useCall('scheduling.hours', { from: format.today() }, { enabled: id !== null });
  const line = data?.find((one) => one.id === id);
  if (id === null) return <HoursForm line={null} onClose={onClose} />;
  return line ? <HoursForm line={line} onClose={onClose} /> : null;
}

function HoursForm({ line, onClose }: { line: HoursView | null; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const people = useCall('scheduling.people', {}).data ?? [];
  const add = useCommand('scheduling.addHours');
  const edit = useCommand('scheduling.changeHours');
  const remove = useCommand('scheduling.removeHours');
  const [draft, setDraft] = useHeldState<Draft>(`hours ${line?.id ?? ''}`, line ?? empty);
  const { save, saving, errorAt, problem } = useSave(onClose);
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const send = async ({ practitionerId, locationId, ...rest }: Draft) => {
    if (practitionerId === null || locationId === null) return;
    const details = { ...rest, practitionerId, locationId };
    if (line === null) await add.mutateAsync(details);
    else await edit.mutateAsync({ ...details, id: line.id });
    toast(t('scheduling.hours.saved'));
  };
  const submit = () => {
    const tidy = { ...draft, startTime: tidyTime(draft.startTime), endTime: tidyTime(draft.endTime) };
    void save(problemsOf(tidy), () => send(tidy));
  };
  const takeAway = ({ id }: HoursView) =>
    void save({}, async () => {
      await remove.mutateAsync({ id });
      toast(t('scheduling.hours.removed'), {
        undo: async () => void (await remove.mutateAsync({ id, removed: false })),
      });
    });
  return (
    <SaveSheet
      call={line ? 'scheduling.changeHours' : 'scheduling.addHours'}
      title={t(line ? 'scheduling.hours.change' : 'scheduling.add.hours')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      more={
        line && (
          <Button variant="default" onClick={() => takeAway(line)}>
            {t('scheduling.hours.remove')}
          </Button>
        )
      }
    >
      <WhoField
        value={draft.practitionerId}
        error={errorAt('practitionerId')}
        onChange={(practitionerId) => change({ practitionerId })}
      />
      <div className={classes.pair}>
        <WhereField
          label={t('scheduling.exception.where')}
          among={people.find(({ id }) => id === draft.practitionerId)?.siteIds}
          value={draft.locationId}
          error={errorAt('locationId')}
          onChange={(locationId) => change({ locationId, roomId: null })}
        />
        {draft.locationId && (
          <WhereField
            label={t('scheduling.hours.room')}
            none={t('scheduling.hours.noRoom')}
            roomsOf={draft.locationId}
            value={draft.roomId}
            error={errorAt('roomId')}
            onChange={(roomId) => change({ roomId })}
          />
        )}
      </div>
      <Select
        label={t('scheduling.hours.weekday')}
        allowDeselect={false}
        data={weekdays.map((day) => ({ value: String(day), label: weekdayName(day, format.locale) }))}
        value={String(draft.weekday)}
        onChange={(day) => change({ weekday: Number(day) })}
      />
      <TimeSpanFields {...draft} errorAt={errorAt} onChange={change} />
      <Select
        label={t('scheduling.hours.weeks')}
        allowDeselect={false}
        data={[1, 2, 3, 4].map((count) => ({
          value: String(count),
          label: count === 1 ? t('scheduling.hours.everyWeek') : t('scheduling.hours.everyWeeks', { count }),
        }))}
        value={String(draft.intervalWeeks ?? 1)}
        onChange={(count) => change({ intervalWeeks: count === '1' ? null : Number(count) })}
      />
      <div className={classes.pair}>
        <DateField
          label={t('scheduling.hours.validFrom')}
          value={draft.validFrom ?? ''}
          error={errorAt('validFrom')}
          onChange={(day) => change({ validFrom: day || null })}
        />
        <DateField
          label={t('scheduling.hours.validTo')}
          value={draft.validTo ?? ''}
          error={errorAt('validTo')}
          onChange={(day) => change({ validTo: day || null })}
        />
      </div>
      {draft.intervalWeeks !== null && <p className={classes.quiet}>{t('scheduling.hours.counted')}</p>}
    </SaveSheet>
  );
}
