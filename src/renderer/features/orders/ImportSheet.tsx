import { Button, FileInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import formClasses from '#renderer/ui/Form.module.css';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import classes from './Results.module.css';

/** A file beyond this is no list of results. */
const mostBytes = 2_000_000;

/** Results from a CSV file, with what could not be taken by line. */
export function ImportSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const load = useCommand('results.import');
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async () => {
    if (file === null) return;
    if (file.size > mostBytes) return setProblem(t('orders.import.tooLarge'));
    setProblem(null);
    try {
      await load.mutateAsync({ csv: await file.text() });
    } catch (failure) {
      setProblem(errorText(t, failure));
    }
  };
  const report = load.data;
  return (
    <SideSheet
      title={t('orders.import.title')}
      onClose={onClose}
      footer={
        <Button disabled={file === null} loading={load.isPending} onClick={() => void run()}>
          {t('orders.import.run')}
        </Button>
      }
    >
      <div className={formClasses.fields}>
        <FileInput
          label={t('orders.import.file')}
          description={t('orders.import.hint')}
          placeholder={t('orders.import.choose')}
          accept=".csv,text/csv"
          value={file}
          error={problem}
          onChange={(chosen) => {
            setFile(chosen);
            setProblem(null);
            load.reset();
          }}
        />
        {report && (
          <p role="status">
            {t('orders.import.done', {
              count: report.reports,
              values: format.number(report.values),
              problems: format.number(report.problemCount),
            })}
          </p>
        )}
        {report && report.problems.length > 0 && (
          <ul className={classes.list} aria-label={t('orders.import.problems')}>
            {report.problems.map(({ line, code, column }) => (
              <li key={line} className={classes.item}>
                {t('orders.import.line', { line: format.number(line) })} {t(`orders.import.code.${code}`)}
                {column && ` (${column})`}
              </li>
            ))}
          </ul>
        )}
      </div>
    </SideSheet>
  );
}
