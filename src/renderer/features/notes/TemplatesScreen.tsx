import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import classes from '#renderer/ui/ListScreen.module.css';
import type { NoteTemplateView } from '#shared/contract/notes.ts';
import { SupervisionTable } from './SupervisionTable.tsx';
import { TemplateSheet } from './TemplateSheet.tsx';

const tabs = ['templates', 'supervision'] as const;
type Tab = (typeof tabs)[number];

/** What an administrator decides about notes: what they begin with, and whose are signed by a supervisor as well. */
export function TemplatesScreen() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<Tab>('templates');
  // `null` is a new one; undefined: the sheet is closed.
  const [sheet, openSheet] = useState<NoteTemplateView | null>();
  const { data, error, refetch } = useCall('notes.templates', {});
  const mayName = mayCall(useCurrentUser(), 'notes.supervision');
  const isTemplates = tab === 'templates' || !mayName;
  useKeys(t('notes.templates.title'), [
    {
      keys: 'n',
      label: t('notes.templates.add'),
      run: () => openSheet(null),
      enabled: isTemplates && sheet === undefined,
    },
  ]);
  return (
    <div className={classes.screen}>
      <h1 className="visually-hidden">{t('notes.templates.title')}</h1>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('notes.templates.title')}
          value={tab}
          data={tabs
            .filter((one) => one === 'templates' || mayName)
            .map((value) => ({ value, label: t(`notes.templates.tab.${value}`) }))}
          onChange={(next) => {
            openSheet(undefined);
            setTab(next);
          }}
        />
        {isTemplates && (
          <Button
            leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            rightSection={<KeyHint keys="n" quiet />}
            onClick={() => openSheet(null)}
          >
            {t('notes.templates.add')}
          </Button>
        )}
      </div>
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {isTemplates && !error && <TemplatesTable templates={data} onOpen={openSheet} />}
      {!isTemplates && <SupervisionTable />}
      {sheet !== undefined && (
        <TemplateSheet key={sheet?.id ?? ''} template={sheet} onClose={() => openSheet(undefined)} />
      )}
    </div>
  );
}

interface TemplatesTableProps {
  readonly templates: readonly NoteTemplateView[] | undefined;
  readonly onOpen: (template: NoteTemplateView) => void;
}

function TemplatesTable({ templates, onOpen }: TemplatesTableProps) {
  const { t } = useTranslation();
  const columns: readonly TableColumn<NoteTemplateView>[] = [
    {
      key: 'name',
      header: t('notes.templates.name'),
      width: 'minmax(180px, 1.4fr)',
      cell: ({ name, certainty }) => (
        <>
          {name} <CertaintyMark certainty={certainty} quiet />
        </>
      ),
    },
    {
      key: 'speciality',
      header: t('notes.templates.speciality'),
      width: 'minmax(140px, 1fr)',
      cell: ({ speciality }) => speciality ?? t('notes.templates.anySpeciality'),
    },
    {
      key: 'sections',
      header: t('notes.templates.sections'),
      width: 'minmax(200px, 2fr)',
      cell: ({ sections }) => sections.map(({ title }) => title).join(', '),
    },
    {
      key: 'active',
      header: t('notes.templates.active'),
      width: '120px',
      cell: ({ active }) => t(active ? 'notes.templates.active' : 'notes.templates.out'),
    },
  ];
  return (
    <DataTable
      label={t('notes.templates.title')}
      rows={templates ?? []}
      columns={columns}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      empty={templates && <EmptyState text={t('notes.templates.none')} />}
    />
  );
}
