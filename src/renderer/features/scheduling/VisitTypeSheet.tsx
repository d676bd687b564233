import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import { VisitTypeDetails, type VisitTypeView } from '#shared/contract/scheduling.ts';
import classes from './ScheduleScreen.module.css';

const empty: VisitTypeDetails = {
  name: '',
  minutes: 30,
  bufferBefore: 0,
  bufferAfter: 0,
  dailyCap: null,
  leadMinutes: null,
  horizonDays: null,
  staffOnly: false,
  needsRoom: false,
  active: true,
};

/** A kind of visit, new or to be changed. */
export function VisitTypeSheet({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { data } = useCall('scheduling.visitTypes', {}, { enabled: id !== null });
  const type = data?.find((one) => one.id === id);
  if (id === null) return <VisitTypeForm type={null} onClose={onClose} />;
  return type ? <VisitTypeForm type={type} onClose={onClose} /> : null;
}

/** What the contract says is wrong, by field. */
const problemsOf = (draft: VisitTypeDetails): Readonly<Record<string, string>> => {
  const checked = VisitTypeDetails.safeParse(draft);
  if (checked.success) return {};
  return Object.fromEntries(
    checked.error.issues.map((issue) => [
      String(issue.path[0]),
      issue.code === 'too_small' && issue.path[0] === 'name' ? 'required' : 'invalid',
    ]),
  );
};

function VisitTypeForm({ type, onClose }: { type: VisitTypeView | null; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCommand('scheduling.createVisitType');
  const update = useCommand('scheduling.updateVisitType');
  const [draft, setDraft] = useHeldState<VisitTypeDetails>(`visit type ${type?.id ?? ''}`, type ?? empty);
  const { save, saving, errorAt, problem } = useSave(onClose);
  const change = (part: Partial<VisitTypeDetails>) => setDraft((old) => ({ ...old, ...part }));
  const submit = () =>
    void save(problemsOf(draft), async () => {
      if (type === null) await create.mutateAsync(draft);
      else await update.mutateAsync({ ...draft, id: type.id });
      toast(t('scheduling.visitType.saved', { name: draft.name.trim() }));
    });
  const count = (value: number | string): number => (typeof value === 'number' ? value : 0);
  return (
    <SaveSheet
      call={type ? 'scheduling.updateVisitType' : 'scheduling.createVisitType'}
      title={t(type ? 'scheduling.visitType.change' : 'scheduling.add.visit-types')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('scheduling.visitType.name')}
        maxLength={100}
        value={draft.name}
        error={errorAt('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <NumberInput
        label={t('scheduling.visitType.minutesLong')}
        min={5}
        max={480}
        step={5}
        value={draft.minutes}
        error={errorAt('minutes')}
        onChange={(value) => change({ minutes: count(value) })}
      />
      <div className={classes.pair}>
        <NumberInput
          label={t('scheduling.visitType.beforeLong')}
          min={0}
          step={5}
          value={draft.bufferBefore}
          error={errorAt('bufferBefore')}
          onChange={(value) => change({ bufferBefore: count(value) })}
        />
        <NumberInput
          label={t('scheduling.visitType.afterLong')}
          min={0}
          step={5}
          value={draft.bufferAfter}
          error={errorAt('bufferAfter')}
          onChange={(value) => change({ bufferAfter: count(value) })}
        />
      </div>
      <NumberInput
        label={t('scheduling.visitType.capLong')}
        placeholder={t('scheduling.visitType.noCap')}
        min={1}
        value={draft.dailyCap ?? ''}
        error={errorAt('dailyCap')}
        onChange={(value) => change({ dailyCap: typeof value === 'number' ? value : null })}
      />
      <div className={classes.pair}>
        <NumberInput
          label={t('scheduling.visitType.leadLong')}
          placeholder={t('scheduling.visitType.noLead')}
          min={0}
          decimalScale={2}
          value={draft.leadMinutes === null ? '' : draft.leadMinutes / 60}
          error={errorAt('leadMinutes')}
          onChange={(value) =>
            change({ leadMinutes: typeof value === 'number' ? Math.round(value * 60) : null })
          }
        />
        <NumberInput
          label={t('scheduling.visitType.horizonLong')}
          placeholder={t('scheduling.visitType.noCap')}
          min={1}
          value={draft.horizonDays ?? ''}
          error={errorAt('horizonDays')}
          onChange={(value) => change({ horizonDays: typeof value === 'number' ? value : null })}
        />
      </div>
      {(['staffOnly', 'needsRoom', 'active'] as const).map((name) => (
        <Checkbox
          key={name}
          label={t(`scheduling.visitType.${name}Long`)}
          checked={draft[name]}
          onChange={(event) => change({ [name]: event.currentTarget.checked })}
        />
      ))}
    </SaveSheet>
  );
}
