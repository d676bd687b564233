import { Checkbox, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { ReportView } from '#shared/contract/orders.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { PractitionerId } from '#shared/kernel/ids.ts';

/** A week is usual. */
const usualDays = 7;

interface AcknowledgeSheetProps {
  readonly report: ReportView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Says that a result was read, with a note, and what is to be done about it. */
export function AcknowledgeSheet({ report, onClose, onDone }: AcknowledgeSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = useCurrentUser()?.practitionerId ?? null;
  const { data: practitioners = [] } = useCall('practitioners.list', {});
  const acknowledge = useCommand('results.acknowledge');
  const [note, setNote] = useHeldState(`acknowledge note ${report.id}`, '');
  const [wanted, setWanted] = useState(true);
  const [text, setText] = useHeldState(`acknowledge text ${report.id}`, '');
  const [dueDate, setDueDate] = useState(addDays(format.today(), usualDays));
  const [owner, setOwner] = useState<string | null>(own);
  const { save, saving, errorAt, problem } = useSave(onDone);
  const submit = () => {
    const missing = {
      ...(wanted && !text.trim() ? { text: 'required' } : {}),
      ...(wanted && !dueDate ? { dueDate: 'date' } : {}),
    };
    void save(missing, async () => {
      const followUp = wanted ? { text, dueDate, ownerId: owner as PractitionerId | null } : null;
      await acknowledge.mutateAsync({ reportId: report.id, note, followUp });
      toast(t(wanted ? 'orders.done.followUp' : 'orders.done.read', { patient: report.patientName }));
    });
  };
  return (
    <SaveSheet
      call="results.acknowledge"
      title={t('orders.acknowledge.title')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Checkbox
        label={t('orders.acknowledge.wanted')}
        checked={wanted}
        onChange={(event) => setWanted(event.currentTarget.checked)}
      />
      {wanted && (
        <>
          <Textarea
            label={t('orders.acknowledge.text')}
            value={text}
            maxLength={1000}
            autosize
            minRows={2}
            error={errorAt('text')}
            data-autofocus
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <DateField
            label={t('orders.acknowledge.due')}
            value={dueDate}
            onChange={setDueDate}
            error={errorAt('dueDate')}
          />
          <Select
            label={t('orders.acknowledge.owner')}
            data={practitioners.map(({ id, name }) => ({ value: id, label: name }))}
            value={owner}
            allowDeselect={false}
            searchable
            error={errorAt('ownerId')}
            onChange={setOwner}
          />
        </>
      )}
      <Textarea
        label={t('orders.acknowledge.note')}
        value={note}
        maxLength={1000}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </SaveSheet>
  );
}
