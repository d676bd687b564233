import { Loader, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import formClasses from '#renderer/ui/Form.module.css';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { DocumentDraft, DocumentView } from '#shared/contract/documents.ts';
import type { Template } from '#shared/domain/documents/kinds.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

interface MakeSheetProps {
  readonly patientId: PatientId;
  readonly template: Template;
  readonly onClose: () => void;
  readonly onMade: (document: DocumentView) => void;
}

/** Wide enough to read what will be on the page. */
const width = 520;

/** A document from a template: what is known is filled in, and every word of it can be changed first. */
export function MakeSheet(props: MakeSheetProps) {
  const { t } = useTranslation();
  const { patientId, template, onClose } = props;
  const language = usePreferences((state) => state.language);
  const { data, error, refetch } = useCall('documents.draft', { patientId, template, language });
  // Once somebody writes, nothing that changes elsewhere takes the words from under the cursor.
  const [draft, setDraft] = useState<DocumentDraft | null>(null);
  if (draft === null && data !== undefined) setDraft(data);
  if (draft !== null) return <MakeForm {...props} draft={draft} />;
  return (
    <SideSheet title={t(`documents.makeSheet.titleOf.${template}`)} onClose={onClose} width={width}>
      {error ? (
        <Failure failure={error} onRetry={() => void refetch()} />
      ) : (
        <Loader size="sm" aria-label={t('documents.makeSheet.loading')} />
      )}
    </SideSheet>
  );
}

function MakeForm({
  patientId,
  template,
  onClose,
  onMade,
  draft,
}: MakeSheetProps & { draft: DocumentDraft }) {
  const { t } = useTranslation();
  const language = usePreferences((state) => state.language);
  const make = useCommand('documents.make');
  const [title, setTitle] = useHeldState(`document title ${template} ${patientId}`, draft.title);
  const [from, setFrom] = useHeldState(`document from ${template} ${patientId}`, draft.today);
  const [to, setTo] = useHeldState(`document to ${template} ${patientId}`, '');
  const [shown, setShown] = useHeldState(`document shown ${template} ${patientId}`, false);
  const [diagnosis, setDiagnosis] = useHeldState(
    `document diagnosis ${template} ${patientId}`,
    draft.diagnosis,
  );
  const [addressee, setAddressee] = useHeldState(`document addressee ${template} ${patientId}`, '');
  const [texts, setTexts] = useHeldState(`document texts ${template} ${patientId}`, () =>
    draft.sections.map(({ text }) => text),
  );
  const { save, saving, errorAt, problem } = useSave(onClose);
  const isSickNote = template === 'sick-note';
  const submit = () =>
    void save(title.trim() ? {} : { title: 'required' }, async () => {
      const document = await make.mutateAsync({
        patientId,
        template,
        language,
        title: title.trim(),
        from: isSickNote && from !== '' ? from : null,
        to: isSickNote && to !== '' ? to : null,
        diagnosis: shown ? diagnosis : '',
        addressee,
        sections: draft.sections.map((section, index) => ({
          title: section.title,
          text: texts[index] ?? '',
        })),
      });
      toast(t('documents.makeSheet.done', { title: document.title }));
      onMade(document);
    });
  return (
    <SaveSheet
      call="documents.make"
      title={t(`documents.makeSheet.titleOf.${template}`)}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      width={width}
      submit={t('documents.makeSheet.submit')}
    >
      {isSickNote && (
        <div className={formClasses.pair}>
          <DateField
            label={t('documents.makeSheet.from')}
            value={from}
            onChange={setFrom}
            error={errorAt('from')}
          />
          <DateField label={t('documents.makeSheet.to')} value={to} onChange={setTo} error={errorAt('to')} />
        </div>
      )}
      {template === 'referral' && (
        <Textarea
          label={t('documents.makeSheet.addressee')}
          description={t('documents.makeSheet.addresseeHint')}
          value={addressee}
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
          error={errorAt('addressee')}
          onChange={(event) => setAddressee(event.currentTarget.value)}
        />
      )}
      {template !== 'visit-summary' && (
        <Switch
          label={t('documents.makeSheet.showDiagnosis')}
          checked={shown}
          onChange={(event) => setShown(event.currentTarget.checked)}
        />
      )}
      {shown && (
        <TextInput
          label={t('documents.makeSheet.diagnosis')}
          value={diagnosis}
          maxLength={500}
          error={errorAt('diagnosis')}
          onChange={(event) => setDiagnosis(event.currentTarget.value)}
        />
      )}
      {draft.sections.map((section, index) => (
        <Textarea
          key={index}
          label={section.title || t('documents.makeSheet.text')}
          value={texts[index] ?? ''}
          maxLength={20_000}
          autosize
          minRows={3}
          maxRows={14}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setTexts((before) => before.map((text, at) => (at === index ? value : text)));
          }}
        />
      ))}
      <TextInput
        label={t('documents.makeSheet.name')}
        value={title}
        maxLength={200}
        error={errorAt('title')}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
    </SaveSheet>
  );
}
