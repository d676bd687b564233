import { Button, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import formClasses from '#renderer/ui/Form.module.css';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { FlagView } from '#shared/contract/chart.ts';
import { type AlertCategory, alertCategories, restricted } from '#shared/domain/chart/flag.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

interface SheetProps {
  readonly id: PatientId;
  readonly onClose: () => void;
}

/** A new alert: what it is about, in one line, and until when. */
export function AddAlertSheet({ id, onClose }: SheetProps) {
  const { t } = useTranslation();
  const add = useCommand('chart.addAlert');
  const [category, setCategory] = useHeldState<AlertCategory>(`alert category ${id}`, 'clinical');
  const [text, setText] = useHeldState(`alert text ${id}`, '');
  const [endDate, setEndDate] = useHeldState(`alert end ${id}`, '');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () =>
    void save(text.trim() ? {} : { text: 'required' }, async () => {
      await add.mutateAsync({ id, category, text, endDate: endDate || null });
      toast(t('chart.alerts.added'));
    });
  return (
    <SaveSheet
      call="chart.addAlert"
      title={t('chart.alerts.add')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('chart.alerts.text')}
        value={text}
        maxLength={200}
        error={errorAt('text')}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Select
        label={t('chart.alerts.category')}
        data={alertCategories.map((value) => ({ value, label: t(`chart.category.${value}`) }))}
        value={category}
        allowDeselect={false}
        onChange={(value) => value && setCategory(value as AlertCategory)}
      />
      <DateField
        label={t('chart.alerts.until')}
        value={endDate}
        onChange={setEndDate}
        error={errorAt('endDate')}
      />
    </SaveSheet>
  );
}

interface ReasonSheetProps {
  readonly title: string;
  readonly label: string;
  readonly usual: readonly string[];
  readonly submit: string;
  readonly hint?: ReactNode;
  readonly most?: number;
  readonly onSubmit: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/** One decision with its reason. */
function ReasonSheet({ title, label, usual, submit, hint, most = 500, onSubmit, onClose }: ReasonSheetProps) {
  const [busy, setBusy] = useState(false);
  const form = 'chart-reason-form';
  return (
    <SideSheet
      title={title}
      onClose={onClose}
      footer={
        <Button type="submit" form={form} loading={busy} rightSection={<KeyHint keys="Enter" quiet />}>
          {submit}
        </Button>
      }
    >
      {hint && <p className={`${formClasses.quiet} ${formClasses.above}`}>{hint}</p>}
      <ReasonForm
        id={form}
        label={label}
        usual={usual}
        most={most}
        onBusy={setBusy}
        onSubmit={async (reason) => {
          await onSubmit(reason);
          onClose();
        }}
      />
    </SideSheet>
  );
}

/** Closes the chart to those who do not treat the patient. */
export function RestrictSheet({ id, onClose }: SheetProps) {
  const { t } = useTranslation();
  const restrict = useCommand('chart.restrict');
  return (
    <ReasonSheet
      title={t('chart.alerts.restrict')}
      hint={t('chart.alerts.restrictHint')}
      label={t('chart.alerts.restrictReason')}
      usual={[
        t('chart.alerts.restrictUsual.wish'),
        t('chart.alerts.restrictUsual.staff'),
        t('chart.alerts.restrictUsual.known'),
      ]}
      submit={t('chart.alerts.restrict')}
      most={200}
      onClose={onClose}
      onSubmit={async (reason) => {
        await restrict.mutateAsync({ id, reason });
        toast(t('chart.alerts.restrictedDone'));
      }}
    />
  );
}

/** Ends an alert or a restriction. */
export function EndFlagSheet({ flag, onClose }: { flag: FlagView; onClose: () => void }) {
  const { t } = useTranslation();
  const end = useCommand('chart.endFlag');
  const title = t(flag.category === restricted ? 'chart.alerts.endRestriction' : 'chart.alerts.endTitle');
  return (
    <ReasonSheet
      title={title}
      hint={flag.text}
      label={t('chart.alerts.endReason')}
      usual={[t('chart.alerts.endUsual.over'), t('chart.alerts.endUsual.wrong')]}
      submit={t('chart.alerts.end')}
      onClose={onClose}
      onSubmit={async (reason) => {
        await end.mutateAsync({ id: flag.id, reason });
        toast(t('chart.alerts.ended'));
      }}
    />
  );
}
