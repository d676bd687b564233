import { Alert, Button, FileButton, Progress, Select, TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { useClient } from '#renderer/client/provider.tsx';
import formClasses from '#renderer/ui/Form.module.css';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { DocumentView } from '#shared/contract/documents.ts';
import { fileTypes } from '#shared/domain/documents/content.ts';
import { type AttachedCategory, attachedCategories } from '#shared/domain/documents/kinds.ts';
import { bytesOfMegabytes, mostMegabytes } from '#shared/domain/documents/limits.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import classes from './AttachSheet.module.css';
import { attachFile, type FileProblem, type PreparedFile, prepareFile } from './attach-file.ts';
import { useFileSize } from './useFileSize.ts';

interface AttachSheetProps {
  readonly patientId: PatientId;
  readonly onClose: () => void;
  readonly onAttached: (document: DocumentView) => void;
}

/** A name as a title, without its ending. */
const titleOf = (name: string): string => name.replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, 200);

/** A file of this computer becomes a document: what may be taken is said first, what is wrong before it is sent. */
export function AttachSheet({ patientId, onClose, onAttached }: AttachSheetProps) {
  const { t } = useTranslation();
  const client = useClient();
  const sizeText = useFileSize();
  const mb = useCall('settings.here', {}).data?.values['desk.most-megabytes'] ?? mostMegabytes;
  const [file, setFile] = useState<{
    readonly name: string;
    readonly ready: PreparedFile & { ok: true };
  } | null>(null);
  const [refused, setRefused] = useState<FileProblem | null>(null);
  const [reading, setReading] = useState(false);
  const [title, setTitle] = useHeldState(`attach title ${patientId}`, '');
  const [category, setCategory] = useHeldState<AttachedCategory>(`attach category ${patientId}`, 'letter');
  const [done, setDone] = useState<number | null>(null);
  const { save, saving, errorAt, problem } = useSave(onClose);
  const choose = async (chosen: File | null) => {
    if (chosen === null) return;
    setReading(true);
    const ready = await prepareFile(chosen, bytesOfMegabytes(mb)).catch(
      (): PreparedFile => ({ ok: false, problem: 'file-damaged' }),
    );
    setReading(false);
    setRefused(ready.ok ? null : ready.problem);
    setFile(ready.ok ? { name: chosen.name, ready } : null);
    if (ready.ok) setTitle((before) => before || titleOf(chosen.name));
  };
  const submit = () => {
    if (saving) return;
    const missing = {
      ...(title.trim() ? {} : { title: 'required' }),
      ...(file === null ? { file: 'required' } : {}),
    };
    void save(missing, async () => {
      if (file === null) return;
      setDone(0);
      const { blob, contentType } = file.ready;
      const made = { patientId, title: title.trim(), category, blob, contentType };
      try {
        const document = await attachFile(client, made, setDone);
        toast(t('documents.attachSheet.done', { title: document.title }));
        onAttached(document);
      } finally {
        setDone(null);
      }
    });
  };
  const percent = Math.round((done ?? 0) * 100);
  return (
    <SaveSheet
      call="documents.attach"
      title={t('documents.attachSheet.title')}
      saving={saving || reading}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.file}>
        <span className={formClasses.label}>{t('documents.attachSheet.file')}</span>
        <FileButton accept={fileTypes.join(',')} onChange={(chosen) => void choose(chosen)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={reading}
              leftSection={<IconUpload size={16} stroke={1.6} />}
              data-autofocus
            >
              {t('documents.attachSheet.choose')}
            </Button>
          )}
        </FileButton>
        <p className={formClasses.quiet}>
          {file === null
            ? t('documents.attachSheet.limits', { mb })
            : t('documents.attachSheet.chosen', { name: file.name, size: sizeText(file.ready.blob.size) })}
        </p>
        {file !== null && file.ready.contentType !== 'application/pdf' && (
          <p className={formClasses.quiet}>{t('documents.attachSheet.picture')}</p>
        )}
        {(refused !== null || (file === null && errorAt('file') !== undefined)) && (
          <Alert color="red" variant="light" role="alert">
            {refused === null ? t('documents.attachSheet.needsFile') : t(`errors.${refused}`, { mb })}
          </Alert>
        )}
      </div>
      <TextInput
        label={t('documents.attachSheet.name')}
        value={title}
        maxLength={200}
        error={errorAt('title')}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Select
        label={t('documents.attachSheet.category')}
        data={attachedCategories.map((value) => ({ value, label: t(`documents.category.${value}`) }))}
        value={category}
        allowDeselect={false}
        onChange={(value) => value && setCategory(value as AttachedCategory)}
      />
      {done !== null && (
        <div>
          <Progress value={percent} aria-label={t('documents.attachSheet.progress', { percent })} />
          <p className={formClasses.quiet}>{t('documents.attachSheet.progress', { percent })}</p>
        </div>
      )}
    </SaveSheet>
  );
}
