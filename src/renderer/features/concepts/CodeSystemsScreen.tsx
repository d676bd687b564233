import { Button, Progress, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ConceptImport } from '#shared/contract/concepts.ts';
import {
  type CodeSystemName,
  codeSystemNames,
  codeSystems,
  systemTitle,
} from '#shared/domain/concepts/concept.ts';
import classes from './CodeSystemsScreen.module.css';

const isRunning = ({ phase }: ConceptImport) =>
  phase === 'reading' || phase === 'importing' || phase === 'retiring';
/** How often it is asked how far an import is; while none goes on, its changes tell. */
const glance = 1000;

/** Brings the codes of a file in, and shows which code systems there are. */
export function CodeSystemsScreen() {
  const { t } = useTranslation();
  const status = useCall('concepts.importStatus', {}, { every: glance });
  return (
    <div className={classes.screen}>
      <div>
        <h1 className={classes.title}>{t('concepts.title')}</h1>
        <p className={classes.quiet}>{t('concepts.intro')}</p>
      </div>
      <Systems />
      {status.error && <Failure failure={status.error} onRetry={() => void status.refetch()} />}
      {status.data && (
        <>
          <Start report={status.data} />
          <State report={status.data} />
          <Missing report={status.data} />
          <Problems report={status.data} />
        </>
      )}
    </div>
  );
}

function Systems() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useCall('concepts.systems', {});
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  if (data.length === 0) return <p className={classes.quiet}>{t('concepts.none')}</p>;
  return (
    <table className={classes.table}>
      <caption>{t('concepts.here')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('concepts.system')}</th>
          <th scope="col">{t('concepts.edition')}</th>
          <th scope="col">{t('concepts.codes')}</th>
          <th scope="col">{t('concepts.retired')}</th>
        </tr>
      </thead>
      <tbody>
        {data.map(({ system, edition, codes, retired }) => (
          <tr key={system}>
            <th scope="row">{systemTitle(system)}</th>
            <td>{edition ?? '–'}</td>
            <td>{format.number(codes)}</td>
            <td>{format.number(retired)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Start({ report }: { report: ConceptImport }) {
  const { t } = useTranslation();
  const [file, setFile] = useState('');
  const [system, setSystem] = useState<CodeSystemName>('icd-10');
  const [edition, setEdition] = useState('');
  const run = useCommand('concepts.import');
  const cancel = useCommand('concepts.cancelImport');
  const running = isRunning(report);
  const failure = run.error ?? cancel.error;
  const said = failure && (failure.error.code === 'not-found' ? t('concepts.noFile') : errorText(t, failure));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!running && file.trim() !== '') run.mutate({ file: file.trim(), system, edition });
      }}
    >
      <div className={classes.form}>
        <TextInput
          label={t('concepts.file')}
          description={t('concepts.fileHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={file}
          error={said}
          disabled={running}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setFile(event.currentTarget.value)}
        />
        <Select
          label={t('concepts.system')}
          data={codeSystemNames.map((value) => ({ value, label: systemTitle(codeSystems[value]) }))}
          value={system}
          allowDeselect={false}
          disabled={running}
          onChange={(value) => value && setSystem(value as CodeSystemName)}
        />
        <TextInput
          label={t('concepts.edition')}
          description={t('concepts.editionHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={edition}
          maxLength={100}
          disabled={running}
          onChange={(event) => setEdition(event.currentTarget.value)}
        />
      </div>
      <div className={classes.buttons}>
        <Button type="submit" loading={run.isPending} disabled={running || file.trim() === ''}>
          {t('concepts.run')}
        </Button>
        {running && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
            {t('concepts.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}

function State({ report }: { report: ConceptImport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { phase, failure, done, total } = report;
  const counts = ['added', 'refined', 'unchanged', 'refused', 'retired'] as const;
  const share = total > 0 ? (done / total) * 100 : 0;
  return (
    <div className={classes.state} data-phase={phase}>
      <span role="status">{t(`concepts.phase.${phase}`, { file: report.file ?? '' })}</span>
      {failure && <p>{t(`concepts.failure.${failure}`)}</p>}
      {(phase === 'importing' || phase === 'retiring') && (
        <>
          <p className={classes.quiet}>
            {t('concepts.progress', { done: format.number(done), total: format.number(total) })}
          </p>
          <Progress
            value={share}
            aria-label={t(`concepts.phase.${phase}`, { file: report.file ?? '' })}
            transitionDuration={100}
          />
        </>
      )}
      {phase !== 'idle' && phase !== 'reading' && (
        <p className={classes.quiet}>
          {counts
            .map((count) => `${t(`concepts.count.${count}`)}: ${format.number(report[count])}`)
            .join(' · ')}
        </p>
      )}
    </div>
  );
}

/** What the file did not have, where only a person knows whether it was all of the edition. */
function Missing({ report }: { report: ConceptImport }) {
  const { t } = useTranslation();
  const retire = useCommand('concepts.retire');
  const { missing, phase, refused } = report;
  if (missing === null || isRunning(report) || phase === 'failed') return null;
  return (
    <section className={classes.missing} aria-labelledby="concepts-missing">
      <h2 id="concepts-missing" className={classes.subtitle}>
        {t('concepts.missing.title', { count: missing.count })}
      </h2>
      <p className={classes.quiet}>{t('concepts.missing.explain')}</p>
      {refused > 0 && <p className={classes.quiet}>{t('concepts.missing.refused', { count: refused })}</p>}
      <ul className={classes.sample}>
        {missing.sample.map((code) => (
          <li key={code}>{code}</li>
        ))}
        {missing.count > missing.sample.length && (
          <li>{t('concepts.missing.more', { count: missing.count - missing.sample.length })}</li>
        )}
      </ul>
      {retire.error && <p role="alert">{errorText(t, retire.error)}</p>}
      <Button variant="default" loading={retire.isPending} onClick={() => retire.mutate({})}>
        {t('concepts.missing.retire')}
      </Button>
    </section>
  );
}

function Problems({ report }: { report: ConceptImport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { problems, refused } = report;
  if (problems.length === 0) return null;
  return (
    <table className={classes.table}>
      <caption>
        {t('concepts.problems')}{' '}
        {refused > problems.length && (
          <span className={classes.quiet}>
            {t('concepts.problemsFirst', { shown: format.number(problems.length), count: refused })}
          </span>
        )}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('concepts.line')}</th>
          <th scope="col">{t('concepts.reason')}</th>
        </tr>
      </thead>
      <tbody>
        {problems.map(({ line, problem }) => (
          <tr key={`${line} ${problem}`}>
            <th scope="row">{format.number(line)}</th>
            <td>{t(`concepts.problem.${problem}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
