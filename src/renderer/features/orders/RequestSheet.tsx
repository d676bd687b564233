import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import formClasses from '#renderer/ui/Form.module.css';
import { useKeptForm } from '#renderer/ui/kept-form/useKeptForm.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { FormOf } from '#shared/contract/drafts.ts';
import { orderTests, type TestKey } from '#shared/domain/orders/catalogue.ts';
import { type RequestPriority, requestPriorities } from '#shared/domain/orders/request.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import classes from './Results.module.css';

const nothing: FormOf<'request'> = { tests: [], words: '', priority: 'routine', reason: '', note: '' };

/** Asks for tests: of the catalogue, or one in words. */
export function RequestSheet({ patientId, onClose }: { patientId: PatientId; onClose: () => void }) {
  const { t } = useTranslation();
  const request = useCommand('orders.request');
  const kept = useKeptForm({ form: 'request', patientId, subject: null, start: () => nothing });
  const { save, saving, errorAt, problem } = useSave(onClose);
  if (kept === null) return null;
  const { draft, change, forget, keeping } = kept;
  const { tests, words, priority, reason, note } = draft;
  const asked = [...tests, ...(words.trim() ? [{ words }] : [])];
  const submit = () =>
    void save(asked.length === 0 ? { tests: 'no-test' } : {}, async () => {
      await request.mutateAsync({ patientId, tests: asked, priority, reason, note });
      await forget();
      toast(t('orders.done.requested', { count: asked.length }));
    });
  return (
    <SaveSheet
      call="orders.request"
      title={t('orders.request.title')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      keeping={keeping}
    >
      <Checkbox.Group
        label={t('orders.request.tests')}
        value={[...tests]}
        onChange={(chosen) => change({ tests: chosen as TestKey[] })}
        error={errorAt('tests')}
      >
        <div className={classes.tests}>
          {orderTests.map(({ key }, index) => (
            <Checkbox
              key={key}
              value={key}
              label={t(`orders.test.${key}`)}
              {...(index === 0 ? { 'data-autofocus': true } : {})}
            />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        label={t('orders.request.words')}
        value={words}
        maxLength={200}
        onChange={(event) => change({ words: event.currentTarget.value })}
      />
      <Select
        label={t('orders.column.priority')}
        data={requestPriorities.map((value) => ({ value, label: t(`orders.priority.${value}`) }))}
        value={priority}
        allowDeselect={false}
        onChange={(value) => value && change({ priority: value as RequestPriority })}
      />
      <TextInput
        label={t('orders.request.reason')}
        value={reason}
        maxLength={1000}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
      <Textarea
        label={t('orders.request.note')}
        description={<span className={formClasses.quiet}>{t('orders.request.noteHint')}</span>}
        value={note}
        maxLength={4000}
        autosize
        minRows={2}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
    </SaveSheet>
  );
}
