import { Alert, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { readTime } from '#renderer/ui/dates/time-text.ts';
import formClasses from '#renderer/ui/Form.module.css';
import { useKeptForm } from '#renderer/ui/kept-form/useKeptForm.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { ReportView, ServiceRequestView } from '#shared/contract/orders.ts';
import { wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import { orderTests, type TestKey } from '#shared/domain/orders/catalogue.ts';
import { ageInMonths, reportFlags } from '#shared/domain/orders/interpretation.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { type EntryDraft, startDraft, valuesIn } from './entry-draft.ts';
import { ValueFields } from './ValueFields.tsx';

interface EnterSheetProps {
  readonly patientId: PatientId;
  readonly patientName: string;
  /** What the result answers. */
  readonly request?: ServiceRequestView;
  /** The report it takes the place of. */
  readonly corrects?: ReportView;
  readonly onClose: () => void;
}

const inWords = 'words';

/** Enters a result; each value says how it stands to its range as it is typed. */
export function EnterSheet({ patientId, patientName, request, corrects, onClose }: EnterSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useResultWords();
  const patient = useCall('patients.get', { id: patientId }).data;
  const enter = useCommand('results.enter');
  const wallTime = (instant: string) => wallTimeAt(Date.parse(instant), format.timeZone);
  const begin = (at: number) => {
    const now = wallTimeAt(at, format.timeZone);
    return startDraft({
      now: { day: now.slice(0, 10), time: now.slice(11, 16) },
      test: request ? request.test : 'blood-count',
      display: request?.display ?? '',
      corrected: corrects ?? null,
      wallTime,
    });
  };
  const kept = useKeptForm({
    form: 'result',
    patientId,
    subject: corrects?.id ?? request?.id ?? null,
    start: () => begin(Date.now()),
    // What was typed yesterday was not taken now.
    resume: (fields, at) => ({ ...begin(at === null ? Date.now() : Date.parse(at)), ...fields }),
  });
  /** Unlikely values were told of: saving again confirms them. */
  const [confirming, setConfirming] = useState(false);
  const { save, saving, errorAt, problem } = useSave(onClose);
  if (kept === null) return null;
  const { draft, forget, keeping } = kept;
  const change = (part: Partial<EntryDraft>) => {
    kept.change(part);
    setConfirming(false);
  };
  const submit = () => {
    const time = readTime(draft.time);
    const missing = {
      ...(draft.day ? {} : { effectiveLocal: 'date' }),
      ...(time === null ? { time: 'time' } : {}),
    };
    void save(missing, async () => {
      try {
        const { flag } = await enter.mutateAsync({
          patientId,
          requestId: request?.id ?? null,
          test: draft.test,
          display: draft.display,
          values: valuesIn(draft),
          conclusion: draft.conclusion,
          performer: draft.performer,
          effectiveLocal: `${draft.day}T${time}`,
          requesterId: null,
          flag: draft.flag,
          corrects: corrects?.id ?? null,
          confirmed: confirming,
        });
        await forget();
        toast(
          t(flag === 'critical' ? 'orders.done.critical' : 'orders.done.entered', { patient: patientName }),
        );
      } catch (failure) {
        if (failure instanceof AppErrorException && failure.error.code === 'needs-confirming')
          setConfirming(true);
        throw failure;
      }
    });
  };
  const isFixed = request !== undefined || corrects !== undefined;
  return (
    <SaveSheet
      call="results.enter"
      title={t(corrects ? 'orders.enter.correct' : 'orders.enter.title')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      keeping={keeping}
      above={<strong>{patientName}</strong>}
    >
      {confirming && (
        <Alert color="yellow" variant="light" role="alert">
          {t('orders.enter.confirm')}
        </Alert>
      )}
      {isFixed ? (
        <p className={formClasses.quiet}>{words.test(draft)}</p>
      ) : (
        <Select
          label={t('orders.column.test')}
          searchable
          allowDeselect={false}
          data={[
            ...orderTests.map(({ key }) => ({ value: key as string, label: t(`orders.test.${key}`) })),
            { value: inWords, label: t('orders.enter.words') },
          ]}
          value={draft.test ?? inWords}
          onChange={(value) =>
            change({ test: value === inWords || value === null ? null : (value as TestKey) })
          }
        />
      )}
      {draft.test === null && !isFixed && (
        <TextInput
          label={t('orders.request.words')}
          value={draft.display}
          maxLength={200}
          error={errorAt('display')}
          onChange={(event) => change({ display: event.currentTarget.value })}
        />
      )}
      <ValueFields
        draft={draft}
        whose={{
          sex: patient?.gender ?? 'unknown',
          ageMonths: ageInMonths(patient?.birthDate ?? null, draft.day || format.today()),
        }}
        onChange={change}
        errorAt={errorAt}
      />
      <Textarea
        label={t('orders.enter.conclusion')}
        value={draft.conclusion}
        maxLength={4000}
        autosize
        minRows={2}
        error={errorAt('conclusion')}
        onChange={(event) => change({ conclusion: event.currentTarget.value })}
      />
      {draft.test === null && (
        <Select
          label={t('orders.enter.flag')}
          data={[
            { value: '', label: t('orders.flag.none') },
            ...reportFlags.map((value) => ({ value: value as string, label: t(`orders.flag.${value}`) })),
          ]}
          value={draft.flag ?? ''}
          allowDeselect={false}
          onChange={(value) => change({ flag: reportFlags.find((one) => one === value) ?? null })}
        />
      )}
      <div className={formClasses.pair}>
        <DateField
          label={t('orders.enter.day')}
          value={draft.day}
          onChange={(day) => change({ day })}
          error={errorAt('effectiveLocal')}
        />
        <TextInput
          label={t('orders.enter.time')}
          value={draft.time}
          maxLength={5}
          error={errorAt('time')}
          onChange={(event) => change({ time: event.currentTarget.value })}
        />
      </div>
      <TextInput
        label={t('orders.enter.performer')}
        value={draft.performer}
        maxLength={200}
        onChange={(event) => change({ performer: event.currentTarget.value })}
      />
    </SaveSheet>
  );
}
