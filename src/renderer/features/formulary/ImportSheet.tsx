import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { MedicineImport } from '#shared/contract/formulary.ts';
import classes from './FormularyScreen.module.css';

const counted = ['read', 'added', 'changed', 'unchanged', 'refused', 'retired'] as const;

interface ImportSheetProps {
  /** The button that loads what the product comes with. */
  readonly starter: ReactNode;
  readonly onClose: () => void;
}

/** Medicines of a file: which, how it goes, which lines were refused and why. */
export function ImportSheet({ starter, onClose }: ImportSheetProps) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<'csv' | 'rxnorm'>('csv');
  const [path, setPath] = useState('');
  const begin = useCommand('formulary.import');
  const cancel = useCommand('formulary.cancelImport');
  // Nothing tells how far it is; asking twice a second while it runs is enough.
  const [isWatched, setWatched] = useState(true);
  const status = useCall('formulary.importStatus', {}, isWatched ? { every: 500 } : {});
  const running = status.data?.phase === 'running';
  if (status.data && running !== isWatched) setWatched(running);
  const start = () => begin.mutate({ format, path: path.trim() }, { onSuccess: () => void status.refetch() });
  const failure =
    begin.error &&
    (begin.error.error.code === 'not-found' ? t('formulary.notThere') : errorText(t, begin.error));
  return (
    <SideSheet
      title={t('formulary.importTitle')}
      onClose={onClose}
      footer={
        <>
          <Button
            type="submit"
            form="formulary-import"
            loading={begin.isPending}
            disabled={running || path.trim() === ''}
          >
            {t('formulary.start')}
          </Button>
          {running && (
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
              {t('formulary.cancel')}
            </Button>
          )}
        </>
      }
    >
      <form
        id="formulary-import"
        className={classes.fields}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!running && path.trim() !== '') start();
        }}
      >
        <SegmentedControl
          aria-label={t('formulary.format')}
          value={format}
          onChange={(value) => setFormat(value === 'rxnorm' ? 'rxnorm' : 'csv')}
          data={(['csv', 'rxnorm'] as const).map((value) => ({ value, label: t(`formulary.${value}`) }))}
        />
        <TextInput
          label={t('formulary.path')}
          description={t(format === 'csv' ? 'formulary.csvHint' : 'formulary.rxnormHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={path}
          error={failure}
          onChange={(event) => setPath(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        {status.data && status.data.phase !== 'idle' && <Report report={status.data} />}
        {status.data && <Asked of="missing" report={status.data} onDone={() => void status.refetch()} />}
        {status.data && <Asked of="unoffered" report={status.data} onDone={() => void status.refetch()} />}
        <div className={classes.starter}>
          <p className={classes.quiet}>{t('formulary.starterHint')}</p>
          {starter}
        </div>
      </form>
    </SideSheet>
  );
}

interface AskedProps {
  /** What came from there before and is not in the file, or what is in it and is not offered: only a person knows which is right. */
  readonly of: 'missing' | 'unoffered';
  readonly report: MedicineImport;
  readonly onDone: () => void;
}

function Asked({ of, report, onDone }: AskedProps) {
  const { t } = useTranslation();
  const answer = useCommand(of === 'missing' ? 'formulary.retire' : 'formulary.offer');
  const found = report[of];
  if (found === null || report.phase === 'running' || report.phase === 'failed') return null;
  return (
    <section className={classes.report} aria-labelledby={`formulary-${of}`}>
      <div id={`formulary-${of}`} className={classes.phase}>
        {t(`formulary.askedTitle.${of}`, { count: found.count })}
      </div>
      <p className={classes.quiet}>{t(`formulary.askedWhy.${of}`)}</p>
      <ul className={classes.sample}>
        {found.sample.map((name) => (
          <li key={name}>{name}</li>
        ))}
        {found.count > found.sample.length && (
          <li>{t('formulary.askedMore', { count: found.count - found.sample.length })}</li>
        )}
      </ul>
      {answer.error && <p role="alert">{errorText(t, answer.error)}</p>}
      <Button
        variant="default"
        loading={answer.isPending}
        onClick={() => answer.mutate({}, { onSuccess: onDone })}
      >
        {t(`formulary.askedAnswer.${of}`)}
      </Button>
    </section>
  );
}

function Report({ report }: { report: MedicineImport }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={classes.report} data-phase={report.phase}>
      <div className={classes.phase} role="status">
        {t(`formulary.phase.${report.phase}`)}
        {report.failure === 'unreadable' && ` ${t('formulary.unreadable')}`}
      </div>
      <dl className={classes.counts}>
        {counted.map((name) => (
          <div key={name} data-refused={(name === 'refused' && report.refused > 0) || undefined}>
            <dt>{t(`formulary.${name}`)}</dt>
            <dd>{format.number(report[name])}</dd>
          </div>
        ))}
      </dl>
      {report.problems.length > 0 && (
        <table className={classes.problems}>
          <caption>
            {t('formulary.problems')}
            {report.refused > report.problems.length &&
              `: ${t('formulary.problemsFirst', { shown: report.problems.length, count: report.refused })}`}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('formulary.line')}</th>
              <th scope="col">{t('formulary.column')}</th>
              <th scope="col">{t('formulary.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {report.problems.map(({ file, line, column, code }) => (
              <tr key={`${file} ${line}`}>
                <td>{format.number(line)}</td>
                <td>{column ?? ''}</td>
                <td>{t(`formulary.why.${code}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
