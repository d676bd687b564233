import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type DataTableProps } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import frame from '#renderer/ui/ListScreen.module.css';
import classes from './Stock.module.css';

interface ListFrameProps<Row> extends Pick<DataTableProps<Row>, 'rows' | 'columns' | 'rowKey' | 'onOpen'> {
  readonly title: string;
  readonly pick: ReactNode;
  readonly onExport: () => void;
  /** Said instead of rows; nothing while they are fetched. */
  readonly none: string | undefined;
  readonly more?: ReactNode;
}

/** A list of the stock room with the store it is of and its way into a file. */
export function ListFrame<Row>({ title, pick, onExport, none, more, ...table }: ListFrameProps<Row>) {
  const { t } = useTranslation();
  const { rows } = table;
  useKeys(title, [{ keys: 'x', label: t('stock.csvExport'), run: onExport, enabled: rows.length > 0 }]);
  return (
    <div className={frame.screen}>
      <div className={frame.bar}>
        <h1 className={frame.title}>{title}</h1>
        <span className={frame.count} role="status">
          {none !== undefined && rows.length}
        </span>
        <span className={classes.spring} />
        {more}
        {pick}
        <Button
          variant="default"
          disabled={rows.length === 0}
          aria-label={t('stock.csvExport')}
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyHint keys="x" quiet />}
          onClick={onExport}
        >
          {t('stock.csv')}
        </Button>
      </div>
      <div className={classes.list}>
        <DataTable label={title} empty={none && <EmptyState text={none} />} {...table} />
      </div>
    </div>
  );
}
