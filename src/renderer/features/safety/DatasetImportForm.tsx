import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { DatasetImport } from '#shared/contract/safety.ts';
import classes from './SafetyScreen.module.css';

/** A file that becomes the data set in use, or everything that is wrong with it. */
export function DatasetImportForm() {
  const { t } = useTranslation();
  const [path, setPath] = useState('');
  const bring = useCommand('safety.importDataset');
  const start = () =>
    bring.mutate(
      { path: path.trim() },
      {
        onSuccess: ({ dataset }) => {
          if (dataset) toast(t('safety.import.done', { name: dataset.name, version: dataset.version }));
        },
      },
    );
  const failure =
    bring.error &&
    (bring.error.error.code === 'not-found' ? t('safety.import.notThere') : errorText(t, bring.error));
  return (
    <section className={classes.section}>
      <h2 className={classes.subtitle}>{t('safety.import.title')}</h2>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim() !== '') start();
        }}
      >
        <TextInput
          className={classes.path ?? ''}
          label={t('safety.import.path')}
          description={t('safety.import.hint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={path}
          error={failure}
          onChange={(event) => setPath(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" loading={bring.isPending} disabled={path.trim() === ''}>
          {t('safety.import.run')}
        </Button>
      </form>
      {bring.data && bring.data.problemCount > 0 && <Problems report={bring.data} />}
    </section>
  );
}

function Problems({ report }: { report: DatasetImport }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div role="alert">
      <p>{t('safety.import.refused')}</p>
      <table className={classes.problems}>
        {report.problemCount > report.problems.length && (
          <caption>
            {t('safety.import.first', { shown: report.problems.length, count: report.problemCount })}
          </caption>
        )}
        <thead>
          <tr>
            <th scope="col">{t('safety.import.fact')}</th>
            <th scope="col">{t('safety.import.where')}</th>
            <th scope="col">{t('safety.import.problem')}</th>
          </tr>
        </thead>
        <tbody>
          {report.problems.map(({ fact, code, subject }) => (
            <tr key={`${fact} ${code} ${subject}`}>
              <td>{fact === null ? t('safety.import.whole') : format.number(fact)}</td>
              <td>{subject}</td>
              <td>{t(`safety.problem.${code}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
