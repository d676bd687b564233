import { Checkbox, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { TimeSpanFields } from '#renderer/ui/TimeSpanFields.tsx';
import { tidyTime, timeProblem } from '#renderer/ui/times.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import { WhereField, WhoField } from '#renderer/ui/WhoAndWhere.tsx';
import type { ExceptionDetails } from '#shared/contract/scheduling.ts';
import { exceptionKinds } from '#shared/domain/appointments/exceptions.ts';
import { exceptionProblems } from '#shared/domain/scheduling/problems.ts';
import classes from './ScheduleScreen.module.css';

interface Draft extends Omit<ExceptionDetails, 'startTime' | 'endTime'> {
  readonly wholeDays: boolean;
  readonly startTime: string;
  readonly endTime: string;
}

const detailsOf = ({ wholeDays, ...draft }: Draft): ExceptionDetails =>
  wholeDays && draft.kind !== 'extra'
    ? { ...draft, startTime: null, endTime: null }
    : { ...draft, startTime: tidyTime(draft.startTime), endTime: tidyTime(draft.endTime) };

const problemsOf = (details: ExceptionDetails): Readonly<Record<string, string>> => ({
  ...exceptionProblems(details),
  ...(details.startTime === null ? {} : timeProblem('startTime', details.startTime)),
  ...(details.endTime === null ? {} : timeProblem('endTime', details.endTime)),
  ...(details.startDate === '' ? { startDate: 'required' } : {}),
  ...(details.endDate === '' ? { endDate: 'required' } : {}),
  ...(details.name.trim() === '' ? { name: 'required' } : {}),
});

/** Enters leave, a holiday, a closed day or extra hours: one entry, whoever and wherever it is about. */
export function ExceptionSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const add = useCommand('scheduling.addException');
  const takeBack = useCommand('scheduling.voidException');
  const [draft, setDraft] = useHeldState<Draft>('exception', {
    kind: 'leave',
    practitionerId: null,
    locationId: null,
    startDate: format.today(),
    endDate: format.today(),
    wholeDays: true,
    startTime: '',
    endTime: '',
    name: '',
  });
  const { save, saving, errorAt, problem } = useSave(onClose);
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const isExtra = draft.kind === 'extra';
  const submit = () => {
    const details = detailsOf(draft);
    void save(problemsOf(details), async () => {
      const { id, name } = await add.mutateAsync(details);
      toast(t('scheduling.exception.added', { name }), {
        undo: async () => void (await takeBack.mutateAsync({ id })),
      });
    });
  };
  return (
    <SaveSheet
      call="scheduling.addException"
      title={t('scheduling.add.exceptions')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Select
        label={t('scheduling.exception.what')}
        allowDeselect={false}
        data={exceptionKinds.map((kind) => ({ value: kind, label: t(`appointments.away.${kind}`) }))}
        value={draft.kind}
        onChange={(kind) => change({ kind: exceptionKinds.find((one) => one === kind) ?? 'leave' })}
      />
      <TextInput
        label={t('scheduling.exception.name')}
        description={t('scheduling.exception.nameHint')}
        maxLength={200}
        value={draft.name}
        error={errorAt('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <WhoField
        value={draft.practitionerId}
        error={errorAt('practitionerId')}
        onChange={(practitionerId) => change({ practitionerId })}
        {...(isExtra ? {} : { none: t('scheduling.exception.everybody') })}
      />
      <WhereField
        label={t('scheduling.exception.where')}
        value={draft.locationId}
        error={errorAt('locationId')}
        onChange={(locationId) => change({ locationId })}
        {...(isExtra ? {} : { none: t('scheduling.exception.everywhere') })}
      />
      <div className={classes.pair}>
        <DateField
          label={t('scheduling.exception.from')}
          value={draft.startDate}
          error={errorAt('startDate')}
          onChange={(startDate) =>
            change({ startDate, ...(draft.endDate < startDate ? { endDate: startDate } : {}) })
          }
        />
        <DateField
          label={t('scheduling.exception.to')}
          value={draft.endDate}
          error={errorAt('endDate')}
          onChange={(endDate) => change({ endDate })}
        />
      </div>
      {!isExtra && (
        <Checkbox
          label={t('scheduling.exception.wholeDays')}
          checked={draft.wholeDays}
          onChange={(event) => change({ wholeDays: event.currentTarget.checked })}
        />
      )}
      {(isExtra || !draft.wholeDays) && <TimeSpanFields {...draft} errorAt={errorAt} onChange={change} />}
      <p className={classes.quiet}>{t('scheduling.exception.keeps')}</p>
    </SaveSheet>
  );
}
