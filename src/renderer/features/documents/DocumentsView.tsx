import { Button, Loader, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconFileTypePdf, IconPaperclip, IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { DocumentView } from '#shared/contract/documents.ts';
import { type Template, templates } from '#shared/domain/documents/kinds.ts';
import { AttachSheet } from './AttachSheet.tsx';
import classes from './DocumentsView.module.css';
import { MakeSheet } from './MakeSheet.tsx';
import { PlaceMark } from './PlaceMark.tsx';
import { useDocuments } from './useDocuments.ts';
import { useFileSize } from './useFileSize.ts';
import { Viewer } from './Viewer.tsx';

const makeKeys: Readonly<Record<Template, string>> = {
  'sick-note': 'shift+s',
  referral: 'shift+l',
  'visit-summary': 'shift+v',
};

/** The documents of a chart: the list, or the one that is open. */
export function DocumentsView({ chart }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const patientId = chart.patient.id;
  const { documents, error, more, retry } = useDocuments(patientId);
  const [sheet, setSheet] = useState<'attach' | Template | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = documents?.find(({ id }) => id === openId);
  if (error) return <Failure failure={error} onRetry={retry} />;
  const show = ({ id }: DocumentView) => setOpenId(id);
  const close = () => setSheet(null);
  return (
    <div className={classes.screen}>
      {open ? (
        <Viewer key={open.id} document={open} onClose={() => setOpenId(null)} />
      ) : (
        <>
          <Bar onSheet={setSheet} />
          {documents === undefined ? (
            <Loader size="sm" m="md" aria-label={t('common.loading')} />
          ) : (
            <List documents={documents} onOpen={show} onMore={more} />
          )}
        </>
      )}
      {sheet === 'attach' && <AttachSheet patientId={patientId} onClose={close} onAttached={show} />}
      {sheet !== null && sheet !== 'attach' && (
        <MakeSheet key={sheet} patientId={patientId} template={sheet} onClose={close} onMade={show} />
      )}
    </div>
  );
}

function Bar({ onSheet }: { onSheet: (sheet: 'attach' | Template) => void }) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const mayMake = mayCall(user, 'documents.make');
  const mayAttach = mayCall(user, 'documents.attach');
  useKeys(t('documents.title'), [
    { keys: 'a', label: t('documents.keys.attach'), run: () => onSheet('attach'), enabled: mayAttach },
    ...templates.map((template) => ({
      keys: makeKeys[template],
      label: t(`documents.keys.${template}`),
      run: () => onSheet(template),
      enabled: mayMake,
    })),
  ]);
  return (
    <div className={classes.bar}>
      <h2 className={classes.title}>{t('documents.title')}</h2>
      {mayMake && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={16} stroke={1.6} />}>
              {t('documents.make')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {templates.map((template) => (
              <Menu.Item
                key={template}
                onClick={() => onSheet(template)}
                rightSection={<KeyHint keys={makeKeys[template]} quiet />}
              >
                {t(`documents.makeSheet.titleOf.${template}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {mayAttach && (
        <Tooltip label={<KeyHint keys="a" />}>
          <Button leftSection={<IconPaperclip size={16} stroke={1.6} />} onClick={() => onSheet('attach')}>
            {t('documents.attach')}
          </Button>
        </Tooltip>
      )}
    </div>
  );
}

interface ListProps {
  readonly documents: readonly DocumentView[];
  readonly onOpen: (document: DocumentView) => void;
  /** Null when all are shown. */
  readonly onMore: (() => void) | null;
}

function List({ documents, onOpen, onMore }: ListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const sizeText = useFileSize();
  const columns: readonly TableColumn<DocumentView>[] = [
    {
      key: 'title',
      header: t('documents.column.title'),
      width: 'minmax(180px, 3fr)',
      cell: (document) => <Title document={document} onOpen={() => onOpen(document)} />,
    },
    {
      key: 'category',
      header: t('documents.column.category'),
      width: 'minmax(100px, 1fr)',
      cell: ({ category }) => t(`documents.category.${category}`),
    },
    {
      key: 'date',
      header: t('documents.column.date'),
      width: '150px',
      tabular: true,
      cell: ({ createdAt }) => format.dateTime(createdAt),
    },
    {
      key: 'by',
      header: t('documents.column.by'),
      width: 'minmax(100px, 1fr)',
      cell: ({ createdBy }) => createdBy ?? '',
    },
    {
      key: 'size',
      header: t('documents.column.size'),
      width: '80px',
      align: 'end',
      tabular: true,
      cell: ({ size }) => sizeText(size),
    },
    {
      key: 'place',
      header: t('documents.column.place'),
      width: '90px',
      cell: ({ place, certainty }) => (
        <span className={classes.marks}>
          <PlaceMark place={place} />
          <CertaintyMark certainty={certainty} quiet />
        </span>
      ),
    },
  ];
  return (
    <div className={classes.list}>
      <DataTable
        label={t('documents.title')}
        rows={documents}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={onOpen}
        empty={<EmptyState text={t('documents.noneYet')} />}
        after={
          onMore && (
            <Button variant="subtle" onClick={onMore}>
              {t('documents.more')}
            </Button>
          )
        }
      />
    </div>
  );
}

function Title({ document, onOpen }: { document: DocumentView; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = document.contentType === 'application/pdf' ? IconFileTypePdf : IconPhoto;
  const { voided } = document;
  return (
    <span className={classes.name}>
      <Icon size={16} stroke={1.6} aria-hidden />
      <button
        type="button"
        className={classes.open}
        tabIndex={-1}
        onClick={onOpen}
        data-voided={voided !== null || undefined}
      >
        {document.title}
      </button>
      {voided && (
        <span className={classes.voided}>
          {t('documents.voided', { day: format.dateTime(voided.at), reason: voided.reason })}
        </span>
      )}
    </span>
  );
}
