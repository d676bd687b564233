import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ImportProblem, ImportReport } from '#shared/contract/import.ts';
import classes from './ImportScreen.module.css';

/** What was read, and what became of it, per kind of row. */
export function Counts({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = ['read', 'added', 'unchanged', 'refused'] as const;
  return (
    <table className={classes.counts}>
      <caption>{t('import.counts')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('import.what')}</th>
          {columns.map((column) => (
            <th key={column} scope="col" className={classes.number}>
              {t(`import.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.counts.map((count) => (
          <tr key={count.kind}>
            <th scope="row">{t(`import.kind.${count.kind}`)}</th>
            {columns.map((column) => (
              <td
                key={column}
                className={classes.number}
                data-refused={(column === 'refused' && count.refused > 0) || undefined}
              >
                {format.number(count[column])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface NumberedProblem extends ImportProblem {
  readonly n: number;
}

function useColumns(): readonly TableColumn<NumberedProblem>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'severity',
      header: t('import.result'),
      width: '136px',
      cell: ({ severity }) => (
        <span className={classes.severity} data-severity={severity}>
          {severity === 'error' ? (
            <IconCircleX size={14} aria-hidden />
          ) : (
            <IconAlertTriangle size={14} aria-hidden />
          )}
          {t(`import.severity.${severity}`)}
        </span>
      ),
    },
    { key: 'file', header: t('import.file'), width: '160px', cell: ({ file }) => file },
    {
      key: 'line',
      header: t('import.line'),
      width: '88px',
      align: 'end',
      cell: ({ line }) => format.number(line),
    },
    { key: 'column', header: t('import.column'), width: '160px', cell: ({ column }) => column },
    {
      key: 'problem',
      header: t('import.problem'),
      width: 'minmax(200px, 1fr)',
      cell: ({ code }) => t(`import.code.${code}`),
    },
  ];
}

/** The rows that need a look, by file and line. */
export function Problems({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useColumns();
  const rows = report.problems.map((problem, n) => ({ ...problem, n }));
  if (rows.length === 0) return <p className={classes.quiet}>{t('import.problemsNone')}</p>;
  return (
    <section className={classes.problems} aria-labelledby="import-problems">
      <h2 id="import-problems" className={classes.subtitle}>
        {t('import.problems')}
        {report.problemCount > rows.length && (
          <span className={classes.quiet}>
            {' '}
            {t('import.problemsFirst', {
              shown: format.number(rows.length),
              count: report.problemCount,
            })}
          </span>
        )}
      </h2>
      <div className={classes.table}>
        <DataTable label={t('import.problems')} rows={rows} columns={columns} rowKey={({ n }) => String(n)} />
      </div>
    </section>
  );
}
