import { Button, Loader, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { downloadFile } from '#renderer/ui/download.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { OpenPdf } from '#renderer/ui/pdf.ts';
import { PrintChoices } from '#renderer/ui/printing/PrintChoices.tsx';
import { PrintNotices } from '#renderer/ui/printing/PrintNotices.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { DocumentView } from '#shared/contract/documents.ts';
import { PdfPages } from './PdfPages.tsx';
import { type FileState, useFile } from './useFile.ts';
import { usePrintFile } from './usePrintFile.tsx';
import classes from './Viewer.module.css';
import { VoidSheet } from './VoidSheet.tsx';

const endings: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};

/** Names no patient: a file that was saved lies about. */
const fileName = ({ category, createdAt, contentType }: DocumentView): string =>
  `${category}-${createdAt.slice(0, 10)}.${endings[contentType] ?? 'bin'}`;

interface ViewerProps {
  readonly document: DocumentView;
  readonly onClose: () => void;
}

/** One document as it is, with what can be done with it. */
export function Viewer({ document, onClose }: ViewerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { file, retry } = useFile(document);
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  const mayVoid = mayCall(useCurrentUser(), 'documents.void');
  const [voiding, setVoiding] = useState(false);
  const isPicture = document.contentType.startsWith('image/');
  const printing = usePrintFile(pdf, isPicture && file.state === 'here' ? file.url : null);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  const note = useCommand('audit.note');
  const { patientId } = document;
  const save = () => {
    if (file.state !== 'here') return;
    note.mutate({ event: 'export', what: 'document', patientId });
    downloadFile(fileName(document), file.blob);
  };
  const print = () => {
    note.mutate({ event: 'print', what: 'document', patientId });
    void printing.print();
  };
  const isHere = file.state === 'here';
  useKeys(t('documents.viewer.title', { title: document.title }), [
    { keys: 'Escape', label: t('documents.viewer.close'), run: onClose, enabled: !voiding },
    {
      keys: 'mod+p',
      label: t('documents.viewer.print'),
      run: print,
      inFields: true,
      enabled: printing.ready,
    },
    { keys: 'mod+s', label: t('documents.viewer.save'), run: save, inFields: true, enabled: isHere },
  ]);
  return (
    <section className={classes.viewer} aria-label={t('documents.viewer.title', { title: document.title })}>
      <div className={classes.bar}>
        <Tooltip label={<KeyHint keys="Escape" />}>
          <Button
            ref={back}
            variant="subtle"
            leftSection={<IconArrowLeft size={16} stroke={1.6} />}
            onClick={onClose}
          >
            {t('documents.viewer.close')}
          </Button>
        </Tooltip>
        <div className={classes.what}>
          <h2 className={classes.title} data-voided={document.voided !== null || undefined}>
            {document.title} <CertaintyMark certainty={document.certainty} />
          </h2>
          <p className={classes.facts}>
            {[
              t(`documents.category.${document.category}`),
              format.dateTime(document.createdAt),
              document.createdBy && t('documents.by', { name: document.createdBy }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        {document.voided === null && mayVoid && (
          <Button variant="default" onClick={() => setVoiding(true)}>
            {t('documents.viewer.void')}
          </Button>
        )}
        <Tooltip label={<KeyHint keys="mod+s" />}>
          <Button
            variant="default"
            disabled={!isHere}
            leftSection={<IconDownload size={16} stroke={1.6} />}
            onClick={save}
          >
            {t('documents.viewer.save')}
          </Button>
        </Tooltip>
        <PrintChoices setup={printing.setup} />
        <Tooltip label={<KeyHint keys="mod+p" />}>
          <Button
            disabled={!printing.ready}
            loading={printing.printing}
            leftSection={<IconPrinter size={16} stroke={1.6} />}
            onClick={print}
          >
            {t('documents.viewer.print')}
          </Button>
        </Tooltip>
      </div>
      {printing.setup.missing && <PrintNotices setup={printing.setup} />}
      {document.voided && (
        <p className={classes.voided} role="note">
          {t('documents.voided', {
            day: format.dateTime(document.voided.at),
            reason: document.voided.reason,
          })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too */}
      <section className={classes.pages} tabIndex={0} aria-label={t('documents.column.place')}>
        <Content document={document} file={file} onRetry={retry} onPdf={setPdf} />
      </section>
      {printing.printed}
      {voiding && <VoidSheet document={document} onClose={() => setVoiding(false)} onVoided={onClose} />}
    </section>
  );
}

interface ContentProps {
  readonly document: DocumentView;
  readonly file: FileState;
  readonly onRetry: () => void;
  readonly onPdf: (pdf: OpenPdf | null) => void;
}

function Content({ document, file, onRetry, onPdf }: ContentProps) {
  const { t } = useTranslation();
  switch (file.state) {
    case 'loading': {
      const label = t(document.place === 'away' ? 'documents.viewer.fetching' : 'documents.viewer.loading');
      return (
        <div className={classes.waiting} role="status">
          <Loader size="sm" aria-hidden /> {label}
        </div>
      );
    }
    case 'failed':
      return <Failure failure={file.failure} onRetry={onRetry} />;
    case 'not-here':
      return (
        <EmptyState
          text={t(`documents.viewer.file.${file.why}`)}
          action={<Button onClick={onRetry}>{t('documents.viewer.again')}</Button>}
        />
      );
    case 'here':
      return document.contentType === 'application/pdf' ? (
        <PdfPages blob={file.blob} onOpen={onPdf} />
      ) : (
        <img
          className={classes.picture}
          src={file.url}
          alt={t('documents.viewer.picture', { title: document.title })}
        />
      );
  }
}
